import TestSupport

/// What happens to a posting in a round. In this order, so that even three rounds have met each of them.
enum Fault: String, CaseIterable {
    case allAtOnce, serverDown, programKilled, twoAtOnce

    var programs: Int { self == .twoAtOnce || self == .allAtOnce ? 2 : 1 }
    var killsProgram: Bool { self == .programKilled || self == .allAtOnce }
    var downsServer: Bool { self == .serverDown || self == .allAtOnce }
}

/// When a blow falls.
enum Moment {
    /// So long after the program was started: before it posts anything.
    case sinceStart(Duration)
    /// So long after it took the posting lock.
    case sincePosting(Duration)

    /// Most moments lie in the posting itself; some lie before it.
    static func drawn(from undisturbed: UndisturbedRun, _ generator: inout SeededGenerator) -> Moment {
        let share = Double.random(in: 0...1, using: &generator)
        if Int.random(in: 0..<6, using: &generator) == 0 { return .sinceStart(undisturbed.beforePosting * share) }
        return .sincePosting(undisturbed.posting * share)
    }
}

/// How long a run takes that nobody disturbs: the measure for the moments of all others.
struct UndisturbedRun {
    let beforePosting: Duration
    let posting: Duration
    let whole: Duration
    /// What it left, with which every disturbed posting is compared.
    let books: String

    static func measure(_ association: Association, in arena: Arena) async throws -> UndisturbedRun {
        try await arena.renew(from: association)
        let watch = try await PostingWatch(arena)
        let clock = ContinuousClock()
        let start = clock.now
        let running = try arena.program.start(Program.invoiceRun)
        guard try await watch.waitForPosting(unless: { arena.program.hasEnded(running) }) else {
            throw Violation("an undisturbed run was not seen to post; give it more members")
        }
        let posting = clock.now
        while await watch.look() != nil { try await Task.sleep(for: .milliseconds(1)) }
        let posted = clock.now
        let outcome = try await arena.program.end(of: running)
        let end = clock.now
        await watch.close()
        guard outcome.succeeded else { throw Violation("an undisturbed run failed: \(outcome.errors)") }
        return UndisturbedRun(
            beforePosting: start.duration(to: posting), posting: posting.duration(to: posted), whole: start.duration(to: end),
            books: try await Settlement.books(in: arena))
    }
}
