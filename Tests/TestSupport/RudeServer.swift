import Glibc

/// Answers one request on each connection and closes it without having said so, as a server does that is simply ended. Told to, it ends its whole process by a
/// text, as a program does that trusts what comes from outside.
public final class RudeServer: Sendable {
    public let port: Int
    private let descriptor: Int32

    /// - Parameter port: 0 takes any free one.
    public init?(port wanted: Int = 0) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(wanted)).bigEndian
        var reuse: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let size = length
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 8) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard isListening else { return nil }
        descriptor = listener
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    /// - Parameter fatal: what ends the process where it stands in a request.
    /// - Parameter isSilent: whether it closes without any answer.
    public func serve(_ connections: Int, fatal: String? = nil, isSilent: Bool = false) {
        for _ in 0..<connections {
            let connection = accept(descriptor, nil, nil)
            var request = [UInt8](repeating: 0, count: 4096)
            let count = recv(connection, &request, request.count, 0)
            let text = String(decoding: request.prefix(max(0, count)), as: UTF8.self)
            if let fatal { precondition(!text.contains(fatal), "a fault that a test has planted") }
            let answer = isSilent ? [] : Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".utf8)
            _ = send(connection, answer, answer.count, Int32(MSG_NOSIGNAL))
            close(connection)
        }
        close(descriptor)
    }

    /// Listens no longer.
    public func leave() { close(descriptor) }
}
