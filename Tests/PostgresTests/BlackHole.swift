import Glibc
import Postgres

/// A server that takes connections, as far as the kernel can see, and never says a word.
final class BlackHole: Sendable {
    private let descriptor: Int32
    let port: UInt16

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        port = try Self.bindToFreePort(descriptor)
        guard listen(descriptor, 64) == 0 else { throw StillThere() }
    }

    deinit { close(descriptor) }

    var configuration: ConnectionConfiguration {
        ConnectionConfiguration(parameters: ["host": "127.0.0.1", "port": "\(port)", "connect_timeout": "30", "sslmode": "disable"])
    }

    /// Binds a socket to 127.0.0.1 and answers the port that the kernel chose.
    private static func bindToFreePort(_ descriptor: Int32) throws -> UInt16 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw StillThere() }
        return UInt16(bigEndian: address.sin_port)
    }

    /// A port of 127.0.0.1 that nobody listened on a moment ago.
    static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        return try bindToFreePort(descriptor)
    }
}
