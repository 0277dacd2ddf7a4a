import Domain
import Testing

/// Random associations over random years of changes: after every change the real engine, run by run, leaves exactly what the slow model says is owed, for
/// every charge there is.
@Suite struct ReferenceModelTests {
    // One after the other: together they would keep every thread from the tests that wait for a server.
    @Test(.serialized, arguments: 0..<200)
    func everyBalanceIsWhatTheSlowModelOwes(round: Int) throws {
        let seed = UInt64(31_000 + round)
        var random = SeededGenerator(seed: seed)
        var played = try Played(using: &random)
        for step in 0..<5 {
            try played.change(using: &random)
            try played.compare("seed \(seed) step \(step)")
        }
    }
}

/// What the random associations are like, so that the comparison is no emptier than it looks.
@Suite struct RandomAssociationTests {
    @Test func someHaveDaysWithoutAPrice() throws {
        var gaps = 0
        for seed in 31_000..<31_200 {
            var random = SeededGenerator(seed: UInt64(seed))
            if try RandomAssociation(using: &random).prices.hasGap { gaps += 1 }
        }
        #expect(gaps > 10 && gaps < 100)
    }
}

/// A random association, the engine's world of it, and what the model knows of earlier postings.
private struct Played {
    private var association: RandomAssociation
    private var world = World()
    private let frequency: BillingFrequency
    private let proRata: ProRata
    private let late: LateChanges
    /// What the model itself finds frozen: organisation, year, inhabitants.
    private var frozen: [Int64: [Int: Int32]] = [:]
    /// What was credited by hand on each key, one credit after the other, in øre.
    private var credits: [ChargeKey: [Int64]] = [:]
    /// The day each key without a period was first posted for, by the model.
    private var postedFor: [ChargeKey: CivilDate] = [:]

    init(using random: inout SeededGenerator) throws {
        world.freezes = true
        association = try RandomAssociation(using: &random)
        frequency = try #require(BillingFrequency.allCases.randomElement(using: &random))
        proRata = try #require(ProRata.allCases.randomElement(using: &random))
        late = try #require(LateChanges.allCases.randomElement(using: &random))
        try record()
    }

    /// Never of what an earlier posting froze. Before that somebody may be given a credit by hand, or invoices taken back.
    mutating func change(using random: inout SeededGenerator) throws {
        switch Int.random(in: 0...7, using: &random) {
        case 0...1: credit(using: &random)
        case 2: try takeBack(using: &random)
        default: break
        }
        try association.change(using: &random)
        try record()
    }

    /// At most what stands on a key.
    private mutating func credit(using random: inout SeededGenerator) {
        let standing = world.ledger.balances.filter { $0.value > .zero }
        for key in standing.keys.sorted().shuffled(using: &random).prefix(3) {
            credits[key, default: []].append(Int64.random(in: 1...(standing[key]?.minorUnits ?? 1), using: &random))
        }
    }

    /// What is left of some invoices, all of it and nothing else; it lowers nothing that is owed.
    private mutating func takeBack(using random: inout SeededGenerator) throws {
        let before = world.ledger.lines
        let invoices = Set(Set(before.map(\.invoice)).sorted().filter { _ in Bool.random(using: &random) })
        try world.reverse(invoices: invoices, target: "2028")
        for (old, new) in zip(before, world.ledger.lines) {
            #expect(new.remaining == (invoices.contains(new.invoice) ? .zero : old.remaining))
        }
    }

    /// Tells the engine's world what the register holds.
    private mutating func record() throws {
        let register = association.register
        world.dues = [:]
        world.indexed = [:]
        for (year, dues) in register.dues {
            switch dues {
            case .amount(let amount): world.dues[year] = Money(minorUnits: amount)
            case .indexed(let figure, let previous): world.indexed[year] = (String(figure), String(previous))
            }
        }
        world.heirs = [:]
        for succession in register.successions {
            for predecessor in succession.predecessors {
                world.heirs[Identifier(predecessor)] = (Identifier(succession.successor), succession.on)
            }
        }
        for organisation in RandomAssociation.organisations {
            let id = Identifier<Organisation>(organisation)
            var body = World.Body(
                name: "Body \(organisation)", cvr: try World.cvr(Int(organisation)), frozen: world.bodies[id]?.frozen ?? [:])
            body.sizes = SizeHistory(headcounts: try World.headcounts(association.inhabitants[organisation] ?? 0), frozen: body.frozen)
            body.participations = try register.agreements.filter { $0.organisation == organisation }
                .sorted { ($0.first, $0.id) < ($1.first, $1.id) }
                .map { agreement in
                    Participation(
                        agreement: Identifier(agreement.id), subject: agreement.isMembership ? .association : World.product,
                        term: try #require(Term(first: agreement.first, last: agreement.last)), forms: agreement.forms,
                        signedOn: agreement.signedOn, takenOverFrom: agreement.takenOverFrom.map { Identifier($0) },
                        ending: agreement.isSucceeded ? .init(.succeeded) : agreement.last == nil ? nil : .init(.notice),
                        notified: agreement.notifiedLast.map { .init(lastDay: $0, .init(.notice)) })
                }
            for (key, amounts) in credits where key.organisation == id {
                body.adjustments[key] = amounts.enumerated().map { number, amount in
                    Adjustment(
                        id: Identifier(Int64(number + 1)), amount: Money(minorUnits: amount), reason: "goodwill", decision: World.decision)
                }
            }
            body.pledges = try register.pledges.filter { $0.organisation == organisation }.map(pledge)
            world.bodies[id] = body
        }
        try price()
    }

