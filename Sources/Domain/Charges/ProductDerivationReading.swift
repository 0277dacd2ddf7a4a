// Every derivation is computed again from its stored facts while it is read; where the stored amount differs, it does not decode.

extension FeeDerivation: Decodable {
    private enum Member: String, CodingKey { case period, policies, spells, rows, size, joined, amountMinor }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        try self.init(
            period: try members.period(.period), policies: try members.decode(FeePolicies.self, forKey: .policies),
            spells: try members.decode([Spell].self, forKey: .spells), rows: try members.decode([RateRow].self, forKey: .rows),
            size: try members.decodeIfPresent(SizeUse.self, forKey: .size), joined: try members.decodeIfPresent(Int32.self, forKey: .joined)
        )
        guard amount == (try members.money(.amountMinor)) else { throw members.broken(.amountMinor) }
    }
}

extension FeePolicies: Decodable {
    private enum Member: String, CodingKey { case sheet, decision, proRata, passive }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        guard let passive = Ratio(try members.decode(String.self, forKey: .passive)) else { throw members.broken(.passive) }
        self.init(
            sheet: Identifier(try members.decode(Int64.self, forKey: .sheet)),
            decision: try members.decode(DecisionReference.self, forKey: .decision),
            proRata: try members.decode(ProRata.self, forKey: .proRata), passive: passive)
    }
}

extension ProRata: Decodable {}
extension AgreementForm: Decodable {}
extension SizeClass: Decodable {}
extension PledgeReduction: Decodable {}
extension LateChanges: Decodable {}

extension RateRow: Decodable {
    private enum Member: String, CodingKey { case id, component, charge, price, decision }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        self.init(
            id: Identifier(try members.decode(Int64.self, forKey: .id)), component: try members.decode(String.self, forKey: .component),
            charge: try members.decode(ChargeKind.self, forKey: .charge), term: try Term(from: decoder),
            price: try members.decode(PriceModel.self, forKey: .price),
            decision: try members.decode(DecisionReference.self, forKey: .decision))
    }
}

extension SizeFact: Decodable {
    private enum Member: String, CodingKey {
        case inhabitants, countedOn, reason, decision, refrozenBy
        case sizeClass = "class"
    }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        let headcount = try members.decodeIfPresent(Int32.self, forKey: .inhabitants).map { inhabitants in
            Headcount(inhabitants: inhabitants, countedOn: try members.day(.countedOn))
        }
        let placement = try members.decodeIfPresent(SizeClass.self, forKey: .sizeClass).map { sizeClass in
            SizePlacement(
                sizeClass: sizeClass, reason: try members.decode(String.self, forKey: .reason),
                decision: try members.decode(DecisionReference.self, forKey: .decision))
        }
        self.init(
            headcount: headcount, placement: placement, refrozenBy: try members.decodeIfPresent(DecisionReference.self, forKey: .refrozenBy)
        )
    }
}

extension SizeUse: Decodable {
    private enum Member: String, CodingKey { case year, bounds }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        let text = try members.decodeIfPresent(String.self, forKey: .bounds)
        let bounds = text.flatMap { SizeBounds($0) }
        guard (text == nil) == (bounds == nil) else { throw members.broken(.bounds) }
        self.init(year: try members.decode(Int.self, forKey: .year), fact: try SizeFact(from: decoder), bounds: bounds)
    }
}

extension ContributionDerivation: Decodable {
    private enum Member: String, CodingKey { case period, isMember, day, ratio, decision, fee, share, first, last, amountMinor }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        guard let ratio = Ratio(try members.decode(String.self, forKey: .ratio)) else { throw members.broken(.ratio) }
        guard let living = Period(first: try members.day(.first), last: try members.day(.last)) else { throw members.broken(.last) }
        try self.init(
            period: try members.period(.period),
            rate: ContributionRate(
                isMember: try members.decode(Bool.self, forKey: .isMember), day: try members.day(.day), ratio: ratio,
                decision: try members.decodeIfPresent(DecisionReference.self, forKey: .decision)),
            fee: try members.decodeIfPresent(FeeDerivation.self, forKey: .fee),
            share: try members.decodeIfPresent(ShareDerivation.self, forKey: .share), livingDays: living)
        guard amount == (try members.money(.amountMinor)) else { throw members.broken(.amountMinor) }
    }
}

