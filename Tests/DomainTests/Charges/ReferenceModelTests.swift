import Domain
import Testing

/// Random associations over random years of changes: after every change the real engine, run by run, leaves exactly what the slow model says is owed.
@Suite struct ReferenceModelTests {
    @Test(arguments: 0..<60)
    func everyBalanceIsWhatTheSlowModelOwes(round: Int) throws {
        let seed = UInt64(31_000 + round)
        var random = SeededGenerator(seed: seed)
        var world = World()
        world.freezes = true
        // What the model itself finds frozen: organisation, year, inhabitants.
        var frozen: [Int64: [Int: Int32]] = [:]
        let frequency = try #require(BillingFrequency.allCases.randomElement(using: &random))
        let policies = try Policies(using: &random)
        var prices = try Prices(using: &random)
        for index in 1...5 { try Self.change(index, in: &world, using: &random) }
        for step in 0..<5 {
            // A change of a price, or of one organisation's agreements, membership or size; never of what an earlier posting froze.
            if Bool.random(using: &random) { prices = try Prices(using: &random) }
            try Self.change(Int.random(in: 1...6, using: &random), in: &world, using: &random)
            world.sheets = []
            let fees = try prices.fees.enumerated().flatMap { index, component in
                try component.map {
                    try world.row(
                        try $0.price.model, component: "fee \(index)", from: $0.term.first.description,
                        until: $0.term.last?.description)
                }
            }
            let totals = try prices.totals.map {
                try world.row(
                    .shared(Money(minorUnits: $0.total), by: .inhabitants), charge: .sharedCost, component: "shared",
                    from: $0.term.first.description,
                    until: $0.term.last?.description)
            }
            try world.sheet(
                fees + totals, frequency: frequency, proRata: policies.proRata, late: policies.late, contribution: true)
            let recorded = world.bodies.mapValues { $0.sizes.recorded(for: 2026).headcount?.inhabitants ?? 0 }
            let posted = try world.outcomes("2028").flatMap(\.documents).flatMap(\.lines).map(\.key)
            try world.run("2028")
            var used: Set<UsedYear> = []
            for year in 2026...2028 {
                let halves: [BillingPeriod.Half?] = frequency == .yearly ? [nil] : [.first, .second]
                for half in halves {
                    let period = try #require(BillingPeriod(year: year, half: half))
                    let model = try Self.model(world, period, policies, prices, frozen, recorded)
                    Self.compare(world, model, "seed \(seed) step \(step) \(period)")
                    for key in posted where key.period == period {
                        for organisation in model.sizes(behind: key.charge, of: key.organisation.value) {
                            used.insert(UsedYear(organisation: organisation, year: year))
                        }
                    }
                }
            }
            for size in used where frozen[size.organisation]?[size.year] == nil {
                frozen[size.organisation, default: [:]][size.year] = recorded[Identifier(size.organisation)]
            }
            for (id, body) in world.bodies {
                #expect(body.frozen.mapValues { $0.headcount?.inhabitants } == frozen[id.value] ?? [:], "seed \(seed) step \(step) \(id)")
            }
        }
    }

    private struct UsedYear: Hashable {
        let organisation: Int64
        let year: Int
    }

    private static func model(
        _ world: World, _ period: BillingPeriod, _ policies: Policies, _ prices: Prices, _ frozen: [Int64: [Int: Int32]],
        _ recorded: [Identifier<Organisation>: Int32]
    ) throws -> ReferenceModel {
        let participants = try world.bodies.sorted { $0.key < $1.key }.map { id, body in
            ReferenceModel.Participant(
                id: id.value, cvr: try #require(body.cvr).description,
                spells: body.participations.filter { $0.subject == World.product }.map {
                    Spell(agreement: $0.agreement, term: $0.term, forms: $0.forms)
                },
                memberships: body.participations.filter { $0.subject == .association }.map(\.term),
                inhabitants: Int64(frozen[id.value]?[period.year] ?? recorded[id] ?? 0))
        }
        return ReferenceModel(
            period: period, proRata: policies.proRata, late: policies.late, fees: prices.fees, totals: prices.totals,
            participants: participants)
    }

    private static func compare(_ world: World, _ model: ReferenceModel, _ place: String) {
        let (owed, period) = (model.owed(), model.period)
        for id in world.bodies.keys {
            let expected = owed[id.value] ?? (0, 0, 0)
            let charges: [(ChargeKind, Int128)] = [
                (.annualFee, expected.fee), (.sharedCost, expected.share), (.contribution, expected.contribution),
            ]
            for (charge, amount) in charges {
                let key = ChargeKey(organisation: id, subject: World.product, charge: charge, period: period)
                #expect(Int128((world.ledger.balances[key] ?? .zero).minorUnits) == amount, "\(place) organisation \(id) \(charge)")
            }
        }
    }

