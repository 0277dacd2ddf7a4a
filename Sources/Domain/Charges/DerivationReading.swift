// The stored form is read with the language's own Decodable, so that any reader of JSON will do and this module stays free of I/O.
// Every reading checks what a value in hand promises; a derivation that was tampered with does not decode.

extension LineDerivation: Decodable {
    private enum Member: String, CodingKey { case dues, postedBeforeMinor, causes }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        self.init(
            dues: try members.decode(DuesDerivation.self, forKey: .dues),
            postedBefore: Money(minorUnits: try members.decode(Int64.self, forKey: .postedBeforeMinor)),
            causes: try members.decode([Cause].self, forKey: .causes))
    }
}

extension DuesDerivation: Decodable {
    private enum Member: String, CodingKey { case year, spells, price, adjustments, owedMinor }

    /// Recomputes while reading: a stored `owed` that the facts beside it do not give is an error.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        guard let year = BillingPeriod(year: try members.decode(Int.self, forKey: .year)) else { throw members.broken(.year) }
        let stored = try members.decode(Int64.self, forKey: .owedMinor)
        try self.init(
            year: year, spells: try members.decode([Spell].self, forKey: .spells),
            price: try members.decodeIfPresent(DuesPrice.self, forKey: .price),
            adjustments: try members.decodeIfPresent([Adjustment].self, forKey: .adjustments) ?? [])
        guard owed.minorUnits == stored else { throw members.broken(.owedMinor) }
    }
}

extension Spell: Decodable {
    private enum Member: String, CodingKey { case agreement }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        self.init(agreement: Identifier(try members.decode(Int64.self, forKey: .agreement)), term: try Term(from: decoder))
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

extension Cause: Decodable {
    private enum Member: String, CodingKey { case kind, from, to, agreement, adjustment }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        switch try members.decode(String.self, forKey: .kind) {
        case "priceChanged":
            self = .priceChanged(
                from: try members.decode(DuesPrice.self, forKey: .from), to: try members.decode(DuesPrice.self, forKey: .to))
        case "spellChanged":
            self = .spellChanged(
                agreement: Identifier(try members.decode(Int64.self, forKey: .agreement)),
                from: try members.decode(Term?.self, forKey: .from), to: try members.decode(Term?.self, forKey: .to))
        case "adjusted": self = .adjusted(try members.decode(Adjustment.self, forKey: .adjustment))
        case "adjustmentWithdrawn": self = .adjustmentWithdrawn(try members.decode(Adjustment.self, forKey: .adjustment))
        default: throw members.broken(.kind)
        }
    }
}
