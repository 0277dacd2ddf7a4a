public import Domain

/// Writes posted documents as Peppol BIS Billing 3.0 (UBL 2.1), the format every Danish public body must receive.
///
/// The order of elements is the schema's; the rules behind each are in EINVOICING §2. Pure: the same document gives the same bytes.
public enum PeppolBilling {
    private static let customization = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
    private static let profile = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
    private static let schema = "urn:oasis:names:specification:ubl:schema:xsd:"

    /// - Throws: ``ArithmeticOverflow`` only for sums that no database row can hold.
    public static func write(_ document: PostedDocument, text: (PostedLine) -> LineText) throws(ArithmeticOverflow) -> [UInt8] {
        let gross = try document.gross()
        let root = document.kind == .invoice ? "Invoice" : "CreditNote"
        var xml = XMLText()
        xml.element(
            root,
            [
                "xmlns": "\(schema)\(root)-2", "xmlns:cac": "\(schema)CommonAggregateComponents-2",
                "xmlns:cbc": "\(schema)CommonBasicComponents-2",
            ]
        ) {
            writeHeader(document, &$0)
            writeSeller(document, &$0)
            writeBuyer(document, &$0)
            writePayment(document, &$0)
            writeTotals(document, gross, &$0)
            for line in document.lines { writeLine(line, text(line), of: document.kind, &$0) }
        }
        return xml.bytes
    }

    private static func writeHeader(_ document: PostedDocument, _ xml: inout XMLText) {
        xml.element("cbc:CustomizationID", customization)
        xml.element("cbc:ProfileID", profile)
        xml.element("cbc:ID", String(document.number))
        xml.element("cbc:IssueDate", document.issuedOn.description)
        switch document.role {
        case .invoice(let dueOn, _):
            xml.element("cbc:DueDate", dueOn.description)
            xml.element("cbc:InvoiceTypeCode", "380")
        case .creditNote:
            xml.element("cbc:CreditNoteTypeCode", "381")
        }
        xml.element("cbc:DocumentCurrencyCode", "DKK")
        xml.element("cbc:AccountingCost", document.accountString)
        xml.element("cbc:BuyerReference", document.buyerReference)
        if let period = document.period { writePeriod(period, &xml) }
        if let order = document.orderNumber { xml.element("cac:OrderReference") { $0.element("cbc:ID", order) } }
        if case .creditNote(let invoice, let issuedOn) = document.role {
            xml.element("cac:BillingReference") {
                $0.element("cac:InvoiceDocumentReference") {
                    $0.element("cbc:ID", String(invoice))
                    $0.element("cbc:IssueDate", issuedOn.description)
                }
            }
        }
        // The agreement behind the document, when it is one.
        let agreements = Set(document.lines.flatMap { $0.derivation.now.basis.agreements })
        if agreements.count == 1, let agreement = agreements.first {
            xml.element("cac:ContractDocumentReference") { $0.element("cbc:ID", agreement.description) }
        }
    }

    private static func writeSeller(_ document: PostedDocument, _ xml: inout XMLText) {
        xml.element("cac:AccountingSupplierParty") {
            $0.element("cac:Party") {
                writeEndpoint(document.seller, &$0)
                $0.element("cac:PartyName") { $0.element("cbc:Name", document.seller.name) }
                writeAddress(document.seller.address, &$0)
                if let cvr = document.seller.cvr {
                    $0.element("cac:PartyTaxScheme") {
                        $0.element("cbc:CompanyID", "DK\(cvr)")
                        $0.element("cac:TaxScheme") { $0.element("cbc:ID", "VAT") }
                    }
                }
                writeLegalEntity(document.seller, &$0)
                $0.element("cac:Contact") { $0.element("cbc:Name", document.seller.name) }
            }
        }
    }

    private static func writeBuyer(_ document: PostedDocument, _ xml: inout XMLText) {
        xml.element("cac:AccountingCustomerParty") {
            $0.element("cac:Party") {
                writeEndpoint(document.buyer, &$0)
                $0.element("cac:PartyName") { $0.element("cbc:Name", document.buyer.name) }
                writeAddress(document.buyer.address, &$0)
                writeLegalEntity(document.buyer, &$0)
                $0.element("cac:Contact") { $0.element("cbc:Name", document.buyerReference) }
            }
        }
    }

