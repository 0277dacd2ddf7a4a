/// What a run gives one party: documents, what is parked, warnings. Preview and posting both come from here, and the hash covers exactly this.
public struct PartyOutcome: Sendable {
    public let party: ChargedParty
    public let documents: [DraftDocument]
    public let parked: [Parking]
    public let warnings: [ChargeWarning]

    /// Nothing to post, to park or to say.
    public var isEmpty: Bool { documents.isEmpty && parked.isEmpty && warnings.isEmpty }

    /// Turns the differences of one party into documents (rule 6): positive ones onto one invoice, negative ones onto one credit note per
    /// corrected invoice. A difference without a tax rule cannot be priced and is parked.
    ///
    /// - Throws: ``ChargeFault`` when the history does not fit the differences, which means the books are broken, or a sum does not fit.
    public init(
        of party: ChargedParty, _ assessment: Assessment, history: PartyHistory, under terms: ChargeTerms
    ) throws(ChargeFault) {
        self.party = party
        var parked = assessment.parked
        var charged: [DraftLine] = []
        var credited: [Int64: [DraftLine]] = [:]
        do {
            for difference in assessment.differences {
                let derivation = try PartyOutcome.derivation(of: difference, history)
                if difference.amount > .zero {
                    guard let vat = terms.vat.rate(of: difference.key.charge, on: difference.firstDay) else {
                        parked.append(Parking(organisation: party.id, reason: .noPrice, key: difference.key))
                        continue
                    }
                    charged.append(difference.line(derivation, vat: vat))
                } else {
                    for line in try difference.creditLines(derivation, history: history) {
                        guard let reference = line.credits else { continue }
                        credited[reference.invoice, default: []].append(line)
                    }
                }
            }
            var documents: [DraftDocument] = []
            if !charged.isEmpty { documents.append(try .invoice(charged, to: party.id)) }
            for (number, lines) in credited.sorted(by: { $0.key < $1.key }) {
                guard let invoice = history.invoices[number] else { throw ChargeFault.historyMissing }
                documents.append(try .creditNote(lines, to: party.id, on: invoice))
            }
            self.documents = documents
        } catch let fault as ChargeFault {
            throw fault
        } catch {
            throw .overflow
        }
        self.parked = parked
        warnings = documents.isEmpty || party.address.isComplete ? [] : [.noAddress]
    }

    private static func derivation(of difference: Difference, _ history: PartyHistory) throws(ChargeFault) -> LineDerivation {
        guard difference.needsHistory else {
            return LineDerivation(dues: difference.derivation, postedBefore: difference.posted, causes: [])
        }
        guard let earlier = history.keys[difference.key] else { throw .historyMissing }
        return LineDerivation(
            dues: difference.derivation, postedBefore: difference.posted,
            causes: Cause.between(earlier.latest.dues, and: difference.derivation))
    }
}

/// The books do not allow what a run computes. It stops the run, whole.
public enum ChargeFault: Error, Sendable, Equatable {
    /// A sum does not fit in 64 bits of øre.
    case overflow
    /// A key counts as posted, but its lines were not found or have less left than is to be credited.
    case historyMissing
}

extension Difference {
    /// The key's first day: the one whose tax rule holds.
    var firstDay: CivilDate { key.period?.firstDay ?? .epoch }

    /// The one line of a rise. Where nothing stands posted it covers the days of membership, else the key's whole period (rule 16).
    func line(_ derivation: LineDerivation, vat: VATRate) -> DraftLine {
        let whole = derivation.dues.year.days
        return DraftLine(
            key: key, revision: revision, part: 1, covers: posted > .zero ? whole : derivation.dues.livingDays ?? whole, net: amount,
            vat: vat,
            derivation: derivation, credits: nil)
    }

    /// The lines of a fall: from the newest line that has something left, backwards, until the amount is given back.
    func creditLines(_ derivation: LineDerivation, history: PartyHistory) throws(ChargeFault) -> [DraftLine] {
        guard let earlier = history.keys[key] else { throw .historyMissing }
        do {
            var left = try amount.negated()
            var lines: [DraftLine] = []
            for open in earlier.open where left > .zero {
                let given = min(left, open.remaining)
                left = try left - given
                lines.append(
                    DraftLine(
                        key: key, revision: revision, part: Int32(lines.count + 1), covers: derivation.dues.year.days, net: given,
                        vat: open.vat,
                        derivation: derivation, credits: LineReference(invoice: open.invoice, line: open.line)))
            }
            guard left == .zero else { throw ChargeFault.historyMissing }
            return lines
        } catch let fault as ChargeFault {
            throw fault
        } catch {
            throw .overflow
        }
    }
}
