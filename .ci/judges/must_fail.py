"""Spoils valid e-invoices, each in one way, and fails when the judges let one pass or do not name the rule that it breaks."""

import pathlib
import sys
from copy import deepcopy

import judges
from lxml import etree

GOLDEN = pathlib.Path(__file__).parents[2] / "fixtures" / "golden"
INVOICE, PLAIN, CREDIT, EXEMPT = (
    "invoice-with-order-and-account", "invoice-to-cvr-address-unknown", "credit-note", "invoice-exempt",
)
BUYER = "cac:AccountingCustomerParty/cac:Party/"
SELLER = "cac:AccountingSupplierParty/cac:Party/"
SUBTOTAL = "cac:TaxTotal/cac:TaxSubtotal/"
TOTAL = "cac:LegalMonetaryTotal/"


def only(tree, path):
    (element,) = tree.findall(path, judges.NAMES)
    return element


def gone(*paths):
    """Takes elements out."""
    def spoil(tree):
        for path in paths:
            element = only(tree, path)
            element.getparent().remove(element)
    return spoil


def text(value, *paths):
    """Says something else."""
    def spoil(tree):
        for path in paths:
            only(tree, path).text = value
    return spoil


def attribute(name, value, path):
    """Says something else in an attribute; nothing takes it out."""
    def spoil(tree):
        element = only(tree, path)
        if value is None:
            del element.attrib[name]
        else:
            element.set(name, value)
    return spoil


def first(path):
    """Moves an element before all others."""
    def spoil(tree):
        tree.insert(0, only(tree, path))
    return spoil


def twice(path):
    """Repeats an element as it is."""
    def spoil(tree):
        element = only(tree, path)
        element.addnext(deepcopy(element))
    return spoil


def currency(tree):
    for element in tree.iterfind(".//*[@currencyID]"):
        element.set("currencyID", "EUR")


# What is spoilt, the golden file it is done to, how, and the rule that the judges must name.
CASES = [
    ("no customization", INVOICE, gone("cbc:CustomizationID"), "UNREADABLE"),
    ("no number", INVOICE, gone("cbc:ID"), "XSD"),
    ("no type code", INVOICE, gone("cbc:InvoiceTypeCode"), "BR-04"),
    ("neither reference nor order number", PLAIN, gone("cbc:BuyerReference"), "PEPPOL-EN16931-R003"),
    ("an impossible date", INVOICE, text("2026-02-29", "cbc:IssueDate"), "XSD"),
    ("elements in another order", INVOICE, first("cbc:DueDate"), "XSD"),
    ("an empty element", INVOICE, text("", "cbc:AccountingCost"), "PEPPOL-EN16931-R008"),
    ("GLN with a wrong check digit", INVOICE, text("5798000860574", BUYER + "cbc:EndpointID"), "PEPPOL-COMMON-R040"),
    ("CVR number of seven digits", PLAIN, text("2918969", BUYER + "cbc:EndpointID"), "PEPPOL-COMMON-R042"),
    ("CVR number with a wrong check digit", PLAIN, text("29189693", BUYER + "cbc:EndpointID"), "CVR"),
    ("no endpoint of the buyer", INVOICE, gone(BUYER + "cbc:EndpointID"), "PEPPOL-EN16931-R010"),
    ("no endpoint of the seller", INVOICE, gone(SELLER + "cbc:EndpointID"), "PEPPOL-EN16931-R020"),
    ("no country of the buyer", INVOICE, gone(BUYER + "cac:PostalAddress/cac:Country"), "BR-11"),
    ("no VAT number of the seller", INVOICE, gone(SELLER + "cac:PartyTaxScheme"), "BR-S-02"),
    ("no scheme of the seller's legal entity", INVOICE,
     attribute("schemeID", None, SELLER + "cac:PartyLegalEntity/cbc:CompanyID"), "DK-R-014"),
    ("another scheme of the buyer's legal entity", INVOICE,
     attribute("schemeID", "0088", BUYER + "cac:PartyLegalEntity/cbc:CompanyID"), "DK-R-017"),
    ("payment by code 30", INVOICE, text("30", "cac:PaymentMeans/cbc:PaymentMeansCode"), "DK-R-005"),
    ("payment reference of 14 digits", INVOICE, text("71#00000000001001", "cac:PaymentMeans/cbc:PaymentID"), "DK-R-011"),
    ("payment reference with a wrong check digit", INVOICE, text("71#000000000010018", "cac:PaymentMeans/cbc:PaymentID"), "FIK"),
    ("creditor number of seven digits", INVOICE,
     text("8000000", "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID"), "DK-R-010"),
    ("tax an øre more than its parts", INVOICE, text("6250.01", "cac:TaxTotal/cbc:TaxAmount"), "BR-CO-14"),
    ("tax and all that follows an øre too much", INVOICE, lambda tree: [
        text("6250.01", "cac:TaxTotal/cbc:TaxAmount", SUBTOTAL + "cbc:TaxAmount")(tree),
        text("31250.01", TOTAL + "cbc:TaxInclusiveAmount", TOTAL + "cbc:PayableAmount")(tree)], "TAX"),
    ("sum of lines an øre too much", INVOICE, text("25000.01", TOTAL + "cbc:LineExtensionAmount"), "BR-CO-10"),
    ("amount to pay an øre too little", INVOICE, text("31249.99", TOTAL + "cbc:PayableAmount"), "BR-CO-16"),
    ("three decimals", INVOICE, text("31250.000", TOTAL + "cbc:PayableAmount"), "BR-DEC-18"),
    ("line that is not quantity times price", INVOICE, text("24999.00", "cac:InvoiceLine/cac:Price/cbc:PriceAmount"), "PEPPOL-EN16931-R120"),
    ("a line twice", INVOICE, twice("cac:InvoiceLine"), "BR-CO-10"),
    ("two lines of one number", CREDIT, text("1", "cac:CreditNoteLine[2]/cbc:ID"), "LINE"),
    ("line after the invoice's period", INVOICE,
     text("2028-01-01", "cac:InvoiceLine/cac:InvoicePeriod/cbc:EndDate"), "PEPPOL-EN16931-R111"),
    ("amounts in another currency than the document", INVOICE, currency, "PEPPOL-EN16931-R051"),
    ("exempt without a reason", EXEMPT, gone(SUBTOTAL + "cac:TaxCategory/cbc:TaxExemptionReason"), "BR-E-10"),
    ("exempt at 25 %", EXEMPT, text("25", "cac:InvoiceLine/cac:Item/cac:ClassifiedTaxCategory/cbc:Percent"), "BR-E-05"),
    ("credit note with an invoice's type code", CREDIT, text("380", "cbc:CreditNoteTypeCode"), "PEPPOL-EN16931-P0101"),
    ("negative credit note", CREDIT, text("-15625.06", TOTAL + "cbc:PayableAmount"), "DK-R-016"),
]


def main():
    failed = 0
    for what, golden, spoil, rule in CASES:
        tree = etree.parse(str(GOLDEN / f"{golden}.xml")).getroot()
        spoil(tree)
        found = judges.complaints(etree.tostring(tree, xml_declaration=True, encoding="UTF-8"))
        if not any(complaint.startswith(rule) for complaint in found):
            failed += 1
            print(f"NOT CAUGHT by {rule}: {what}: {found or 'passed as valid'}")
    print(f"{len(CASES) - failed} of {len(CASES)} spoilt e-invoices are refused by the rule they break")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
