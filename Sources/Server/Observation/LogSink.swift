import Glibc
import Synchronization

/// Where lines of the log go. Lines of several tasks never mix.
package final class LogSink: Sendable {
    private let lock = Mutex(())
    private let put: @Sendable ([UInt8]) -> Void

    package init(_ put: @escaping @Sendable ([UInt8]) -> Void) { self.put = put }

    /// Standard output. A reader that went away is no reason to stop serving.
    package static let standardOutput = LogSink { line in
        line.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count, let start = buffer.baseAddress {
                let count = Glibc.write(STDOUT_FILENO, start + written, buffer.count - written)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return }
                written += count
            }
        }
    }

    /// - Parameter line: ends with a line feed.
    func write(_ line: [UInt8]) { lock.withLock { _ in put(line) } }
}
