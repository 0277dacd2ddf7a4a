# Sourced by checks that run the program: $program, and a folder $scratch that goes with the script, and its servers with it.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=${PROGRAM:-$root/.build/debug/os2medlem}
unset DATABASE_URL
scratch=$(mktemp -d "${TMPDIR:-/tmp}/os2medlem-ci.XXXXXX")
chmod 711 "$scratch" # under root the server is another user's, who has to pass

finish() {
    for cluster in "$scratch"/*/postgres "$scratch"/*/*/postgres; do
        [ -d "$cluster" ] && "$program" database stop --state "${cluster%/postgres}"
    done
    rm -rf "$scratch"
}
trap finish EXIT

# The column of a list that is read as CSV, by its name: columns come and go.
column() {
    python3 -c '
import csv, io, sys
for row in csv.DictReader(io.TextIOWrapper(sys.stdin.buffer, "utf-8-sig")): print(row[sys.argv[1]])' "$1"
}
