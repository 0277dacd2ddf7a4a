import Foundation
import Synchronization
import TestSupport

/// Callers that send a header a byte at a time and never come to its end.
final class Dribble: Sendable {
    private let isOver = Atomic<Bool>(false)

    /// They have all begun when this returns.
    init(port: Int, connections: Int) {
        let begun = DispatchSemaphore(value: 0)
        Thread.detachNewThread { [self] in
            let wires = (0..<connections).compactMap { _ in Wire(port: port) }
            for wire in wires { wire.send("GET /api/v1 HTTP/1.1\r\nX-Slow: ") }
            begun.signal()
            while !isOver.load(ordering: .acquiring) {
                for wire in wires { wire.send("a") }
                usleep(100_000)
            }
        }
        begun.wait()
    }

    func stop() { isOver.store(true, ordering: .releasing) }
}
