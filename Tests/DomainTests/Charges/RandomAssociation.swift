import Domain
import Testing

/// A random association that changes: agreements, sizes, pledges, prices and successions, as a register could hold them.
struct RandomAssociation {
    /// An organisation's agreements as they were before any succession.
    typealias Agreement = ReferenceRegister.Agreement

    /// Which terms hold where several have an agreement on one subject.
    private struct Choice {
        let succession: ReferenceRegister.Succession
        let ownHolds: Bool
        let index: Int
    }

    static let organisations: ClosedRange<Int64> = 1...6

    private var signed: [Int64: [Agreement]] = [:]
    private var choices: [Choice] = []
    private(set) var inhabitants: [Int64: Int32] = [:]
    private(set) var prices: Prices
    private(set) var register = ReferenceRegister()

    init(using random: inout SeededGenerator) throws {
        prices = try Prices(using: &random)
        for id in RandomAssociation.organisations { try renew(id, using: &random) }
        register.dues = [
            2025: .amount(Int64.random(in: 1...9_999_999, using: &random)), 2026: .amount(Int64.random(in: 1...9_999_999, using: &random)),
        ]
        for year in 2027...2028 { register.dues[year] = RandomAssociation.dues(using: &random) }
        if Int.random(in: 0...2, using: &random) == 0 { try succeed(using: &random) }
        try promise(using: &random)
        try settle()
    }

    /// Another price, another organisation's agreements and size, other promises, or somebody takes somebody's place.
    mutating func change(using random: inout SeededGenerator) throws {
        if Bool.random(using: &random) { prices = try Prices(using: &random) }
        try renew(Int64.random(in: RandomAssociation.organisations, using: &random), using: &random)
        switch Int.random(in: 0...5, using: &random) {
        case 0: register.dues[Int.random(in: 2027...2028, using: &random)] = RandomAssociation.dues(using: &random)
        case 1: try promise(using: &random)
        case 2: try succeed(using: &random)
        default: break
        }
        try settle()
    }

    private static func dues(using random: inout SeededGenerator) -> ReferenceRegister.Dues {
        Bool.random(using: &random)
            ? .amount(Int64.random(in: 0...9_999_999, using: &random))
            : .indexed(figure: Int64.random(in: 1...200, using: &random), previous: Int64.random(in: 1...200, using: &random))
    }

    private mutating func settle() throws {
        register.joining = prices.joining
        register.successions = choices.map(\.succession)
        register.agreements = try agreements()
    }

    // Agreements