extension ShareDerivation: Decodable {
    private enum Member: String, CodingKey { case period, policies, lateChanges, spells, size, slices, amountMinor }
    private enum SliceMember: String, CodingKey {
        case component, totals, day, form, measure, weight, weightSum, leftover, rank, units, of, amountMinor
    }
    private enum TotalMember: String, CodingKey { case row, totalMinor, decision }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        let period = try members.period(.period)
        let policies = try members.decode(FeePolicies.self, forKey: .policies)
        var slices: [ShareSlice] = []
        var list = try members.nestedUnkeyedContainer(forKey: .slices)
        while !list.isAtEnd {
            slices.append(try ShareDerivation.slice(try list.nestedContainer(keyedBy: SliceMember.self), period, policies))
        }
        try self.init(
            period: period, policies: policies, lateChanges: try members.decode(LateChanges.self, forKey: .lateChanges),
            spells: try members.decode([Spell].self, forKey: .spells), size: try members.decodeIfPresent(SizeUse.self, forKey: .size),
            slices: slices)
        guard amount == (try members.money(.amountMinor)) else { throw members.broken(.amountMinor) }
    }

    private static func slice(
        _ members: KeyedDecodingContainer<SliceMember>, _ period: BillingPeriod, _ policies: FeePolicies
    ) throws -> ShareSlice {
        var totals: [SharedTotal] = []
        var list = try members.nestedUnkeyedContainer(forKey: .totals)
        while !list.isAtEnd {
            let inner = try list.superDecoder()
            let total = try inner.container(keyedBy: TotalMember.self)
            totals.append(
                SharedTotal(
                    row: Identifier(try total.decode(Int64.self, forKey: .row)), term: try Term(from: inner),
                    total: try total.money(.totalMinor), decision: try total.decode(DecisionReference.self, forKey: .decision)))
        }
        let weight = try members.decode(Int64.self, forKey: .weight)
        let sum = try members.decode(Int64.self, forKey: .weightSum)
        let method: ShareMethod
        if members.contains(.rank) {
            method = .part(
                Share(
                    weight: weight, weightSum: sum, leftover: try members.decode(Int64.self, forKey: .leftover),
                    rank: try members.decode(Int64.self, forKey: .rank)))
        } else {
            method = .joinedLater(
                weight: weight, weightSum: sum, units: try members.decode(Int64.self, forKey: .units),
                of: try members.decode(Int64.self, forKey: .of))
        }
        let slice = try ShareSlice(
            component: try members.decode(String.self, forKey: .component), totals: totals, in: period, policies,
            day: try members.day(.day), form: try members.decode(AgreementForm.self, forKey: .form),
            measure: try members.decode(Int64.self, forKey: .measure), method: method)
        guard slice.amount == (try members.money(.amountMinor)) else { throw members.broken(.amountMinor) }
        return slice
    }
}

extension JoiningFeeDerivation: Decodable {
    private enum Member: String, CodingKey { case agreement, signedOn, dueOn, rows, size, reductions, amountMinor }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        try self.init(
            agreement: Identifier(try members.decode(Int64.self, forKey: .agreement)), signedOn: try members.day(.signedOn),
            dueOn: try members.day(.dueOn), rows: try members.decode([RateRow].self, forKey: .rows),
            size: try members.decodeIfPresent(SizeUse.self, forKey: .size),
            reductions: try members.decode([PaidPledge].self, forKey: .reductions))
        guard amount == (try members.money(.amountMinor)) else { throw members.broken(.amountMinor) }
    }
}

extension PaidPledge: Decodable {
    private enum Member: String, CodingKey { case pledge, project, amountMinor, paidOn, proof, reduction, decision }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        self.init(
            pledge: Identifier(try members.decode(Int64.self, forKey: .pledge)), project: try members.decode(String.self, forKey: .project),
            amount: try members.money(.amountMinor), paidOn: try members.day(.paidOn),
            proof: try members.decode(String.self, forKey: .proof),
            reduction: try members.decode(PledgeReduction.self, forKey: .reduction),
            decision: try members.decode(DecisionReference.self, forKey: .decision))
    }
}

extension PledgeDerivation: Decodable {
    private enum Member: String, CodingKey { case pledge, project, dueOn, decision, amountMinor }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        self.init(
            pledge: Identifier(try members.decode(Int64.self, forKey: .pledge)), project: try members.decode(String.self, forKey: .project),
            dueOn: try members.day(.dueOn), decision: try members.decode(DecisionReference.self, forKey: .decision),
            amount: try members.money(.amountMinor))
    }
}
