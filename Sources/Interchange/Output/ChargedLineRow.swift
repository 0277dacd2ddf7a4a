public import Domain
public import Wording

/// A line of a preview or a run, with its document's number where it has one; what is credited is negative.
public struct ChargedLineRow: CSVRow {
    private let document: DraftDocument
    private let number: Int64?
    private let party: ChargedParty
    private let line: DraftLine
    private let net: Money
    private let product: String?
    private let language: Language

    public static var csvHeader: [String] {
        [
            "kind", "number", "organisation", "organisationId", "name", "predecessor", "product", "charge", "period", "correction",
            "creditsInvoice", "creditsLine", "from", "to", "net", "vatRate", "because",
        ]
    }

    public var csvCells: [String] {
        [
            document.kind.rawValue, cell(number), cell(party.cvr), party.id.description, party.name,
            cell(line.key.organisation == party.id ? nil : party.name(of: line.key.organisation)), cell(product),
            line.key.charge.rawValue, cell(line.key.period), String(line.isCorrection), cell(line.credits?.invoice),
            cell(line.credits?.line),
            line.covers.first.description, line.covers.last.description, net.description, line.vat.rate.percentText,
            line.explanation(in: language).joined(separator: " "),
        ]
    }

    fileprivate init(
        _ line: DraftLine, in document: DraftDocument, _ number: Int64?, of party: ChargedParty, _ product: String?, _ language: Language
    ) throws(ArithmeticOverflow) {
        self.document = document
        self.number = number
        self.party = party
        self.line = line
        net = try document.kind.counted(line.net)
        self.product = product
        self.language = language
    }
}

extension RunOutcome {
    /// Every line, as ``RunShape`` has it.
    ///
    /// - Parameter names: what products and projects are called.
    public func lineRows(_ names: [Subject: String], in language: Language) throws(ArithmeticOverflow) -> [ChargedLineRow] {
        var rows: [ChargedLineRow] = []
        for (index, document) in outcome.documents.enumerated() {
            let number = index < numbers.count ? numbers[index] : nil
            for line in document.lines {
                rows.append(try ChargedLineRow(line, in: document, number, of: outcome.party, names[line.key.subject], language))
            }
        }
        return rows
    }
}
