import Domain
import Postgres
import Registry
import TestSupport
import Testing

/// Rosters as of any date against a model that writes down every day by itself, over random joins, departures, elections and alternates stepping in.
@Suite(.serialized) struct RosterModelTests {
    private static let start = CivilDate("2026-01-01") ?? .epoch

    @Test(arguments: 0..<6)
    func aRosterIsWhatTheDaysSay(round: Int) async throws {
        let seed = 0x726F_7374 &+ UInt64(round)
        try await Books.playGroups { books in
            var dice = SeededGenerator(seed: seed)
            var model = RosterModel()
            try await books.group("Group", .interestGroup)
            for step in 0..<45 {
                let move = RosterModel.Move.random(&dice)
                let before = model
                let expected = model.make(move)
                let code = try await books.code { try await Self.make(move, in: books) }
                try #require(code == expected, "seed \(seed), step \(step): \(move)")
                if expected != nil { model = before }
                let group = try await Groups.find("Group", in: try await books.work())
                for day in 0..<RosterModel.days {
                    let date = try Self.start.adding(days: day).orThrow("no day")
                    let found = group.roster(on: date).seats.map {
                        RosterModel.Entry(
                            person: String($0.email.prefix(1)), organisation: String($0.organisationName.suffix(1)), role: $0.role,
                            votes: $0.votes)
                    }
                    // After the first difference all that follows would differ.
                    try #require(Set(found) == model.roster(on: day), "seed \(seed), step \(step), \(date): \(move)")
                    #expect(Set(found).count == found.count)
                }
            }
        }
    }

    private static func date(_ day: Int) throws -> CivilDate { try start.adding(days: day).orThrow("no day") }

    private static func make(_ move: RosterModel.Move, in books: Books) async throws {
        let work = try await books.work()
        switch move {
        case .join(let person, let organisation, let role, let votes, let first, let last):
            let term = try Term(first: date(first), last: last.map(date)).orThrow("no term")
            _ = try await Seats.join(
                SeatFacts(role: role, votes: votes, term: term, isVoid: false), person: "\(person)@p.example",
                for: "Member \(organisation)",
                in: "Group", in: work)
        case .leave(let person, let last):
            _ = try await Seats.leave("Group", person: "\(person)@p.example", last: try date(last), in: work)
        case .elect(let person, let organisation, let first, let formerStays):
            let election = Election(
                person: "\(person)@p.example", organisation: organisation.map { "Member \($0)" }, from: try date(first),
                formerStays: formerStays)
            _ = try await Elections.elect(election, in: "Group", work: work)
        case .stepIn(let alternate, let member, let first):
            _ = try await Elections.stepIn(
                "\(alternate)@p.example", for: "\(member)@p.example", from: try date(first), in: "Group", work: work)
        }
    }
}

/// Who sat where, day by day: slow, and without a notion of periods.
private struct RosterModel {
    static let days = 40

    struct Entry: Hashable {
        let person: String
        let organisation: String
        let role: SeatRole
        let votes: Int
    }

    enum Move {
        case join(String, String, SeatRole, Int?, Int, Int?)
        case leave(String, Int)
        case elect(String, String?, Int, Bool)
        case stepIn(String, String, Int)

        static func random(_ dice: inout SeededGenerator) -> Move {
            func person() -> String { ["a", "b", "c", "d"].randomElement(using: &dice) ?? "a" }
            func day() -> Int { .random(in: 0..<days, using: &dice) }
            let organisation = ["1", "2"].randomElement(using: &dice) ?? "1"
            switch Int.random(in: 0..<10, using: &dice) {
            case 0...3:
                let roles: [SeatRole] = [.chair, .member, .member, .alternate, .alternate, .observer, .contact]
                let role = roles.randomElement(using: &dice) ?? .member
                let (one, other) = (day(), day())
                return .join(
                    person(), organisation, role, role.mayVote ? [nil, 0, 2].randomElement(using: &dice) ?? nil : nil, min(one, other),
                    Bool.random(using: &dice) ? max(one, other) : nil)
            case 4: return .leave(person(), day())
            case 5...7: return .elect(person(), Bool.random(using: &dice) ? organisation : nil, day(), Bool.random(using: &dice))
            default: return .stepIn(person(), person(), day())
            }
        }
    }

    /// One seat: on which days who sits there. A day more than are looked at stands for all that follow.
    private struct Place {
        let entry: Entry
        var on: Set<Int>

