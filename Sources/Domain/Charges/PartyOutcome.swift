/// What a run gives one party: documents, what is parked, warnings. Preview and posting both come from here, and the hash covers exactly this.
public struct PartyOutcome: Sendable {
    public let party: ChargedParty
    public let documents: [DraftDocument]
    public let parked: [Parking]
    public let waived: [Waiver]
    public let warnings: [ChargeWarning]
    /// What `LARGE_CHANGE` warns of; nothing where it does not.
    public let largeChange: YearTotals?
    /// The sizes that its lines stand on (rule 11).
    public let usedSizes: UsedSizes

    /// Nothing to post, to park or to say.
    public var isEmpty: Bool { documents.isEmpty && parked.isEmpty && warnings.isEmpty && waived.isEmpty }

    /// Whose account a key is on: the party, or a predecessor of it.
    public func name(of key: ChargeKey?) -> String { key.flatMap { party.name(of: $0.organisation) } ?? party.name }

    /// The sizes that its lines stand on and that no posting has used before (rule 11).
    public var sizes: [UnfrozenSize] { usedSizes.allUnfrozen }

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
        var sizes = UsedSizes.none
        var isStale = false
        do {
            for difference in assessment.differences {
                let derivation = try PartyOutcome.derivation(of: difference, history)
                if difference.amount > .zero {
                    guard let vat = difference.vat else {
                        parked.append(Parking(organisation: party.id, reason: .noPrice, key: difference.key))
                        continue
                    }
                    charged += difference.lines(derivation, vat: vat)
                } else {
                    for line in try difference.creditLines(derivation, history: history) {
                        guard let reference = line.credits else { continue }
                        credited[reference.invoice, default: []].append(line)
                    }
                }
                sizes.formUnion(difference.sizes)
                // What a reversal gave back is charged afresh, so an old figure is accepted afresh, frozen or not.
                isStale = isStale || (difference.isAfresh ? difference.sizes.isStale : difference.sizes.isStaleUnfrozen)
            }
            let invoices = charged.isEmpty ? [] : [try DraftDocument.invoice(charged, to: party.id)]
            documents = try invoices + PartyOutcome.creditNotes(credited, to: party, history)
        } catch let fault as ChargeFault {
            throw fault
        } catch {
            throw .overflow
        }
        self.parked = parked
        waived = assessment.waived
        usedSizes = sizes
        var warnings: [ChargeWarning] = []
        if !documents.isEmpty && !party.address.isComplete { warnings.append(.noAddress) }
        if isStale { warnings.append(.stalePopulation) }
        largeChange = PartyOutcome.largeChange(party, assessment, under: terms)
        if largeChange != nil { warnings.append(.largeChange) }
        self.warnings = warnings
    }

    /// One credit note for each corrected invoice, by number (rule 6).
    private static func creditNotes(
        _ credited: [Int64: [DraftLine]], to party: ChargedParty, _ history: PartyHistory
    ) throws -> [DraftDocument] {
        try credited.sorted { $0.key < $1.key }.map { number, lines in
            guard let invoice = history.invoices[number] else { throw ChargeFault.historyMissing }
            return try .creditNote(lines, to: party.id, on: invoice)
        }
    }

    /// The party's totals for the target and the same part of the year before, where they differ by more than the set percentage. Only what the run
    /// looks at counts, on both sides.
    private static func largeChange(_ party: ChargedParty, _ assessment: Assessment, under terms: ChargeTerms) -> YearTotals? {
        guard let percent = terms.policies.changeWarning, !assessment.differences.isEmpty else { return nil }
        let years = ComparedYears(target: terms.window.target)
        var totals = YearTotals()
        func count(_ amount: Money, of key: ChargeKey, chargedFor day: CivilDate) {
            guard terms.window.scope.contains(key.subject) else { return }
            switch years.side(of: key, chargedFor: day) {
            case .now: totals.now += Int128(amount.minorUnits)
            case .before: totals.before += Int128(amount.minorUnits)
            case nil: break
            }
        }
        for account in party.accounts {
            for (key, posted) in account.posted { count(posted.balance, of: key, chargedFor: posted.covers.first) }
        }
        for difference in assessment.differences { count(difference.amount, of: difference.key, chargedFor: difference.chargedFor) }
        return totals.differ(byMoreThan: percent) ? totals : nil
    }

    private static func derivation(of difference: Difference, _ history: PartyHistory) throws(ChargeFault) -> LineDerivation {
        guard difference.needsHistory else {
            return LineDerivation(now: difference.derivation, postedBefore: difference.posted, before: nil)
        }
        guard let earlier = history.keys[difference.key] else { throw .historyMissing }
        return LineDerivation(now: difference.derivation, postedBefore: difference.posted, after: earlier.latest)
    }
}

