import Foundation
import Glibc

/// An answer as it came over the wire.
public struct WireAnswer: Sendable {
    public let status: Int
    public let headers: [(name: String, value: String)]
    public let body: [UInt8]

    public var text: String { String(decoding: body, as: UTF8.self) }

    public subscript(_ name: String) -> String? { headers.first { $0.name == name.lowercased() }?.value }

    public var isLast: Bool { self["connection"] == "close" }
}

/// A caller that speaks HTTP with its bare hands, so that nothing is tidied up on the way. It blocks: see ``onThread(_:)``.
public final class Wire {
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    /// Nothing where nobody listens.
    ///
    /// - Parameter host: the last number of the caller's own address in 127.0.0.0/24.
    /// - Parameter patience: seconds that an answer is waited for. Long, as a busy machine is no fault of who answers.
    /// - Parameter buffer: how many bytes the system may keep for it; as it likes where nothing is said.
    public init?(port: Int, from host: UInt8 = 1, patience: Int = 60, buffer: Int32? = nil) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var wait = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        if var buffer { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &buffer, socklen_t(MemoryLayout<Int32>.size)) }
        // What has been made so far is ended as the rest would be: closing here as well would close somebody else's descriptor of that number.
        if host != 1 { guard Wire.at(0, host, { bind(descriptor, $0, $1) }) == 0 else { return nil } }
        guard Wire.at(port, 1, { connect(descriptor, $0, $1) }) == 0 else { return nil }
    }

    /// Calls the system with an address in 127.0.0.0/24.
    private static func at(_ port: Int, _ host: UInt8, _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = (UInt32(0x7F00_0000) | UInt32(host)).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }

    deinit { Glibc.close(descriptor) }

    @discardableResult
    public func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    @discardableResult
    public func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// A whole answer; nothing when the connection ends before it does.
    public func answer(toHead: Bool = false) -> WireAnswer? {
        while true {
            if let end = headEnd() {
                let head = String(decoding: buffer[..<end], as: UTF8.self).split(separator: "\r\n")
                buffer.removeFirst(end + 4)
                let status = head.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
                let headers = head.dropFirst().map { line in
                    let parts = line.split(separator: ":", maxSplits: 1)
                    return (name: parts[0].lowercased(), value: parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
                }
                let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
                let expected = toHead || status == 304 ? 0 : length
                while buffer.count < expected { guard fill() else { return nil } }
                let body = Array(buffer.prefix(expected))
                buffer.removeFirst(expected)
                return WireAnswer(status: status, headers: headers, body: body)
            }
            guard fill() else { return nil }
        }
    }

    /// So many of the next bytes at most, as they come; nothing at the end.
    public func take(_ most: Int) -> Int? {
        var slice = [UInt8](repeating: 0, count: most)
        let count = recv(descriptor, &slice, most, 0)
        return count > 0 ? count : nil
    }

    /// Whether the server has closed the connection by the end of the patience.
    public func isClosed() -> Bool {
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, 0)
        return count == 0 || (count < 0 && errno == ECONNRESET)
    }

    /// Whether the end of the connection has arrived already. Does not wait.
    public func hasEnded() -> Bool {
        guard buffer.isEmpty else { return false }
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
        return count == 0 || (count < 0 && errno != EAGAIN)
    }

    private func headEnd() -> Int? {
        guard buffer.count >= 4 else { return nil }
        return (0...buffer.count - 4).first { buffer[$0] == 13 && buffer[$0 + 1] == 10 && buffer[$0 + 2] == 13 && buffer[$0 + 3] == 10 }
    }

    private func fill() -> Bool {
        var slice = [UInt8](repeating: 0, count: 16384)
        let count = recv(descriptor, &slice, slice.count, 0)
        guard count > 0 else { return false }
        buffer += slice.prefix(count)
        return true
    }
}

/// Runs what blocks on a thread of its own: the threads of tasks are for the server.
public func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
}
