internal import Dispatch
internal import Synchronization

/// Ends, from outside, the call that a connection's queue is blocked in.
///
/// The server is asked to cancel the statement, and asked again while it runs on: a request that comes a moment before the statement
/// is lost. Should the call not end within ``patience``, the socket is shut down under libpq, which then sees a lost connection.
///
/// Whoever was interrupted waits for the requests under way and closes the connection. A request reaches the server's process by
/// way of a signal, later than anything that can be seen from here, and would hit whatever statement runs then.
final class Interruption: Sendable {
    enum Means {
        /// Ask the server; for statements.
        case cancelling
        /// Shut the socket down at once; for calls during which the server runs nothing.
        case severing
    }

    /// How long the server has to answer once it was asked to stop.
    static let patience = DispatchTimeInterval.seconds(2)
    private static let pause = DispatchTimeInterval.milliseconds(50)

    private enum Stage { case announced, running, over }

    private struct State: ~Copyable {
        var socket: SocketHandle?
        var call: UInt64 = 0
        var stage = Stage.over
        var isInterrupted = false
        /// When whoever interrupted has waited long enough.
        var deadline = DispatchTime.distantFuture
    }

    private let state: Mutex<State>
    private let handle: Mutex<CancelHandle>
    private let requests = DispatchGroup()
    /// Cancelling blocks: it makes a connection of its own.
    private let queue = DispatchQueue(label: "postgres cancel")

    init(handle: consuming CancelHandle, socket: consuming SocketHandle) {
        self.handle = Mutex(handle)
        state = Mutex(State(socket: socket))
    }

    // MARK: On the connection's queue

    /// A number for the next call. From here on it can be interrupted.
    func announce() -> UInt64 {
        state.withLock {
            $0.call += 1
            $0.stage = .announced
            $0.isInterrupted = false
            return $0.call
        }
    }

    /// False when the call was interrupted before it began; then nothing must be sent, and the connection is as good as before.
    func begin(_ call: UInt64) -> Bool {
        state.withLock {
            $0.stage = $0.isInterrupted ? .over : .running
            return !$0.isInterrupted
        }
    }

    /// True when the call was interrupted; then the connection must be closed. No request is under way any more, but for one that the
    /// server has not taken within ``patience``.
    func end(_ call: UInt64) -> Bool {
        let (isInterrupted, deadline) = state.withLock {
            $0.stage = .over
            return ($0.isInterrupted, $0.deadline)
        }
        if isInterrupted { _ = requests.wait(timeout: deadline) }
        return isInterrupted
    }

    /// Whether the call that runs has been interrupted: for those that send much and look at the answer only at the end.
    var isInterrupted: Bool { state.withLock { $0.isInterrupted } }

    /// Gives the socket up. To be called when the connection is closed, or the server would never see it closed.
    func retire() { state.withLock { $0.socket = nil } }

    // MARK: From anywhere

    /// Interrupts the call, if it has not ended. Returns at once.
    func interrupt(_ call: UInt64, by means: Means) {
        let isRequested = state.withLock { state in
            guard state.call == call, state.stage != .over, !state.isInterrupted else { return false }
            state.isInterrupted = true
            state.deadline = .now() + Self.patience
            guard state.stage == .running else { return false }
            switch means {
            case .severing:
                state.socket?.shutDown()
                return false
            case .cancelling:
                requests.enter()
                return true
            }
        }
        guard isRequested else { return }
        request(call)
        limit(call)
    }

    /// Sees to it that the call ends within ``patience``, in whatever way.
    func limit(_ call: UInt64) {
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) { [weak self] in
            self?.state.withLock { state in
                guard state.call == call, state.stage == .running else { return }
                state.isInterrupted = true
                state.socket?.shutDown()
            }
        }
    }

    /// `requests` has been entered for it.
    private func request(_ call: UInt64) {
        queue.async {
            self.handle.withLock { $0.cancel() }
            self.requests.leave()
            DispatchQueue.global().asyncAfter(deadline: .now() + Self.pause) { self.requestAgain(call) }
        }
    }

    private func requestAgain(_ call: UInt64) {
        let isRunning = state.withLock { state in
            guard state.call == call, state.stage == .running else { return false }
            // Under the lock: whoever ends the call afterwards waits for it.
            requests.enter()
            return true
        }
        if isRunning { request(call) }
    }
}
