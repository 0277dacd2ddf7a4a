"""Reads e-invoices with a reader that nobody here wrote and compares them with what the program lists and shows.

Arguments: the folder of files; a file with what `invoice list` prints for both kinds; a file with what `invoice show` prints
for every document. JSON, one value a line.
"""

import json
import pathlib
import sys
from decimal import Decimal

import mockeinvoice


def kroner(minor):
    return Decimal(minor) / 100


def number(value):
    return None if value is None else value.number


def said(value):
    return None if value is None else value.text


def head(document):
    """The parts of a document that a list shows, as the file has them."""
    return {
        "number": said(document.term("BT-1")), "issued": said(document.term("BT-2")), "due": said(document.term("BT-9")),
        "CVR": said(document.term("BT-47")), "name": said(document.term("BT-44")),
        "credits": [group.text("BT-25") for group in document.all("BG-3")],
        "net": number(document.term("BT-109")), "tax": number(document.term("BT-110")),
        "gross": number(document.term("BT-112")), "to pay": number(document.term("BT-115")),
    }


def listed_head(entry):
    credits = entry.get("creditsInvoice")
    return {
        "number": str(entry["number"]), "issued": entry["issuedOn"], "due": entry.get("dueOn"), "CVR": entry["organisation"],
        "name": entry["name"], "credits": [] if credits is None else [str(credits)],
        "net": kroner(entry["netMinor"]), "tax": kroner(entry["vatMinor"]),
        "gross": kroner(entry["grossMinor"]), "to pay": kroner(entry["grossMinor"]),
    }


def body(document):
    """What only `invoice show` has: how to pay, whom it is for, and the lines."""
    payments = [f"+{p.text('BT-83').replace('#', '<')}+{p.text('BT-84')}<" for p in document.all("BG-16")]
    return {
        "payment": payments, "reference": said(document.term("BT-10")), "order": said(document.term("BT-13")),
        "account": said(document.term("BT-19")),
        "lines": [
            (line.text("BT-126"), number(line.term("BT-131")), line.text("BT-134"), line.text("BT-135"), line.text("BT-152"))
            for line in document.all("BG-25")
        ],
    }


def shown_body(entry):
    return {
        "payment": [entry["payment"]] if entry.get("payment") else [], "reference": entry["reference"],
        "order": entry["orderNumber"], "account": entry["accountString"],
        "lines": [
            (str(line["line"]), kroner(line["netMinor"]), line["from"], line["to"], line["vatRate"]) for line in entry["lines"]
        ],
    }


def read_lines(path):
    return [json.loads(line) for line in pathlib.Path(path).read_text("utf-8").splitlines()]


def main(folder, lists, shown):
    files = {file.name: file.read_bytes() for file in pathlib.Path(folder).glob("*.xml")}
    listed = {(entry["kind"], entry["number"]): entry for entries in read_lines(lists) for entry in entries}
    bodies = {(entry["kind"], entry["number"]): entry for entry in read_lines(shown)}
    names = {key: f"{'invoice' if key[0] == 'invoice' else 'credit-note'}-{key[1]}.xml" for key in listed}
    wrong = []
    if set(files) != set(names.values()):
        wrong.append(f"files and list differ: {sorted(set(files) ^ set(names.values()))}")
    if set(bodies) != set(listed):
        wrong.append(f"shown and listed documents differ: {sorted(set(bodies) ^ set(listed))}")
    for key in sorted(set(listed) & set(bodies)):
        if names[key] not in files:
            continue
        document = mockeinvoice.read(files[names[key]])[0]
        for ours, theirs in ((listed_head(listed[key]), head(document)), (shown_body(bodies[key]), body(document))):
            wrong += [f"{names[key]}: {part} is {theirs[part]}, listed as {ours[part]}" for part in ours if ours[part] != theirs[part]]
    for complaint in wrong:
        print(complaint)
    kinds = [key[0] for key in listed]
    print(f"{kinds.count('invoice')} invoices and {kinds.count('creditNote')} credit notes read back, {len(wrong)} difference(s)")
    # Too few documents would compare nothing.
    return bool(wrong) or kinds.count("invoice") < 20 or kinds.count("creditNote") < 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