    private mutating func renew(_ organisation: Int64, using random: inout SeededGenerator) throws {
        inhabitants[organisation] = Int32.random(in: 0...200_000, using: &random)
        var agreements: [Agreement] = []
        for isMembership in [true, false] {
            var day = try #require(World.day("2025-06-01").adding(days: Int.random(in: -400...500, using: &random)))
            // Often on a day from which on something else holds.
            if let edge = ["01-01", "07-01", "07-02", nil, nil].randomElement(using: &random) ?? nil {
                day = try World.day("\(day.components.year)-\(edge)")
            }
            let spells = Int.random(in: 0...2, using: &random)
            for spell in 0..<spells {
                let last = try #require(day.adding(days: Int.random(in: 0...600, using: &random)))
                var changes: [FormChange] = []
                if Bool.random(using: &random), let from = day.adding(days: Int.random(in: 1...300, using: &random)) {
                    changes.append(FormChange(from: from, form: Bool.random(using: &random) ? .active : .passive))
                }
                let forms = FormHistory(Bool.random(using: &random) ? .active : .passive, changes: changes)
                agreements.append(
                    Agreement(
                        id: organisation * 1000 + Int64(agreements.count), organisation: organisation, isMembership: isMembership,
                        first: day,
                        last: spell + 1 == spells && Bool.random(using: &random) ? nil : last, forms: isMembership ? .active : forms,
                        signedOn: try #require(day.adding(days: -Int.random(in: 0...900, using: &random)))))
                day = try #require(last.adding(days: Int.random(in: 1...200, using: &random)))
            }
        }
        signed[organisation] = agreements
    }

    /// The agreements as the successions left them: what lives on the day ends before it, and goes on as the successor's; of several the terms of one
    /// hold.
    private func agreements() throws -> [Agreement] {
        var all = signed.sorted { $0.key < $1.key }.flatMap(\.value)
        for (number, choice) in choices.enumerated() {
            let (succession, on) = (choice.succession, choice.succession.on)
            for isMembership in [true, false] {
                func isConcerned(_ agreement: Agreement) -> Bool {
                    agreement.isMembership == isMembership && succession.predecessors.contains(agreement.organisation)
                }
                func isOwn(_ agreement: Agreement) -> Bool {
                    agreement.isMembership == isMembership && agreement.organisation == succession.successor
                }
                // Whose place is taken agrees to nothing more.
                all.removeAll { isConcerned($0) && $0.first >= on }
                let theirs = all.filter { isConcerned($0) && $0.lives(on: on) }
                if theirs.isEmpty { continue }
                all.removeAll { isOwn($0) && $0.first >= on }
                let own = all.first { isOwn($0) && $0.lives(on: on) }
                let keepsOwn = own != nil && choice.ownHolds
                let ending = Set(theirs.map(\.id) + (keepsOwn ? [] : [own].compactMap { $0?.id }))
                for index in all.indices where ending.contains(all[index].id) {
                    all[index].notifiedLast = all[index].last
                    all[index].last = on.adding(days: -1)
                    all[index].isSucceeded = true
                }
                if keepsOwn { continue }
                let kept = theirs[choice.index % theirs.count]
                all.append(
                    Agreement(
                        id: 100_000 + Int64(number * 10) + (isMembership ? 1 : 2), organisation: succession.successor,
                        isMembership: isMembership, first: on, last: kept.last,
                        forms: FormHistory(kept.forms.form(on: on), changes: kept.forms.changes.filter { $0.from > on }),
                        signedOn: kept.signedOn, takenOverFrom: kept.id))
            }
        }
        return all
    }

    /// One or two organisations' place is taken, perhaps by one that took others' before, and later than those.
    private mutating func succeed(using random: inout SeededGenerator) throws {
        let gone = Set(choices.flatMap(\.succession.predecessors))
        var left = RandomAssociation.organisations.filter { !gone.contains($0) }.shuffled(using: &random)
        guard choices.count < 2, left.count > 3, let successor = left.popLast() else { return }
        let earliest = try choices.last?.succession.on ?? World.day("2026-01-01")
        var on = try #require(earliest.adding(days: Int.random(in: 1...400, using: &random)))
        // Often where a period begins.
        let (year, month, _) = on.components
        if Bool.random(using: &random) { on = try World.day(month < 7 ? "\(year)-07-01" : "\(year + 1)-01-01") }
        choices.append(
            Choice(
                succession: .init(predecessors: Array(left.prefix(Int.random(in: 1...2, using: &random))), successor: successor, on: on),
                ownHolds: Bool.random(using: &random), index: Int.random(in: 0...1, using: &random)))
    }

    // Pledges

    /// Two projects, of which one became the product; promises, some taken back in time, some paid once they were owed.
    private mutating func promise(using random: inout SeededGenerator) throws {
        register.projects = try (1...2).map { id in
            ReferenceRegister.Project(
                id: id, isOfProduct: id == 1, target: Int64.random(in: 1...9_999_999, using: &random),
                deadline: try #require(World.day("2025-06-01").adding(days: Int.random(in: 0...700, using: &random))))
        }
        register.pledges = []
        for project in register.projects {
            for organisation in RandomAssociation.organisations where Int.random(in: 0...2, using: &random) > 0 {
                let pledgedOn = try #require(project.deadline.adding(days: -Int.random(in: 0...500, using: &random)))
                var withdrawnOn: CivilDate?
                if Int.random(in: 0...4, using: &random) == 0 {
                    withdrawnOn = pledgedOn.adding(days: Int.random(in: 1...300, using: &random))
                }
                register.pledges.append(
                    ReferenceRegister.Pledge(
                        id: project.id * 100 + organisation, project: project.id, organisation: organisation,
                        amount: Int64.random(in: 1...4_999_999, using: &random), pledgedOn: pledgedOn, withdrawnOn: withdrawnOn,
                        paidOn: nil,
                        reduction: PledgeReduction.allCases.randomElement(using: &random) ?? .nothing))
            }
            // Once the target is reached nobody takes a promise back.
            if let reached = register.reachedOn(project) {
                for index in register.pledges.indices where register.pledges[index].project == project.id {
                    if register.pledges[index].withdrawnOn.map({ $0 > reached }) ?? false { register.pledges[index].withdrawnOn = nil }
                }
            }
        }
        for index in register.pledges.indices {
            guard let due = register.dueOn(register.pledges[index]), Bool.random(using: &random) else { continue }
            var paidOn = due.adding(days: Int.random(in: 0...100, using: &random))
            // Often on the day an agreement begins, or the day before, which decides whether its joining fee is lower.
            let own = signed[register.pledges[index].organisation] ?? []
            if Bool.random(using: &random), let joined = own.first(where: { !$0.isMembership && $0.first > due }) {
                paidOn = joined.first.adding(days: -Int.random(in: 0...1, using: &random))
            }
            register.pledges[index].paidOn = paidOn
        }
    }
}

extension RandomAssociation {
    /// Amounts that change on random days. Now and then nobody has decided the amount of one component of the fee for some days between two.
    struct Prices {
        var fees: [[(term: Term, price: ReferenceModel.Price)]] = []
        var totals: [(term: Term, total: Int64)] = []
        var key = ReferenceModel.ShareKey.equally
        var joining: [[(term: Term, price: ReferenceModel.Price)]] = []

        init(using random: inout SeededGenerator) throws {
            for component in 0..<Int.random(in: 1...3, using: &random) {
                // The amounts of a component change, its model does not (rule 1). The first may be what others are a part of.
                let model = Int.random(in: 0...(component == 0 ? 3 : 4), using: &random)
                fees.append(try Self.terms(from: "2015-01-01", using: &random).map { ($0, Self.price(model, using: &random)) })
            }
            if Int.random(in: 0...3, using: &random) == 0 { try leaveOut(using: &random) }
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                let model = Int.random(in: 0...1, using: &random)
                joining.append(try Self.terms(from: "2024-01-01", using: &random).map { ($0, Self.price(model, using: &random)) })
            }
            guard Bool.random(using: &random) else { return }
            key = Self.key(using: &random)
            totals = try Self.terms(from: "2015-01-01", using: &random).map { ($0, Int64.random(in: 0...99_999_999, using: &random)) }
        }

        var hasGap: Bool {
            fees.contains { rows in zip(rows, rows.dropFirst()).contains { $0.term.last?.adding(days: 1) != $1.term.first } }
        }

        /// The last days of a row that another one follows.
        private mutating func leaveOut(using random: inout SeededGenerator) throws {
            guard let component = fees.indices.randomElement(using: &random), fees[component].count > 1 else { return }
            let row = Int.random(in: 0...(fees[component].count - 2), using: &random)
            let term = fees[component][row].term
            let last = try #require(term.last?.adding(days: -Int.random(in: 1...200, using: &random)))
            guard let shorter = Term(first: term.first, last: last) else { return }
            fees[component][row].term = shorter
        }

        private static func price(_ model: Int, using random: inout SeededGenerator) -> ReferenceModel.Price {
            func amount() -> Int64 { Int64.random(in: 0...9_999_999, using: &random) }
            switch model {
            case 0: return .amount(amount())
            case 1: return .byClass((0..<4).map { _ in amount() })
            case 2: return .steps([(1, amount()), (Int.random(in: 2...4, using: &random), amount())])
            case 3: return perInhabitant(using: &random)
            default: return .hundredths(Int64.random(in: 1...100, using: &random))
            }
        }

        /// Up to five kroner each, with bounds that decide for many.
        private static func perInhabitant(using random: inout SeededGenerator) -> ReferenceModel.Price {
            let floor = Bool.random(using: &random) ? Int64.random(in: 0...20_000_000, using: &random) : nil
            let cap = Bool.random(using: &random) ? (floor ?? 0) + Int64.random(in: 0...40_000_000, using: &random) : nil
            return .perInhabitant(millionths: Int64.random(in: 0...5_000_000, using: &random), floor: floor, cap: cap)
        }

        /// Weights of nothing among them, and organisations that nobody agreed a weight with.
        private static func key(using random: inout SeededGenerator) -> ReferenceModel.ShareKey {
            switch Int.random(in: 0...3, using: &random) {
            case 0: return .equally
            case 1: return .byInhabitants
            case 2:
                return .byClass([Int64.random(in: 1...9, using: &random)] + (0..<3).map { _ in Int64.random(in: 0...9, using: &random) })
            default:
                var weights: [Int64: Int64] = [RandomAssociation.organisations.lowerBound: 1]
                for organisation in RandomAssociation.organisations where Int.random(in: 0...9, using: &random) > 0 {
                    weights[organisation] = Int64.random(in: organisation == 1 ? 1...5 : 0...5, using: &random)
                }
                return .given(weights)
            }
        }

        private static func terms(from first: String, using random: inout SeededGenerator) throws -> [Term] {
            var first = try World.day(first)
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
}
