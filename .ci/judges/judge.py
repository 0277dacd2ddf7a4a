"""Judges e-invoices: one line per complaint, and a failure when there is any."""

import pathlib
import sys

import judges

files = [pathlib.Path(name) for name in sys.argv[1:]]
if not files:
    sys.exit("no file to judge")
invalid = 0
for file in files:
    found = judges.complaints(file.read_bytes())
    invalid += bool(found)
    for complaint in found:
        print(f"{file}: {complaint}")
print(f"{len(files) - invalid} of {len(files)} e-invoices are valid")
sys.exit(invalid > 0)