    private struct Policies {
        let proRata: ProRata
        let late: LateChanges

        init(using random: inout SeededGenerator) throws {
            proRata = try #require(ProRata.allCases.randomElement(using: &random))
            late = try #require(LateChanges.allCases.randomElement(using: &random))
        }
    }

    /// Amounts that change on random days, without a gap.
    private struct Prices {
        var fees: [[(term: Term, price: ReferenceModel.Price)]] = []
        var totals: [(term: Term, total: Int64)] = []

        init(using random: inout SeededGenerator) throws {
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                // The amounts of a component change, its model does not (rule 1).
                let model = Int.random(in: 0...2, using: &random)
                var rows: [(term: Term, price: ReferenceModel.Price)] = []
                for cut in try Self.terms(using: &random) { rows.append((cut, Self.price(model, using: &random))) }
                fees.append(rows)
            }
            guard Bool.random(using: &random) else { return }
            for cut in try Self.terms(using: &random) { totals.append((cut, Int64.random(in: 0...99_999_999, using: &random))) }
        }

        private static func price(_ model: Int, using random: inout SeededGenerator) -> ReferenceModel.Price {
            func amount() -> Int64 { Int64.random(in: 0...9_999_999, using: &random) }
            switch model {
            case 0: return .amount(amount())
            case 1: return .byClass((0..<4).map { _ in amount() })
            default: return .steps([(1, amount()), (Int.random(in: 2...4, using: &random), amount())])
            }
        }

        private static func terms(using random: inout SeededGenerator) throws -> [Term] {
            var first = try World.day("2015-01-01")
            var terms: [Term] = []
            var day = try World.day("2026-01-01")
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                day = try #require(day.adding(days: Int.random(in: 1...400, using: &random)))
                terms.append(try #require(Term(first: first, last: day.adding(days: -1))))
                first = day
            }
            return try terms + [#require(Term(first: first, last: nil))]
        }
    }

    /// Gives one organisation other agreements, another membership and another size.
    private static func change(_ index: Int, in world: inout World, using random: inout SeededGenerator) throws {
        let id = Identifier<Organisation>(Int64(index))
        // Everything but what postings froze.
        let frozen = world.bodies[id]?.frozen ?? [:]
        world.bodies[id] = World.Body(name: "Body \(index)", cvr: try World.cvr(index), frozen: frozen)
        var day = try #require(try World.day("2025-06-01").adding(days: Int.random(in: 0...500, using: &random)))
        let member = Bool.random(using: &random) ? day.adding(days: Int.random(in: -400...400, using: &random))?.description : nil
        let inhabitants = Int32.random(in: 0...200_000, using: &random)
        let spells = Int.random(in: 0...2, using: &random)
        if spells == 0 { try world.body(index, from: nil, memberFrom: member, inhabitants: inhabitants) }
        for spell in 0..<spells {
            let last = try #require(day.adding(days: Int.random(in: 0...500, using: &random)))
            var changes: [FormChange] = []
            if Bool.random(using: &random), let from = day.adding(days: Int.random(in: 1...300, using: &random)) {
                changes.append(FormChange(from: from, form: Bool.random(using: &random) ? .active : .passive))
            }
            try world.body(
                index, from: day.description, until: spell == 1 && Bool.random(using: &random) ? nil : last.description,
                forms: FormHistory(Bool.random(using: &random) ? .active : .passive, changes: changes), memberFrom: member,
                inhabitants: inhabitants)
            day = try #require(last.adding(days: Int.random(in: 1...200, using: &random)))
        }
    }
}

extension ReferenceModel.Price {
    /// The same price as the engine knows it.
    fileprivate var model: PriceModel {
        get throws {
            switch self {
            case .amount(let amount): return .amount(Money(minorUnits: amount))
            case .byClass(let amounts):
                return .perClass(
                    ClassTable(
                        small: Money(minorUnits: amounts[0]), medium: Money(minorUnits: amounts[1]), large: Money(minorUnits: amounts[2]),
                        veryLarge: Money(minorUnits: amounts[3])))
            case .steps(let steps):
                return .stepDown(
                    try steps.map { PriceStep(from: try #require(Int32(exactly: $0.from)), amount: Money(minorUnits: $0.amount)) })
            }
        }
    }
}
