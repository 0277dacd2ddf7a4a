import HTTPTypes
import NIOCore

/// Where a request came from: exact enough to limit, blurred before it is written anywhere.
struct ClientAddress: Sendable, Hashable {
    /// Four bytes of IPv4, sixteen of IPv6, none of a local socket.
    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        // An IPv4 address in IPv6's clothes is the same caller.
        if bytes.count == 16, bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
            self.bytes = Array(bytes[12...])
        } else {
            self.bytes = bytes
        }
    }

    init(_ address: SocketAddress?) {
        // Where the system's structures have the address: after family and port, and in IPv6 after the flow as well.
        switch address {
        case .v4(let address): self.init(bytes: withUnsafeBytes(of: address.address) { Array($0[4..<8]) })
        case .v6(let address): self.init(bytes: withUnsafeBytes(of: address.address) { Array($0[8..<24]) })
        case .unixDomainSocket, nil: self.init(bytes: [])
        }
    }

    /// What a proxy that is trusted says: the last address of `X-Forwarded-For`, which is the one it added itself.
    static func forwarded(_ headers: HTTPFields) -> ClientAddress? {
        guard let name = SecurityHeaders.forwardedFor else { return nil }
        let last = headers[values: name].last?.split(separator: ",").last?.filter { $0 != " " && $0 != "\t" }
        guard let last, let address = try? SocketAddress(ipAddress: last, port: 0) else { return nil }
        return ClientAddress(address)
    }

    /// One bucket for an IPv4 address, one for the /64 that a holder of IPv6 has all addresses of.
    var key: UInt64 {
        var hasher = Hasher()
        for byte in bytes.prefix(bytes.count == 16 ? 8 : 4) { hasher.combine(byte) }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    /// For the log: the network, /24 or /48, and not the caller.
    var blurred: String {
        switch bytes.count {
        case 4: "\(bytes[0]).\(bytes[1]).\(bytes[2]).0/24"
        case 16:
            stride(from: 0, to: 6, by: 2).map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
                .joined(separator: ":") + "::/48"
        default: "local"
        }
    }
}
