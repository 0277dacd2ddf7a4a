import ArgumentParser
import TestSupport

/// `make faults`: postings disturbed at random moments, on a private cluster with its real settings (fsync on), each followed by what must hold.
///
/// Ends with 1 at the first violation and names the seed that leads back to it.
@main
struct Faults: AsyncParsableCommand {
    @Option(help: "Rounds; the kinds of fault take turns.") var rounds = 100
    @Option(help: "Members of the generated association.") var members = 3000
    @Option(help: "The seed of the moments; drawn, and printed, when it is not given.") var seed: UInt64?
    @Flag(help: "Only the controls: sabotaged postings, which must be caught.") var control = false
    @Option(help: "The program. Default: the one beside this one.") var program: String?
    @Option(help: "A word for the machine.") var machine = "unnamed"
    @Option(help: "The commit tested.") var commit = "unknown"

    func validate() throws {
        guard rounds > 0, members > 0 else { throw ValidationError("--rounds and --members are above zero") }
    }

    func run() async throws {
        print("machine = \(machine), commit = \(commit)")
        let seed = seed ?? UInt64.random(in: 0...9_999_999_999)
        print("faults.seed = \(seed) seed")
        print("faults.members = \(members) members")
        let arena = Arena(program: try program ?? Program.besideThisOne(), members: members)
        do {
            try await arena.prepare()
            var generator = SeededGenerator(seed: seed)
            var undisturbed: [Association: UndisturbedRun] = [:]
            for association in Association.allCases {
                let measured = try await UndisturbedRun.measure(association, in: arena)
                print("faults.undisturbed.\(association.rawValue).before_posting = \(milliseconds(measured.beforePosting)) ms")
                print("faults.undisturbed.\(association.rawValue).posting = \(milliseconds(measured.posting)) ms")
                print("faults.undisturbed.\(association.rawValue).whole = \(milliseconds(measured.whole)) ms")
                undisturbed[association] = measured
            }
            if !control { try await playRounds(arena, undisturbed, &generator) }
            try await playControls(arena, undisturbed, &generator)
        } catch let violation as Violation {
            print("VIOLATION with --seed \(seed): \(violation)")
            try? await arena.close()
            throw ExitCode.failure
        }
        try await arena.close()
    }

    private func playRounds(_ arena: Arena, _ undisturbed: [Association: UndisturbedRun], _ generator: inout SeededGenerator) async throws {
        var figures = Figures()
        let kinds = Fault.allCases
        for number in 0..<rounds {
            let fault = kinds[number % kinds.count]
            let association = Association.allCases[(number + number / kinds.count) % Association.allCases.count]
            guard let measure = undisturbed[association] else { continue }
            do {
                let round = Round(fault: fault, association: association, arena: arena)
                figures.add(try await round.play(measure, &generator), of: fault, on: association)
                try await Settlement(association: association, arena: arena, books: measure.books).check()
            } catch let violation as Violation {
                throw Violation("round \(number + 1), \(fault.rawValue), \(association.rawValue): \(violation)")
            }
        }
        for line in figures.lines { print(line) }
        if rounds >= 10, !figures.hasInterruption { throw Violation("no blow of \(rounds) rounds cut a posting off, so nothing was shown") }
    }

    private func playControls(
        _ arena: Arena, _ undisturbed: [Association: UndisturbedRun], _ generator: inout SeededGenerator
    ) async throws {
        guard let dues = undisturbed[.dues], let products = undisturbed[.products], let corrections = undisturbed[.corrections] else {
            return
        }
        let sequence = SequenceControl(arena: arena, undisturbed: dues)
        let unsealed = try await sequence.withoutSeal(rounds: min(max(rounds / 10, 1), 10), &generator)
        print("faults.control.sequence.rounds = \(unsealed.rounds) rounds")
        print("faults.control.sequence.gaps_caught = \(unsealed.gaps) of \(unsealed.gaps) gaps")
        try await sequence.withSeal(&generator)
        print("faults.control.sequence.refused_by_seal = 1 of 1 postings")
        for guards in TwiceControl.Guards.allCases {
            try await TwiceControl(arena: arena, association: .dues, undisturbed: dues).check(guards)
        }
        try await TwiceControl(arena: arena, association: .products, undisturbed: products).check(.none)
        try await TwiceControl(arena: arena, association: .corrections, undisturbed: corrections).check(.none)
        print("faults.control.twice.caught = 3 of 3 double postings")
        print("faults.control.twice.single_guards_held = 2 of 2 guards")
    }

    private func milliseconds(_ duration: Duration) -> Int64 {
        duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
    }
}
