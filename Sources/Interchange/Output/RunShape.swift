public import Domain
public import Wording

/// The one object of `invoice preview` and `invoice run` (DESIGN §6). It is made while the run goes on: each outcome is written as it comes and need not be kept.
///
/// Amounts are øre; `to` is the last day; a line that is credited is negative, a credit note's own amounts are positive, totals are invoices less credit notes.
public struct RunShape: Sendable {
    private let language: Language
    /// The lines are nearly all of it: so they are kept in pieces, none of which is ever copied.
    private var writtenLines: [[UInt8]] = []
    private var lines = CanonicalJSON()
    private var documents = CanonicalJSON()
    private var parked = CanonicalJSON()
    private var waived = CanonicalJSON()
    private var warnings = CanonicalJSON()

    public init(in language: Language) { self.language = language }

    /// - Parameter names: what products and projects are called.
    public mutating func add(_ run: RunOutcome, _ names: [Subject: String]) throws(ArithmeticOverflow) {
        try run.outcome.writeLines(to: &lines, names, in: language)
        if lines.bytes.count > 1 << 20 { writtenLines.append(lines.takePiece()) }
        run.writeDocuments(to: &documents)
        run.outcome.writeParked(to: &parked, names, in: language)
        run.outcome.writeWaived(to: &waived, names, in: language)
        run.outcome.writeWarnings(to: &warnings, in: language)
    }

    /// What was added, and what the run came to, in pieces.
    public func forEachPiece(of result: ChargeRunResult, _ body: (ArraySlice<UInt8>) -> Void) throws(ArithmeticOverflow) {
        var json = CanonicalJSON(reserving: 65_536)
        let beforeLines = try write(result, to: &json)
        body(json.bytes[..<beforeLines])
        for piece in writtenLines { body(piece[...]) }
        body(lines.bytes[...])
        body(json.bytes[beforeLines...])
    }

    /// Writes everything but the lines.
    ///
    /// - Returns: where they belong.
    private func write(_ result: ChargeRunResult, to json: inout CanonicalJSON) throws(ArithmeticOverflow) -> Int {
        let gross = try result.totals.gross()
        var beforeLines = 0
        json.object {
            $0.member("period", result.target.description)
            $0.member("inputs", result.hash.description)
            $0.member("run", result.run)
            $0.name("lines")
            $0.array { beforeLines = $0.bytes.count }
            $0.name("documents")
            $0.array { $0.elements(documents) }
            $0.name("parked")
            $0.array { $0.elements(parked) }
            $0.name("waived")
            $0.array { $0.elements(waived) }
            $0.name("warnings")
            $0.array {
                for total in result.unshared { total.writeWarning(to: &$0, result.names, in: language) }
                for agreement in result.crowded { agreement.writeWarning(to: &$0, result.names, in: language) }
                if let earlier = result.earlier { earlier.writeWarning(to: &$0, in: language) }
                $0.elements(warnings)
            }
            $0.name("totals")
            $0.object {
                $0.member("documents", result.totals.documents)
                $0.member("netMinor", result.totals.net)
                $0.member("vatMinor", result.totals.tax)
                $0.member("grossMinor", gross)
                $0.name("members")
                $0.array { for total in result.breakdown.members { total.write(to: &$0) } }
                $0.name("products")
                $0.array { for total in result.subtotals { total.write(to: &$0, result.names) } }
            }
        }
        return beforeLines
    }
}

extension MemberTotal {
    fileprivate func write(to json: inout CanonicalJSON) {
        json.object {
            $0.organisation(cvr: cvr, id: organisation, name: name)
            $0.member("netMinor", net)
            $0.member("grossMinor", gross)
        }
    }
}

extension RunSubtotal {
    fileprivate func write(to json: inout CanonicalJSON, _ names: [Subject: String]) {
        json.object {
            $0.member("product", names[subject])
            $0.member("charge", charge.rawValue)
            $0.member("account", account)
            $0.member("lines", lines)
            $0.member("netMinor", net)
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

extension PartyOutcome {
    fileprivate func writeLines(
        to json: inout CanonicalJSON, _ names: [Subject: String], in language: Language
    ) throws(ArithmeticOverflow) {
        for document in documents {
            for line in document.lines {
                let net = try document.kind.counted(line.net)
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
                    $0.member("netMinor", net)
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
                if warning == .largeChange, let largeChange { largeChange.writeMembers(to: &$0) }
                $0.member("detail", warning.sentence(in: language))
            }
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

extension EarlierDate {
    fileprivate func writeWarning(to json: inout CanonicalJSON, in language: Language) {
        json.object {
            $0.member("code", ChargeWarning.earlierDate.rawValue)
            $0.member("date", day)
            $0.member("newest", newest)
            $0.member("detail", sentence(in: language))
        }
    }
}

extension YearTotals {
    fileprivate func writeMembers(to json: inout CanonicalJSON) {
        json.member("beforeMinor", Int64(clamping: before))
        json.member("nowMinor", Int64(clamping: now))
    }
}