        var first: Int { on.min() ?? Int.max }
        /// Nothing while it goes on.
        var last: Int? { on.contains(RosterModel.days) ? nil : on.max() }
    }

    private var places: [Place] = []

    func roster(on day: Int) -> Set<Entry> { Set(places.filter { $0.on.contains(day) }.map(\.entry)) }

    private func held(by person: String, on day: Int) -> [Int] {
        places.indices.filter { places[$0].entry.person == person && places[$0].on.contains(day) }
    }

    private mutating func clear(_ index: Int, from day: Int) { places[index].on = places[index].on.filter { $0 < day } }

    /// Answers the code of the refusal, where there is one.
    private mutating func sit(_ entry: Entry, _ first: Int, _ last: Int?) -> String? {
        let on = Set(first...(last ?? RosterModel.days))
        let others = places.filter { $0.entry.role == entry.role && !$0.on.isDisjoint(with: on) }.map(\.entry)
        if others.contains(where: { ($0.person, $0.organisation) == (entry.person, entry.organisation) }) { return "OVERLAPPING_SEAT" }
        if entry.role == .chair && !others.isEmpty { return "CHAIR_TAKEN" }
        places.append(Place(entry: entry, on: on))
        return nil
    }

    mutating func make(_ move: Move) -> String? {
        places.removeAll { $0.on.isEmpty }
        switch move {
        case .join(let person, let organisation, let role, let votes, let first, let last):
            let entry = Entry(person: person, organisation: organisation, role: role, votes: votes ?? (role.mayVote ? 1 : 0))
            return sit(entry, first, last)
        case .leave(let person, let last):
            let held = held(by: person, on: last)
            for index in held { clear(index, from: last + 1) }
            return held.isEmpty ? "UNKNOWN_SEAT" : nil
        case .elect(let person, let organisation, let first, let formerStays): return elect(person, organisation, first, formerStays)
        case .stepIn(let alternate, let member, let first):
            let waiting = held(by: alternate, on: first).filter { places[$0].entry.role == .alternate }
            let leaving = held(by: member, on: first).filter { places[$0].entry.role.mayVote }
            if waiting.isEmpty { return "NOT_AN_ALTERNATE" }
            if leaving.isEmpty { return "UNKNOWN_SEAT" }
            if waiting.count > 1 || leaving.count > 1 { return "AMBIGUOUS_SEAT" }
            let (from, left) = (places[waiting[0]], places[leaving[0]])
            for index in waiting + leaving { clear(index, from: first) }
            return sit(
                Entry(person: alternate, organisation: from.entry.organisation, role: .member, votes: left.entry.votes), first, left.last)
        }
    }

    private mutating func elect(_ person: String, _ organisation: String?, _ first: Int, _ formerStays: Bool) -> String? {
        if places.contains(where: { $0.entry.role == .chair && $0.first >= first && !$0.on.isEmpty }) { return "CHAIR_TAKEN" }
        let own = held(by: person, on: first).filter {
            let entry = places[$0].entry
            return (entry.role.mayVote || [.alternate, .observer].contains(entry.role))
                && (organisation == nil || entry.organisation == organisation)
        }
        if Set(own.map { places[$0].entry.organisation }).count > 1 { return "AMBIGUOUS_SEAT" }
        guard let organisation = own.first.map({ places[$0].entry.organisation }) ?? organisation else { return "VALUE_MISSING" }
        let former = places.indices.first { places[$0].entry.role == .chair && places[$0].on.contains(first) }.map { places[$0] }
        // In the order of the register: by first day, then by organisation and person.
        let voting = own.map { places[$0] }.filter(\.entry.role.mayVote)
        for index in places.indices where places[index].entry.role == .chair && places[index].on.contains(first) {
            clear(index, from: first)
        }
        for index in own { clear(index, from: first) }
        let kept = voting.min { $0.first < $1.first }
        let chair = Entry(person: person, organisation: organisation, role: .chair, votes: kept?.entry.votes ?? 1)
        if let code = sit(chair, first, kept.flatMap { $0.entry.role == .chair ? nil : $0.last }) { return code }
        guard formerStays, let former, former.entry.person != person else { return nil }
        return sit(
            Entry(person: former.entry.person, organisation: former.entry.organisation, role: .member, votes: former.entry.votes), first,
            former.last)
    }
}
