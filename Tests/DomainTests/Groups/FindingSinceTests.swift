import Domain
import Testing

/// Since when a finding holds, against walking back day by day, for random associations.
@Suite struct FindingSinceTests {
    private static let first = GroupWorld.day("2024-01-01")
    private static let days = 400

    /// What makes a finding the same on another day.
    private struct Sameness: Hashable {
        let kind: GroupFinding.Kind
        let group: String?
        let product: String?
        let evidence: String

        init(_ finding: GroupFinding) {
            kind = finding.kind
            group = finding.groupName
            product = finding.productName
            switch finding.kind {
            case .organisationLeft, .notTakingPart, .termExpired, .votesNotAllowed:
                evidence = finding.seats.map(\.id.description).joined(separator: " ")
            case .twoBoardSeats: evidence = finding.facts.first ?? ""
            default: evidence = ""
            }
        }
    }

    @Test(arguments: 0..<40)
    func sinceIsTheFirstDayOfTheUnbrokenRun(round: Int) throws {
        let seed = 0x6772_6F75 &+ UInt64(round)
        var dice = SeededGenerator(seed: seed)
        let (facts, known) = Self.association(&dice)
        let today = try #require(Self.first.adding(days: Int.random(in: Self.days / 2...Self.days, using: &dice)))
        var runs: [Sameness: CivilDate] = [:]
        var running: Set<Sameness>?
        var day = today
        while day >= Self.first, running.map({ !$0.isEmpty }) ?? true {
            let here = Set(facts.findings(on: day).map(Sameness.init))
            running = running?.intersection(here) ?? here
            for finding in running ?? [] { runs[finding] = day }
            day = try #require(day.adding(days: -1))
        }
        let findings = facts.findings(on: today)
        #expect(Set(findings.map(Sameness.init)).count == findings.count, "seed \(seed)")
        for finding in findings {
            let sameness = Sameness(finding)
            // What has been so as long as anybody can look back is so as far back as the register goes.
            let slow = runs[sameness] == Self.first ? known[finding.groupName ?? finding.productName ?? ""] : runs[sameness]
            #expect(finding.since == slow, "seed \(seed), \(today): \(finding.line)")
        }
    }

    /// A board and groups of two products, with seats, agreements and models that begin and end on random days, and the first day on which the register
    /// knows of each.
    private static func association(_ dice: inout SeededGenerator) -> (GovernanceFacts, known: [String: CivilDate]) {
        var world = GroupWorld()
        var known: [String: CivilDate] = [:]
        let levels: [GovernanceLevel?] = [nil, .one, .two, .three, .three]
        let products = (1...2 as ClosedRange<Int64>).map { world.product($0, level: levels.randomElement(using: &dice) ?? nil) }
        world.organisation(6, is: .supplier)
        for organisation in 1...5 as ClosedRange<Int64> {
            for subject in [.association] + products.map(Subject.product) where Bool.random(using: &dice) {
                let term = term(&dice)
                world.agreement(organisation, on: subject, term)
                guard case .product(let id) = subject else { continue }
                known.add(GroupWorld.term(term).first, of: "Product \(id)")
            }
        }
        world.models = [(first, .of2016), (GroupWorld.term(term(&dice)).first, .of2025)]
        let kinds: [(String, GroupKind, Identifier<Product>?)] = [
            ("Board", .board, nil), ("Committee", .expertCommittee, nil), ("Interest", .interestGroup, nil),
            ("Steering", .steeringGroup, products[0]), ("Coordination", .coordinationGroup, products[0]),
            ("Other steering", .steeringGroup, products[1]),
        ]
        for (name, kind, product) in kinds {
            let life = term(&dice)
            let seats = (0..<Int.random(in: 0...9, using: &dice)).map { _ in
                let role = SeatRole.allCases.randomElement(using: &dice) ?? .member
                let elected = Int.random(in: 0...3, using: &dice) == 0 ? term(&dice).prefix(10) : nil
                return GroupWorld.seat(
                    .random(in: 1...6, using: &dice), for: .random(in: 1...6, using: &dice), role, term(&dice),
                    votes: .random(in: 0...2, using: &dice), electedUntil: elected.map(String.init))
            }
            world.group(name, kind, of: product, during: life, limit: .random(in: 1...4, using: &dice), seats)
            known.add(GroupWorld.term(life).first, of: name)
            guard let product else { continue }
            known.add(GroupWorld.term(life).first, of: "Product \(product)")
            for seat in seats where [.contact, .productCoordinator].contains(seat.role) {
                known.add(seat.term.first, of: "Product \(product)")
            }
        }
        return (world.facts, known)
    }

    /// Two random days in order, or one.
    private static func term(_ dice: inout SeededGenerator) -> String {
        let ends = [Int.random(in: 1...days, using: &dice), Int.random(in: 1...days, using: &dice)].sorted().map {
            first.adding(days: $0)?.description ?? ""
        }
        return Bool.random(using: &dice) ? "\(ends[0])/\(ends[1])" : ends[0]
    }
}

extension [String: CivilDate] {
    fileprivate mutating func add(_ day: CivilDate, of what: String) { self[what] = Swift.min(self[what] ?? day, day) }
}
