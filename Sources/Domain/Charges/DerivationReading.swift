// The stored form is read with the language's own Decodable, so that any reader of JSON will do and this module stays free of I/O.
// Every reading checks what a value in hand promises; a derivation that was tampered with does not decode.

extension LineDerivation: Decodable {
    private enum Member: String, CodingKey { case postedBeforeMinor, before, reversed }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        self.init(
            now: try Derivation(from: decoder),
            postedBefore: Money(minorUnits: try members.decode(Int64.self, forKey: .postedBeforeMinor)),
            before: try members.decodeIfPresent(Derivation.self, forKey: .before),
            reversed: try members.decodeIfPresent(Derivation.self, forKey: .reversed))
    }
}

extension Derivation: Decodable {
    private enum Member: String, CodingKey {
        case dues, fee, contribution, share, joiningFee, pledge, nothing, reversal, adjustments, ends, owedMinor
    }

    private struct StoredReversal: Decodable {
        let run: Int64
        let leftMinor: Int64
    }

    /// Recomputes while reading: a stored `owed` that the facts beside it do not give is an error.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        let basis: ChargeBasis
        if let found = try members.decodeIfPresent(DuesDerivation.self, forKey: .dues) {
            basis = .dues(found)
        } else if let found = try members.decodeIfPresent(FeeDerivation.self, forKey: .fee) {
            basis = .fee(found)
        } else if let found = try members.decodeIfPresent(ContributionDerivation.self, forKey: .contribution) {
            basis = .contribution(found)
        } else if let found = try members.decodeIfPresent(ShareDerivation.self, forKey: .share) {
            basis = .share(found)
        } else if let found = try members.decodeIfPresent(JoiningFeeDerivation.self, forKey: .joiningFee) {
            basis = .joiningFee(found)
        } else if let found = try members.decodeIfPresent(PledgeDerivation.self, forKey: .pledge) {
            basis = .pledge(found)
        } else if let found = try members.decodeIfPresent(StoredReversal.self, forKey: .reversal) {
            basis = .reversal(run: found.run, left: Money(minorUnits: found.leftMinor))
        } else if members.contains(.nothing) {
            basis = .nothing
        } else {
            throw members.broken(.nothing)
        }
        try self.init(
            basis, adjustments: try members.decodeIfPresent([Adjustment].self, forKey: .adjustments) ?? [],
            ends: try members.decodeIfPresent([AgreementEnd].self, forKey: .ends) ?? [])
        guard owed.minorUnits == (try members.decode(Int64.self, forKey: .owedMinor)) else { throw members.broken(.owedMinor) }
    }
}

extension DuesDerivation: Decodable {
    private enum Member: String, CodingKey { case year, spells, price }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        guard let year = BillingPeriod(year: try members.decode(Int.self, forKey: .year)) else { throw members.broken(.year) }
        try self.init(
            year: year, spells: try members.decode([Spell].self, forKey: .spells),
            price: try members.decodeIfPresent(DuesPrice.self, forKey: .price))
    }
}

extension Spell: Decodable {
    private enum Member: String, CodingKey { case agreement, form, changes, from, succeededAfter }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        var forms = FormHistory.active
        if let first = try members.decodeIfPresent(AgreementForm.self, forKey: .form) {
            var changes: [FormChange] = []
            var list = try members.nestedUnkeyedContainer(forKey: .changes)
            while !list.isAtEnd {
                let change = try list.nestedContainer(keyedBy: Member.self)
                changes.append(
                    FormChange(from: try change.day(.from), form: try change.decode(AgreementForm.self, forKey: .form)))
            }
            forms = FormHistory(first, changes: changes)
        }
        let term = try Term(from: decoder)
        let ownLast = members.contains(.succeededAfter) ? try members.day(.succeededAfter) : nil
        if let ownLast {
            guard ownLast >= term.first, term.last.map({ ownLast < $0 }) ?? false else { throw members.broken(.succeededAfter) }
        }
        self.init(
            agreement: Identifier(try members.decode(Int64.self, forKey: .agreement)), term: term, forms: forms, succeededAfter: ownLast)
    }
}

extension Term: Decodable {
    private enum Member: String, CodingKey { case first, last }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        let last = try members.decode(String?.self, forKey: .last)
        guard let first = CivilDate(try members.decode(String.self, forKey: .first)) else { throw members.broken(.first) }
        let lastDay = last.flatMap { CivilDate($0) }
        guard (last == nil) == (lastDay == nil), let term = Term(first: first, last: lastDay) else { throw members.broken(.last) }
        self = term
    }
}

extension DecisionReference: Decodable {
    private enum Member: String, CodingKey { case id, reference }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        self.init(
            id: Identifier(try members.decode(Int64.self, forKey: .id)), reference: try members.decode(String.self, forKey: .reference))
    }
}

extension DuesPrice: Decodable {
    private enum Member: String, CodingKey { case rate, year, decision, amountMinor, index }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        self.init(
            rate: Identifier(try members.decode(Int64.self, forKey: .rate)), year: try members.decode(Int.self, forKey: .year),
            decision: try members.decode(DecisionReference.self, forKey: .decision),
            amount: Money(minorUnits: try members.decode(Int64.self, forKey: .amountMinor)),
            index: try members.decodeIfPresent(IndexStep.self, forKey: .index))
    }
}

extension IndexStep: Decodable {
    private enum Member: String, CodingKey { case fromMinor, previous, figure, computedMinor }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        guard let previous = DecimalFigure(try members.decode(String.self, forKey: .previous)) else { throw members.broken(.previous) }
        guard let figure = DecimalFigure(try members.decode(String.self, forKey: .figure)) else { throw members.broken(.figure) }
        self.init(
            from: Money(minorUnits: try members.decode(Int64.self, forKey: .fromMinor)), previous: previous, figure: figure,
            computed: Money(minorUnits: try members.decode(Int64.self, forKey: .computedMinor)))
    }
}

extension Adjustment: Decodable {
    private enum Member: String, CodingKey { case id, amountMinor, reason, decision }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        self.init(
            id: Identifier(try members.decode(Int64.self, forKey: .id)),
            amount: Money(minorUnits: try members.decode(Int64.self, forKey: .amountMinor)),
            reason: try members.decode(String.self, forKey: .reason),
            decision: try members.decode(DecisionReference.self, forKey: .decision))
    }
}
