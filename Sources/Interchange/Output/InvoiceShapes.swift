public import Domain
public import Wording

extension Waiver {
    func writeMembers(of product: String?, to json: inout CanonicalJSON, in language: Language) {
        json.member("product", product)
        json.member("charge", key.charge.rawValue)
        json.member("fullMinor", derivation.full?.minorUnits)
        json.name("because")
        json.array { for sentence in explanation(in: language) { $0.string(sentence) } }
    }
}

extension PostedDocument {
    /// The fees that were waived beside the lines, as a preview lists them.
    func writeWaived(to json: inout CanonicalJSON, in language: Language) {
        json.name("waived")
        json.array {
            for waiver in waived { $0.object { waiver.writeMembers(of: subjectName(of: waiver), to: &$0, in: language) } }
        }
    }
}

extension InvoiceRecord {
    /// The invoice explained, and what was taken back of it.
    public func write(to json: inout CanonicalJSON, in language: Language) throws(ArithmeticOverflow) {
        let (gross, open) = (try document.gross(), try open())
        json.object {
            document.writeExplained(to: &$0, gross: gross, in: language)
            writeCredited(open: open, to: &$0)
        }
    }
}

extension PostedDocument {
    /// Of a credit note; an invoice is written with what was taken back of it.
    public func write(to json: inout CanonicalJSON, in language: Language) throws(ArithmeticOverflow) {
        let gross = try gross()
        json.object { writeExplained(to: &$0, gross: gross, in: language) }
    }

    fileprivate func writeExplained(to json: inout CanonicalJSON, gross: Money, in language: Language) {
        writeHead(to: &json)
        json.name("lines")
        json.array { for line in lines { line.write(to: &$0, in: language) } }
        writeTaxes(to: &json, in: language)
        writeWaived(to: &json, in: language)
        writeSums(to: &json, gross: gross)
    }
}

extension PostedLine {
    /// A line without the reasons for its amount.
    func writeMembers(to json: inout CanonicalJSON) {
        json.member("line", line)
        json.member("product", subjectName)
        json.member("predecessor", accountName)
        json.member("charge", key.charge.rawValue)
        json.member("period", key.period?.description)
        json.member("correction", isCorrection)
        json.member("creditsLine", creditsLine)
        json.member("from", covers.first)
        json.member("to", covers.last)
        json.member("netMinor", net)
        json.member("vatRate", vat.rate.percentText)
        json.member("vatDecision", vat.decision)
    }

    func write(to json: inout CanonicalJSON, in language: Language) {
        json.object {
            writeMembers(to: &$0)
            $0.name("because")
            $0.array { for sentence in explanation(in: language) { $0.string(sentence) } }
            $0.name("derivation")
            derivation.write(to: &$0)
        }
    }
}

/// A line with its reasons in one cell.
public struct ExplainedLineRow: CSVRow {
    private let line: PostedLine
    private let language: Language

    public init(_ line: PostedLine, in language: Language) {
        self.line = line
        self.language = language
    }

    public static var csvHeader: [String] {
        [
            "line", "product", "predecessor", "charge", "period", "correction", "creditsLine", "from", "to", "net", "vatRate",
            "vatDecision",
            "because",
        ]
    }

    public var csvCells: [String] {
        [
            String(line.line), cell(line.subjectName), cell(line.accountName), line.key.charge.rawValue, cell(line.key.period),
            String(line.isCorrection), cell(line.creditsLine), line.covers.first.description, line.covers.last.description,
            line.net.description, line.vat.rate.percentText, cell(line.vat.decision),
            line.explanation(in: language).joined(separator: " "),
        ]
    }
}

extension PreparedRun {
    public func write(_ state: State, to json: inout CanonicalJSON) {
        json.object {
            $0.member("prepared", id)
            $0.member("state", state.rawValue)
            preparation.writeMembers(to: &$0)
            $0.member("run", run)
        }
    }
}
