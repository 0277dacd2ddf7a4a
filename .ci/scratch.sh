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