    /// A pledge as charges see it: with the day from which it is owed.
    private func pledge(_ pledge: ReferenceRegister.Pledge) throws -> Pledge {
        let project = try #require(association.register.projects.first { $0.id == pledge.project })
        let standing = ProjectStanding(
            target: Money(minorUnits: project.target), deadline: project.deadline,
            pledges: association.register.pledges.filter { $0.project == project.id }.map {
                (Money(minorUnits: $0.amount), $0.pledgedOn, $0.withdrawnOn)
            })
        let reached = try standing.reachedOn()
        let stands = reached.map { day in pledge.withdrawnOn.map { $0 > day } ?? true } ?? false
        return Pledge(
            id: Identifier(pledge.id), project: Identifier(project.id), projectName: "Project \(project.id)",
            product: project.isOfProduct ? Identifier(1) : nil, amount: Money(minorUnits: pledge.amount), decision: World.decision,
            reachedOn: stands ? reached.map { max($0, pledge.pledgedOn) } : nil, paidOn: pledge.paidOn, proof: "proof",
            reduction: pledge.reduction)
    }

    private mutating func price() throws {
        let prices = association.prices
        world.sheets = []
        var rows: [RateRow] = []
        for (charge, components) in [(ChargeKind.annualFee, prices.fees), (.joiningFee, prices.joining)] {
            for (index, component) in components.enumerated() {
                for row in component {
                    rows.append(
                        try world.row(
                            try row.price.model(of: charge), charge: charge, component: "\(charge) \(index)",
                            from: row.term.first.description,
                            until: row.term.last?.description))
                }
            }
        }
        for row in prices.totals {
            rows.append(
                try world.row(
                    .shared(Money(minorUnits: row.total), by: prices.key.model), charge: .sharedCost, component: "shared",
                    from: row.term.first.description, until: row.term.last?.description))
        }
        try world.sheet(rows, frequency: frequency, proRata: proRata, late: late, contribution: true)
    }

    // The comparison

