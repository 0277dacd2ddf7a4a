public import Domain

/// Takes a run's outcomes while it goes on, in the order of its documents, with what products and projects are called. What it keeps of them is its own
/// affair: all that is printed of a large run takes a part of the memory of its outcomes.
public typealias OutcomeTaker = (RunOutcome, [Subject: String]) throws -> Void

/// What is left when a run is over: what it comes to, and its outcomes where nobody took them on the way.
struct RunYield {
    let names: [Subject: String]
    private(set) var outcomes: [RunOutcome] = []
    private(set) var breakdown = RunBreakdown()

    init(names: [Subject: String]) { self.names = names }

    /// - Parameter numbers: of each outcome's documents; nothing in a preview.
    mutating func add(_ computed: [PartyOutcome], _ numbers: [[Int64]]?, to take: OutcomeTaker?) throws {
        for (index, outcome) in computed.enumerated() where !outcome.isEmpty {
            try breakdown.add(outcome)
            let outcome = RunOutcome(outcome: outcome, numbers: numbers?[index] ?? [])
            if let take { try take(outcome, names) } else { outcomes.append(outcome) }
        }
    }
}
