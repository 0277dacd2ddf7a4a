"""Whether a file is a valid e-invoice, by judges that nobody here wrote, and by the numbers no rule set checks."""

import functools
import importlib.resources
from decimal import ROUND_HALF_UP, Decimal

import mockeinvoice
from lxml import etree
from stdnum import ean, luhn
from stdnum.dk import cvr

CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
NAMES = {"cac": CAC, "cbc": CBC}
KINDS = ("Invoice", "CreditNote")


@functools.cache
def schema(kind):
    """The UBL 2.1 schema of OASIS."""
    path = importlib.resources.files("peppol") / "schema" / "maindoc" / f"UBL-{kind}-2.1.xsd"
    return etree.XMLSchema(etree.parse(str(path)))


def complaints(data):
    """Every reason against a file, each beginning with the rule that it breaks; none for a valid file."""
    try:
        tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return [f"XML: {error}"]
    kind = etree.QName(tree).localname
    if kind not in KINDS:
        return [f"XSD: {kind} is neither Invoice nor CreditNote"]
    found = []
    if not schema(kind).validate(tree):
        found += [f"XSD: line {error.line}: {error.message}" for error in schema(kind).error_log]
    return found + rules(data) + ([] if found else numbers(tree, kind))


def rules(data):
    """EN 16931, Peppol BIS Billing 3.0 and its Danish rules. A file the judge cannot make out is not a valid one."""
    try:
        report = mockeinvoice.validate(data)[1]
    except Exception as error:  # pylint: disable=broad-except
        return [f"UNREADABLE: {error}"]
    if report.specification != "peppol" or not report.ran:
        return [f"UNREADABLE: judged as {report.specification}, {len(report.ran)} rules"]
    return [f"{failure.code}: {failure.path}: {failure.text}" for failure in report.failures if failure.level != "warning"]


def numbers(tree, kind):
    """What Peppol does not look at: check digits, line numbers, and the tax to the last øre where it lets a krone pass."""
    lines = [element.text for element in tree.iterfind(f"cac:{kind}Line/cbc:ID", NAMES)]
    found = [f"LINE: {number} stands more than once" for number in sorted(set(lines)) if lines.count(number) > 1]
    for element in tree.iterfind(".//*[@schemeID]"):
        scheme, text = element.get("schemeID"), element.text or ""
        if scheme == "0184" and not cvr.is_valid(text):
            found.append(f"CVR: {text}")
        if scheme == "0088" and not ean.is_valid(text):
            found.append(f"GLN: {text}")
    for element in tree.iterfind(".//cac:PaymentMeans/cbc:PaymentID", NAMES):
        card, _, reference = (element.text or "").partition("#")
        if card == "71" and not (len(reference) == 15 and luhn.is_valid(reference)):
            found.append(f"FIK: {element.text}")
    # The credit note that ends an invoice takes the tax that remains of it, whatever the rounding was.
    for subtotal in tree.iterfind("cac:TaxTotal/cac:TaxSubtotal", NAMES) if kind == "Invoice" else ():
        base, tax, percent = (
            Decimal(subtotal.findtext(path, "NaN", NAMES))
            for path in ("cbc:TaxableAmount", "cbc:TaxAmount", "cac:TaxCategory/cbc:Percent")
        )
        exact = (base * percent / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
        if tax != exact:
            found.append(f"TAX: {percent} % of {base} is {exact}, not {tax}")
    return found