    /// Runs to the end of 2028 and compares every balance, and every size that was frozen, with the model.
    mutating func compare(_ place: String) throws {
        let before = world.ledger.balances
        let posted = Set(try world.outcomes("2028", .all).flatMap(\.documents).flatMap(\.lines).map(\.key))
        try world.run("2028", .all)
        var expected: [ChargeKey: Int128?] = [:]
        var used: Set<UsedYear> = []
        for year in 2026...2028 {
            let whole = try #require(BillingPeriod(year: year))
            for organisation in RandomAssociation.organisations {
                expected[key(organisation, .association, .dues, whole)] = association.register.dues(of: organisation, in: whole)
            }
            for half in frequency == .yearly ? [nil] : [BillingPeriod.Half.first, .second] {
                try expectProduct(in: try #require(BillingPeriod(year: year, half: half)), &expected, posted, &used)
            }
        }
        try expectOnce(&expected, posted, &used)
        for (key, owed) in expected {
            // What cannot be told stays as it is. Of what is owed comes off what was credited by hand, as long as there is anything (rule 7).
            let credited = credits[key, default: []].reduce(Int128(0)) { $0 + Int128($1) }
            let amount = owed.map { max(0, $0 - credited) } ?? Int128((before[key] ?? .zero).minorUnits)
            #expect(Int128((world.ledger.balances[key] ?? .zero).minorUnits) == amount, "\(place) \(key)")
        }
        for (key, balance) in world.ledger.balances where expected[key] == nil { #expect(balance == .zero, "\(place) \(key)") }
        for size in used where frozen[size.organisation]?[size.year] == nil {
            frozen[size.organisation, default: [:]][size.year] = association.inhabitants[size.organisation]
        }
        for (id, body) in world.bodies {
            #expect(body.frozen.mapValues { $0.headcount?.inhabitants } == frozen[id.value] ?? [:], "\(place) \(id)")
        }
    }

    private struct UsedYear: Hashable {
        let organisation: Int64
        let year: Int
    }

    private func key(_ organisation: Int64, _ subject: Subject, _ charge: ChargeKind, _ period: BillingPeriod?) -> ChargeKey {
        ChargeKey(organisation: Identifier(organisation), subject: subject, charge: charge, period: period)
    }

    private func inhabitants(_ organisation: Int64, _ year: Int) -> Int64 {
        Int64(frozen[organisation]?[year] ?? association.inhabitants[organisation] ?? 0)
    }

    private func expectProduct(
        in period: BillingPeriod, _ expected: inout [ChargeKey: Int128?], _ posted: Set<ChargeKey>, _ used: inout Set<UsedYear>
    ) throws {
        let participants = try RandomAssociation.organisations.map { organisation in
            ReferenceModel.Participant(
                id: organisation, cvr: try World.cvr(Int(organisation)).description,
                spells: association.register.spells(of: organisation, in: period),
                memberships: association.register.memberships(of: organisation, in: period),
                inhabitants: inhabitants(organisation, period.year))
        }
        let prices = association.prices
        let model = ReferenceModel(
            period: period, proRata: proRata, late: late, fees: prices.fees, totals: prices.totals, key: prices.key,
            participants: participants)
        let owed = model.owed()
        for organisation in RandomAssociation.organisations {
            let own = owed[organisation] ?? ReferenceModel.Owed()
            for (charge, amount) in [(ChargeKind.annualFee, own.fee), (.sharedCost, own.share), (.contribution, own.contribution)] {
                let key = key(organisation, World.product, charge, period)
                expected.updateValue(amount, forKey: key)
                guard posted.contains(key) else { continue }
                for size in model.sizes(behind: charge, of: organisation) { used.insert(UsedYear(organisation: size, year: period.year)) }
            }
        }
    }

    /// What is owed once: where the day it falls due, or was posted for, lies in the window (rule 3).
    private mutating func expectOnce(
        _ expected: inout [ChargeKey: Int128?], _ posted: Set<ChargeKey>, _ used: inout Set<UsedYear>
    ) throws {
        let register = association.register
        func expect(_ key: ChargeKey, _ amount: Int128, dueOn: CivilDate) {
            let isInWindow = (2026...2028).contains(dueOn.components.year) || postedFor[key] != nil
            expected.updateValue(isInWindow ? amount : 0, forKey: key)
            if isInWindow, amount > 0, postedFor[key] == nil { postedFor[key] = dueOn }
        }
        for organisation in RandomAssociation.organisations {
            let key = key(organisation, World.product, .joiningFee, nil)
            guard let fee = register.joiningFee(of: organisation, inhabitants: inhabitants) else {
                expected.updateValue(0, forKey: key)
                continue
            }
            expect(key, fee.amount, dueOn: fee.dueOn)
            if let size = fee.size, posted.contains(key) { used.insert(UsedYear(organisation: size.organisation, year: size.year)) }
        }
        for pledge in register.pledges {
            let key = key(pledge.organisation, .project(Identifier(pledge.project)), .pledge, nil)
            if let due = register.dueOn(pledge) { expect(key, Int128(pledge.amount), dueOn: due) }
        }
    }
}

extension ReferenceModel.ShareKey {
    /// The same key as the engine knows it.
    fileprivate var model: ShareKey {
        switch self {
        case .equally: .equal
        case .byInhabitants: .inhabitants
        case .byClass(let weights): .sizeClass(ClassTable(small: weights[0], medium: weights[1], large: weights[2], veryLarge: weights[3]))
        case .given(let weights): .given(Dictionary(uniqueKeysWithValues: weights.map { (Identifier($0.key), $0.value) }))
        }
    }
}

extension ReferenceModel.Price {
    /// The same price as the engine knows it.
    fileprivate func model(of charge: ChargeKind) throws -> PriceModel {
        switch self {
        case .amount(let amount): return .amount(Money(minorUnits: amount))
        case .byClass(let amounts):
            return .perClass(
                ClassTable(
                    small: Money(minorUnits: amounts[0]), medium: Money(minorUnits: amounts[1]), large: Money(minorUnits: amounts[2]),
                    veryLarge: Money(minorUnits: amounts[3])))
        case .steps(let steps):
            return .stepDown(try steps.map { PriceStep(from: try #require(Int32(exactly: $0.from)), amount: Money(minorUnits: $0.amount)) })
        case .perInhabitant(let millionths, let floor, let cap):
            let digits = String(millionths % 1_000_000)
            let figure = "\(millionths / 1_000_000).\(String(repeating: "0", count: 6 - digits.count))\(digits)"
            return .perInhabitant(
                try #require(DecimalFigure(figure)), floor: floor.map { Money(minorUnits: $0) }, cap: cap.map { Money(minorUnits: $0) })
        case .hundredths(let hundredths): return .fraction(try #require(Ratio(hundredths, over: 100)), of: "\(charge) 0")
        }
    }
}
