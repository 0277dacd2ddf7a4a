public import Domain
public import Wording

extension ChargeRunResult {
    /// The one object of `invoice preview` and `invoice run` (DESIGN §6). Amounts are øre; `to` is the last day; a line that is credited is
    /// negative, a credit note's own amounts are positive, totals are invoices less credit notes.
    public func write(to json: inout CanonicalJSON, in language: Language) throws(ArithmeticOverflow) {
        let gross = try totals.gross()
        let (subtotals, members) = (try subtotals(), try memberTotals())
        json.object {
            $0.member("period", target.description)
            $0.member("inputs", hash.description)
            $0.member("run", run)
            $0.name("lines")
            $0.array { for outcome in outcomes { outcome.outcome.writeLines(to: &$0, names, in: language) } }
            $0.name("documents")
            $0.array { for outcome in outcomes { outcome.writeDocuments(to: &$0) } }
            $0.name("parked")
            $0.array { for outcome in outcomes { outcome.outcome.writeParked(to: &$0, names, in: language) } }
            $0.name("waived")
            $0.array { for outcome in outcomes { outcome.outcome.writeWaived(to: &$0, names, in: language) } }
            $0.name("warnings")
            $0.array {
                for total in unshared { total.writeWarning(to: &$0, names, in: language) }
                for agreement in crowded { agreement.writeWarning(to: &$0, names, in: language) }
                for outcome in outcomes { outcome.outcome.writeWarnings(to: &$0, in: language) }
            }
            $0.name("totals")
            $0.object {
                $0.member("documents", totals.documents)
                $0.member("netMinor", totals.net)
                $0.member("vatMinor", totals.tax)
                $0.member("grossMinor", gross)
                $0.value("members") { json in
                    json.array {
                        for total in members {
                            $0.object {
                                $0.organisation(cvr: total.cvr, id: total.organisation, name: total.name)
                                $0.member("netMinor", total.net)
                                $0.member("grossMinor", total.gross)
                            }
                        }
                    }
                }
                $0.value("products") { json in
                    json.array {
                        for total in subtotals {
                            $0.object {
                                $0.member("product", names[total.subject])
                                $0.member("charge", total.charge.rawValue)
                                $0.member("account", total.account)
                                $0.member("lines", total.lines)
                                $0.member("netMinor", total.net)
                            }
                        }
                    }
                }
            }
        }
    }
}

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
        net = document.kind == .invoice ? line.net : try line.net.negated()
        self.product = product
        self.language = language
    }
}

extension ChargeRunResult {
    /// Every line, as ``write(to:in:)`` has it.
    public func lineRows(in language: Language) throws(ArithmeticOverflow) -> [ChargedLineRow] {
        var rows: [ChargedLineRow] = []
        for run in outcomes {
            for (index, document) in run.outcome.documents.enumerated() {
                let number = index < run.numbers.count ? run.numbers[index] : nil
                for line in document.lines {
                    rows.append(try ChargedLineRow(line, in: document, number, of: run.outcome.party, names[line.key.subject], language))
                }
            }
        }
        return rows
    }
}

extension PartyOutcome {
    /// The account an organisation's keys are on: the party's own, or a predecessor's.
    private func name(of key: ChargeKey?) -> String { key.flatMap { party.name(of: $0.organisation) } ?? party.name }

    fileprivate func writeLines(to json: inout CanonicalJSON, _ names: [Subject: String], in language: Language) {
        for document in documents {
            for line in document.lines {
                json.object {
                    $0.organisation(cvr: party.cvr, id: party.id, name: name(of: line.key))
                    $0.member("product", names[line.key.subject])
                    $0.member("charge", line.key.charge.rawValue)
                    $0.member("period", line.key.period?.description)
                    $0.member("correction", line.isCorrection)
                    $0.member("creditsInvoice", line.credits?.invoice)
                    $0.member("creditsLine", line.credits?.line)
                    $0.member("from", line.covers.first)
                    $0.member("to", line.covers.last)
                    $0.member("netMinor", document.kind == .invoice ? line.net.minorUnits : -line.net.minorUnits)
                    $0.member("vatRate", line.vat.rate.percentText)
                    $0.name("because")
                    $0.array { for sentence in line.explanation(in: language) { $0.string(sentence) } }
                }
            }
        }
    }

    fileprivate func writeWaived(to json: inout CanonicalJSON, _ names: [Subject: String], in language: Language) {
        for waiver in waived {
            json.object {
                $0.organisation(cvr: party.cvr, id: party.id, name: name(of: waiver.key))
                waiver.writeMembers(of: names[waiver.key.subject], to: &$0, in: language)
            }
        }
    }

    fileprivate func writeParked(to json: inout CanonicalJSON, _ names: [Subject: String], in language: Language) {
        for parking in parked {
            json.object {
                $0.organisation(cvr: party.cvr, id: party.id, name: name(of: parking.key))
                $0.member("reason", parking.reason.rawValue)
                $0.member("product", parking.key.flatMap { names[$0.subject] })
                $0.member("charge", parking.key?.charge.rawValue)
                $0.member("detail", parking.reason.sentence(for: parking, in: language))
            }
        }
    }

    fileprivate func writeWarnings(to json: inout CanonicalJSON, in language: Language) {
        for warning in warnings {
            json.object {
                $0.member("code", warning.rawValue)
                $0.organisation(cvr: party.cvr, id: party.id, name: party.name)
                $0.member("detail", warning.sentence(in: language))
            }
        }
    }
}

extension Waiver {
    fileprivate func writeMembers(of product: String?, to json: inout CanonicalJSON, in language: Language) {
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

extension UnsharedTotal {
    fileprivate func writeWarning(to json: inout CanonicalJSON, _ names: [Subject: String], in language: Language) {
        json.object {
            $0.member("code", ChargeWarning.noParticipants.rawValue)
            $0.member("product", names[subject])
            $0.member("component", component)
            $0.member("period", period.description)
            $0.member("totalMinor", total)
            $0.member("detail", sentence(in: language))
        }
    }
}

extension CrowdedAgreement {
    fileprivate func writeWarning(to json: inout CanonicalJSON, _ names: [Subject: String], in language: Language) {
        json.object {
            $0.member("code", ChargeWarning.lineLimit.rawValue)
            $0.member("organisationId", place.organisation.value)
            $0.member("name", name)
            $0.member("product", names[place.subject])
            $0.member("lines", Int64(lines))
            $0.member("limit", Int64(limit))
            $0.member("detail", sentence(about: names[place.subject] ?? place.subject.description, in: language))
        }
    }
}

extension RunOutcome {
    fileprivate func writeDocuments(to json: inout CanonicalJSON) {
        for (index, document) in outcome.documents.enumerated() {
            json.object {
                $0.organisation(cvr: outcome.party.cvr, id: outcome.party.id, name: outcome.party.name)
                $0.member("kind", document.kind.rawValue)
                $0.member("number", index < numbers.count ? numbers[index] : nil)
                $0.member("netMinor", document.net)
                $0.member("vatMinor", document.tax)
                $0.member("grossMinor", document.gross)
            }
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
