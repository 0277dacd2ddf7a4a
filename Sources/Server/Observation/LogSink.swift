import Dispatch
import Domain
import Glibc
import Synchronization

/// Where lines of the log go. Whoever writes one never waits for whoever reads them.
///
/// Lines wait in a queue and one writer takes them, in order and whole: the first at once, what comes while it writes or within ``rest`` of it together, since
/// to wake it costs more than a line. While nobody takes what it writes, the queue fills up; what then comes is lost, and counted. When it moves again, a line
/// behind the last one that was kept says how many are missing there.
package final class LogSink: Sendable {
    private struct Waiting {
        /// Whole lines, one behind the other.
        var lines: [UInt8] = []
        /// Since the last line that was kept.
        var lost = 0
        var isWriting = false
    }

    private let waiting = Mutex(Waiting())
    private let allLost = Atomic<Int>(0)
    /// Bytes that may wait.
    private let capacity: Int
    private let put: @Sendable ([UInt8]) -> Void
    private let writer = DispatchQueue(label: "os2medlem.log")
    /// How long the writer lets lines gather once it has written some. A program that dies takes them with it, and whatever a slow reader has not taken.
    private static let rest = DispatchTimeInterval.milliseconds(10)

    /// - Parameter capacity: how many bytes may wait to be written; a single line always may.
    /// - Parameter put: writes one or more whole lines and returns when that is done. It is called by one caller at a time, and may block.
    package init(capacity: Int = 1 << 20, _ put: @escaping @Sendable ([UInt8]) -> Void) {
        self.capacity = capacity
        self.put = put
    }

    /// Standard output. A reader that went away is no reason to stop serving.
    package static let standardOutput = LogSink { lines in
        lines.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count, let start = buffer.baseAddress {
                let count = Glibc.write(STDOUT_FILENO, start + written, buffer.count - written)
                if count > 0 {
                    written += count
                } else if count < 0 && errno == EAGAIN {
                    // Somebody who shares it made it one that does not block.
                    var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
                    poll(&output, 1, -1)
                } else if count == 0 || errno != EINTR {
                    return
                }
            }
        }
    }

    /// How many lines were lost since the program started.
    var lost: Int { allLost.load(ordering: .relaxed) }

    /// - Parameter line: ends with a line feed.
    func write(_ line: [UInt8]) {
        let begins = waiting.withLock { waiting in
            guard waiting.lost == 0, waiting.lines.isEmpty || waiting.lines.count + line.count <= capacity else {
                waiting.lost += 1
                allLost.wrappingAdd(1, ordering: .relaxed)
                return false
            }
            waiting.lines += line
            defer { waiting.isWriting = true }
            return !waiting.isWriting
        }
        if begins { writer.async { [self] in writeAll() } }
    }

    /// Waits until everything is written, or for as long as allowed: whoever stops does not wait for a reader that never comes.
    ///
    /// - Returns: whether all was written.
    @discardableResult
    package func flush(within limit: Duration) async -> Bool {
        let end = ContinuousClock.now + limit
        while waiting.withLock({ $0.isWriting }) {
            guard ContinuousClock.now < end else { return false }
            // Nobody may be told to hurry here: it is the last thing a program does, cancelled or not.
            await Task.detached { try? await Task.sleep(for: .milliseconds(5)) }.value
        }
        return true
    }

    private func writeAll() {
        let (lines, lost) = waiting.withLock { waiting in
            defer {
                waiting.lines = []
                waiting.lost = 0
            }
            if waiting.lines.isEmpty { waiting.isWriting = false }
            return (waiting.lines, waiting.lost)
        }
        if lines.isEmpty { return }
        put(lines)
        if lost > 0 { put(LogSink.line(lost: lost)) }
        writer.asyncAfter(deadline: .now() + LogSink.rest) { [self] in writeAll() }
    }

    private static func line(lost: Int) -> [UInt8] {
        var json = CanonicalJSON(reserving: 128)
        json.object {
            $0.member("time", Instant.now.text)
            $0.member("level", "warning")
            $0.member("message", "lines of the log are missing here: nobody took them")
            $0.member("lost", lost)
        }
        return json.bytes + [0x0A]
    }
}
