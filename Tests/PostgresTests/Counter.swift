import Synchronization

/// Counts how often something ran, from any task.
final class Counter: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }

    /// Counts once more and answers which time it is, from 1.
    @discardableResult
    func next() -> Int { count.add(1, ordering: .relaxed).newValue }

    /// Raises the count to `number`, should it be lower.
    func reach(_ number: Int) { count.max(number, ordering: .relaxed) }
}