    /// The GLN where there is one, else the CVR number.
    private static func writeEndpoint(_ party: PrintedParty, _ xml: inout XMLText) {
        if let gln = party.gln {
            xml.element("cbc:EndpointID", gln.description, ["schemeID": "0088"])
        } else {
            xml.element("cbc:EndpointID", party.cvr?.description, ["schemeID": "0184"])
        }
    }

    private static func writeAddress(_ address: PostalAddress, _ xml: inout XMLText) {
        xml.element("cac:PostalAddress") {
            $0.element("cbc:StreetName", address.street)
            $0.element("cbc:CityName", address.city)
            $0.element("cbc:PostalZone", address.postalCode)
            $0.element("cac:Country") { $0.element("cbc:IdentificationCode", "DK") }
        }
    }

    private static func writeLegalEntity(_ party: PrintedParty, _ xml: inout XMLText) {
        xml.element("cac:PartyLegalEntity") {
            $0.element("cbc:RegistrationName", party.name)
            $0.element("cbc:CompanyID", party.cvr?.description, ["schemeID": "0184"])
        }
    }

    /// Payment by slip +71: code 93, `71#` and the reference, the creditor number as account (EINVOICING §2.2). A credit note asks for none.
    private static func writePayment(_ document: PostedDocument, _ xml: inout XMLText) {
        guard case .invoice(_, let payment) = document.role else { return }
        xml.element("cac:PaymentMeans") {
            $0.element("cbc:PaymentMeansCode", "93")
            $0.element("cbc:PaymentID", "71#\(payment)")
            $0.element("cac:PayeeFinancialAccount") { $0.element("cbc:ID", document.creditorNumber) }
        }
    }

    private static func writeTotals(_ document: PostedDocument, _ gross: Money, _ xml: inout XMLText) {
        xml.element("cac:TaxTotal") {
            writeAmount("cbc:TaxAmount", document.tax, &$0)
            for tax in document.taxes {
                $0.element("cac:TaxSubtotal") {
                    writeAmount("cbc:TaxableAmount", tax.base, &$0)
                    writeAmount("cbc:TaxAmount", tax.tax, &$0)
                    writeCategory("cac:TaxCategory", tax.rate, exemption: true, &$0)
                }
            }
        }
        xml.element("cac:LegalMonetaryTotal") {
            writeAmount("cbc:LineExtensionAmount", document.net, &$0)
            writeAmount("cbc:TaxExclusiveAmount", document.net, &$0)
            writeAmount("cbc:TaxInclusiveAmount", gross, &$0)
            writeAmount("cbc:PayableAmount", gross, &$0)
        }
    }

    private static func writeLine(_ line: PostedLine, _ text: LineText, of kind: DocumentKind, _ xml: inout XMLText) {
        xml.element(kind == .invoice ? "cac:InvoiceLine" : "cac:CreditNoteLine") {
            $0.element("cbc:ID", String(line.line))
            $0.element(kind == .invoice ? "cbc:InvoicedQuantity" : "cbc:CreditedQuantity", "1", ["unitCode": "C62"])
            writeAmount("cbc:LineExtensionAmount", line.net, &$0)
            writePeriod(line.covers, &$0)
            $0.element("cac:Item") {
                $0.element("cbc:Description", text.description)
                $0.element("cbc:Name", text.name)
                $0.element("cac:SellersItemIdentification") { $0.element("cbc:ID", line.key.charge.rawValue) }
                writeCategory("cac:ClassifiedTaxCategory", line.vat.rate, exemption: false, &$0)
            }
            $0.element("cac:Price") { writeAmount("cbc:PriceAmount", line.net, &$0) }
        }
    }

    private static func writePeriod(_ period: Period, _ xml: inout XMLText) {
        xml.element("cac:InvoicePeriod") {
            $0.element("cbc:StartDate", period.first.description)
            $0.element("cbc:EndDate", period.last.description)
        }
    }

    private static func writeCategory(_ name: String, _ rate: VATRate, exemption: Bool, _ xml: inout XMLText) {
        xml.element(name) {
            $0.element("cbc:ID", rate.category.rawValue)
            $0.element("cbc:Percent", rate.percentText)
            if exemption && rate.category == .exempt { $0.element("cbc:TaxExemptionReason", "Momsfritaget") }
            $0.element("cac:TaxScheme") { $0.element("cbc:ID", "VAT") }
        }
    }

    private static func writeAmount(_ name: String, _ amount: Money, _ xml: inout XMLText) {
        xml.element(name, amount.description, ["currencyID": "DKK"])
    }
}
