internal import Synchronization

/// Hands one answer from one task to another, who may walk away before it comes.
final class Handover<Answer: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Answer?, Never>)
        case given(Answer)
        case over
    }

    private let state = Mutex(State.open)

    /// Gives the answer, once. False when nobody wants it any more.
    func give(_ answer: Answer) -> Bool {
        let previous = state.withLock { state in
            defer { state = if case .open = state { .given(answer) } else { .over } }
            return state
        }
        switch previous {
        case .open: return true
        case .awaited(let continuation):
            continuation.resume(returning: answer)
            return true
        case .given, .over: return false
        }
    }

    /// Waits for the answer, once; nil when the task is cancelled before it comes.
    func take() async -> Answer? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Answer?
                switch state.withLock({ state in
                    defer { state = if case .open = state { .awaited(continuation) } else { .over } }
                    return state
                }) {
                case .open, .awaited: return
                case .given(let given): answer = given
                case .over: answer = nil
                }
                continuation.resume(returning: answer)
            }
        } onCancel: {
            let previous = state.withLock { state in
                let previous = state
                if case .given = state { return previous }
                state = .over
                return previous
            }
            if case .awaited(let continuation) = previous { continuation.resume(returning: nil) }
        }
    }
}