extension PartyOutcome {
    /// Gives back what is left of some invoices' lines, adjusting nothing: the next run invoices again (rule 7).
    ///
    /// - Parameters:
    ///   - run: the run that is reversed.
    ///   - invoices: its invoices.
    /// - Throws: ``ChargeFault``.
    public init(
        reversing run: Int64, _ invoices: Set<Int64>, of party: ChargedParty, history: PartyHistory
    ) throws(ChargeFault) {
        var credited: [Int64: [DraftLine]] = [:]
        do {
            for account in party.accounts {
                for (key, posted) in account.posted.sorted(by: { $0.key < $1.key }) {
                    guard let earlier = history.keys[key] else { continue }
                    let open = earlier.open.filter { invoices.contains($0.invoice) }
                    if open.isEmpty { continue }
                    let left = try posted.balance - Money.sum(open.map(\.remaining))
                    let derivation = LineDerivation(
                        reversal: try Derivation(.reversal(run: run, left: left)), postedBefore: posted.balance, after: earlier.latest,
                        isOfLatest: open.contains { $0.revision == posted.postings - 1 })
                    for (index, line) in open.enumerated() {
                        // Every credit is a correction (rule 6) and has the days of one, which are the key's and not its line's (rule 16).
                        credited[line.invoice, default: []].append(
                            DraftLine(
                                key: key, revision: posted.postings, part: Int32(index + 1), covers: key.period?.days ?? posted.covers,
                                net: line.remaining, vat: line.vat, derivation: derivation,
                                credits: LineReference(invoice: line.invoice, line: line.line)))
                    }
                }
            }
            documents = try PartyOutcome.creditNotes(credited, to: party, history)
        } catch let fault as ChargeFault {
            throw fault
        } catch {
            throw .overflow
        }
        self.party = party
        parked = []
        waived = []
        warnings = []
        largeChange = nil
        usedSizes = .none
    }

    /// The agreements that would be charged more lines in a day than the limit allows. What is given back is no charge: taking a run back and running
    /// again is how a mistake is mended.
    ///
    /// - Parameter charged: the lines that agreements were charged on the same day already.
    package func crowded(over limit: Int, beside charged: [ChargePlace: Int]) -> [CrowdedAgreement] {
        var counts: [ChargePlace: Int] = [:]
        for line in documents.lazy.filter({ $0.kind == .invoice }).flatMap(\.lines) { counts[line.key.place, default: 0] += 1 }
        return counts.map { ($0.key, lines: $0.value + (charged[$0.key] ?? 0)) }.filter { $0.lines > limit }.sorted { $0.0 < $1.0 }
            .map { place, lines in
                CrowdedAgreement(place: place, name: party.name(of: place.organisation) ?? party.name, lines: lines, limit: limit)
            }
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
    /// The days of a correction, and of a first posting that has none of its own: the key's period, or the first posting's (rule 16).
    private var wholeDays: Period { key.period?.days ?? postedCovers ?? derivation.basis.covers ?? Period(ordered: .epoch, .epoch) }

    /// The day by which a key without a period belongs to a year.
    fileprivate var chargedFor: CivilDate { postedCovers?.first ?? derivation.basis.covers?.first ?? wholeDays.first }

    /// The lines of a rise. Where nothing stands posted there is one for each part, with the days of membership or participation.
    func lines(_ derivation: LineDerivation, vat: VATTreatment) -> [DraftLine] {
        let parts = posted > .zero ? [] : derivation.now.parts
        guard !parts.isEmpty else {
            let covers = posted > .zero ? wholeDays : derivation.now.basis.covers ?? wholeDays
            return [
                DraftLine(
                    key: key, revision: revision, part: 1, covers: covers, net: amount, vat: vat, derivation: derivation, credits: nil)
            ]
        }
        return parts.enumerated().map { index, part in
            DraftLine(
                key: key, revision: revision, part: Int32(index + 1), covers: part.covers, net: part.amount, vat: vat,
                derivation: derivation, credits: nil)
        }
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
                        key: key, revision: revision, part: Int32(lines.count + 1), covers: wholeDays, net: given,
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
