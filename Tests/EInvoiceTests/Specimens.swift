import Domain
import EInvoice

/// Posted documents built by hand, one for each way a file can look. Parties are made up; their numbers only pass the checks.
enum Specimens {
    /// Everything a receiver can ask for: GLN, order number, account string, full address.
    static func orderedInvoice() throws -> PostedDocument {
        try document(
            number: 1001, role: invoice(1001, dueOn: "2026-12-22"),
            buyer: PrintedParty(name: "Eksempelkøbing Kommune", cvr: cvr("29189706"), gln: gln("5798000860575"), address: address),
            orderNumber: "REKV-2026-0042", accountString: "1050.22.10", lines: [line(1, net: "25000.00", vat: standard)],
            taxes: [TaxAmount(rate: standard, base: kroner("25000.00"), tax: kroner("6250.00"))])
    }

    /// The least that is enough: sent to the CVR number, the address not known.
    static func plainInvoice() throws -> PostedDocument {
        try document(
            number: 1002, role: invoice(1002, dueOn: "2026-12-22"),
            buyer: PrintedParty(name: "Region Eksempel", cvr: cvr("29189692"), gln: nil, address: .unknown),
            lines: [line(1, net: "12500.01", vat: standard)],
            taxes: [TaxAmount(rate: standard, base: kroner("12500.01"), tax: kroner("3125.00"))])
    }

    /// Two lines of an invoice lowered, one of them to nothing.
    static func creditNote() throws -> PostedDocument {
        try document(
            number: 7, role: .creditNote(of: 1001, issuedOn: day("2026-11-22")),
            buyer: PrintedParty(name: "Eksempelkøbing Kommune", cvr: cvr("29189706"), gln: gln("5798000860575"), address: address),
            lines: [line(1, net: "12500.00", vat: standard, credits: 1), line(2, net: "0.05", vat: standard, credits: 2)],
            taxes: [TaxAmount(rate: standard, base: kroner("12500.05"), tax: kroner("3125.01"))])
    }

    /// No tax, and the reason for it.
    static func exemptInvoice() throws -> PostedDocument {
        try document(
            number: 1003, role: invoice(1003, dueOn: "2026-12-22"),
            buyer: PrintedParty(name: "Eksempelkøbing Kommune", cvr: cvr("29189706"), gln: nil, address: address),
            lines: [line(1, net: "25000.00", vat: exempt)], taxes: [TaxAmount(rate: exempt, base: kroner("25000.00"), tax: .zero)])
    }

    /// The plain invoice to a party whose texts are all the same one.
    static func invoice(saying text: String) throws -> PostedDocument {
        try document(
            number: 1, role: invoice(1, dueOn: "2026-12-22"),
            buyer: PrintedParty(
                name: text, cvr: cvr("29189692"), gln: nil, address: PostalAddress(street: text, postalCode: "5300", city: text)),
            reference: text, orderNumber: text, accountString: text, lines: [line(1, net: "25000.00", vat: standard)],
            taxes: [TaxAmount(rate: standard, base: kroner("25000.00"), tax: kroner("6250.00"))])
    }

    static func write(_ document: PostedDocument, saying text: String = "Medlem hele året.") throws -> String {
        let bytes = try PeppolBilling.write(document) { _ in LineText(name: "Kontingent 2027", description: text) }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Specimens {
    private static let address = PostalAddress(street: "Rådhusgade 1", postalCode: "5300", city: "Eksempelkøbing")

    private static func document(
        number: Int64, role: PostedDocument.Role, buyer: PrintedParty, reference: String = "Digitaliseringskontoret",
        orderNumber: String? = nil, accountString: String? = nil, lines: [PostedLine], taxes: [TaxAmount]
    ) throws -> PostedDocument {
        PostedDocument(
            number: number, run: 1, role: role, issuedOn: try day("2026-11-22"), organisation: Identifier(2),
            seller: PrintedParty(
                name: "Eksempelforeningen", cvr: try cvr("41849983"), gln: try gln("5790002750595"),
                address: PostalAddress(street: "Foreningsvej 2", postalCode: "8000", city: "Aarhus C")),
            creditorNumber: "80000000", buyer: buyer, buyerReference: reference, orderNumber: orderNumber, accountString: accountString,
            lines: lines, taxes: taxes, net: try Money.sum(taxes.lazy.map(\.base)), tax: try Money.sum(taxes.lazy.map(\.tax)))
    }

    private static func line(_ number: Int32, net: String, vat: VATRate, credits: Int32? = nil) throws -> PostedLine {
        let year = try BillingPeriod(year: 2027).orThrow("2027")
        let term = try Term(first: day("2026-01-01"), last: nil).orThrow("term")
        let decision = DecisionReference(id: Identifier(1), reference: "EKS-GF-2026-1")
        let price = DuesPrice(rate: Identifier(1), year: 2027, decision: decision, amount: try kroner(net), index: nil)
        let dues = try DuesDerivation(year: year, spells: [Spell(agreement: Identifier(17), term: term)], price: price)
        return PostedLine(
            line: number, key: ChargeKey(organisation: Identifier(2), subject: .association, charge: .dues, period: year), revision: 0,
            covers: year.days, net: try kroner(net), vat: VATTreatment(rate: vat, decision: nil), creditsLine: credits,
            derivation: LineDerivation(now: try Derivation(.dues(dues)), postedBefore: .zero, before: nil))
    }

    private static func invoice(_ number: Int64, dueOn: String) throws -> PostedDocument.Role {
        .invoice(dueOn: try day(dueOn), payment: try FIKReference(invoiceNumber: number).orThrow("payment reference of \(number)"))
    }

    private static var standard: VATRate { get throws { try VATRate(.standard, basisPoints: 2500).orThrow("25 %") } }
    private static var exempt: VATRate { get throws { try VATRate(.exempt, basisPoints: 0).orThrow("exempt") } }
    private static func kroner(_ text: String) throws -> Money { try Money(kroner: text) }
    private static func day(_ text: String) throws -> CivilDate { try CivilDate(text).orThrow(text) }
    private static func cvr(_ text: String) throws -> CVRNumber { try CVRNumber(text).orThrow(text) }
    private static func gln(_ text: String) throws -> GLN { try GLN(text).orThrow(text) }
}

/// A value that a specimen needs was refused.
struct Refused: Error, CustomStringConvertible {
    let description: String
}

extension Optional {
    fileprivate func orThrow(_ what: String) throws -> Wrapped {
        guard let self else { throw Refused(description: what) }
        return self
    }
}
