import Glibc
import TestSupport

/// One association, one posting, one kind of fault; then runs until one succeeds.
struct Round {
    let fault: Fault
    let association: Association
    let arena: Arena

    /// What a blow met.
    struct Blow: Sendable {
        /// The posting that held the posting lock at the moment before; two blows may meet the same one.
        let posting: Int64?
        /// Rows of it were in already.
        let metRows: Bool
        /// That posting was never committed.
        let undid: Bool
    }

    struct Report: Sendable {
        var blows: [Blow] = []
        /// How many runs it took after the fault until one succeeded.
        var repeats = 0

        /// Postings that were under way and never committed.
        var interrupted: Int { Set(blows.filter(\.undid).compactMap(\.posting)).count }
    }

    /// Plays the fault and the repeats. What must hold afterwards is for others to say.
    func play(_ undisturbed: UndisturbedRun, _ generator: inout SeededGenerator, sabotage: String? = nil) async throws -> Report {
        try await arena.renew(from: association, sabotage: sabotage)
        let watch = try await PostingWatch(arena)
        let server = try await ServerFault.server(of: arena.cluster)
        let start = ContinuousClock.now
        let running = try (0..<fault.programs).map { _ in try arena.program.start(Program.invoiceRun) }
        let allEnded = { running.allSatisfy(arena.program.hasEnded) }
        var sights: [PostingWatch.Sight?] = []
        if fault.killsProgram {
            try await wait(for: .drawn(from: undisturbed, &generator), since: start, watch, unless: allEnded)
            let victim = running[Int.random(in: 0..<running.count, using: &generator)]
            sights.append(await watch.look())
            kill(victim.process, SIGKILL)
        }
        if fault.downsServer {
            try await wait(for: .drawn(from: undisturbed, &generator), since: start, watch, unless: allEnded)
            let way = ServerFault.allCases[Int.random(in: 0..<ServerFault.allCases.count, using: &generator)]
            let sight = await watch.look()
            way.strike(server, posting: sight?.backend)
            sights.append(sight)
        }
        var outcomes: [Program.Outcome] = []
        for program in running { outcomes.append(try await arena.program.end(of: program)) }
        await watch.close()
        if fault == .twoAtOnce, let failed = outcomes.first(where: { !$0.succeeded }) {
            throw Violation("of two undisturbed runs at once one failed: \(failed.errors)")
        }
        if fault.downsServer {
            let started = try await arena.program.run(["database", "start"])
            guard started.succeeded else { throw Violation("the server does not come up again: \(started.errors)") }
        }
        var report = Report()
        for sight in sights { report.blows.append(try await blow(sight)) }
        report.repeats = try await repeatUntilSuccess()
        return report
    }

    private func wait(
        for moment: Moment, since start: ContinuousClock.Instant, _ watch: PostingWatch, unless isOver: () -> Bool
    ) async throws {
        switch moment {
        case .sinceStart(let duration): try await Task.sleep(until: start + duration, clock: .continuous)
        case .sincePosting(let duration):
            if try await watch.waitForPosting(unless: isOver) { try await Task.sleep(for: duration) }
        }
    }

    private func blow(_ sight: PostingWatch.Sight?) async throws -> Blow {
        guard let sight else { return Blow(posting: nil, metRows: false, undid: false) }
        let undid = !(try await PostingWatch.wasCommitted(sight.transaction, in: arena))
        return Blow(posting: sight.transaction, metRows: sight.hasRows, undid: undid)
    }

    /// The one thing a person has to do after any fault.
    private func repeatUntilSuccess() async throws -> Int {
        var last = ""
        for attempt in 1...10 {
            let outcome = try await arena.program.run(Program.invoiceRun)
            if outcome.succeeded { return attempt }
            last = outcome.errors
        }
        throw Violation("ten runs after \(fault.rawValue) failed, the last one: \(last)")
    }
}
