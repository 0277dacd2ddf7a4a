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

    /// An address as it is written; nothing for what is none.
    init?(text: String) {
        guard let address = try? SocketAddress(ipAddress: text, port: 0) else { return nil }
        self.init(address)
    }

    /// Who the caller is to the proxy that passed the request on: the last address of `X-Forwarded-For`, which that proxy added itself. Where this is another
    /// proxy of one's own, it is the one before, which that one added, and so on. What stands further left anybody may have written.
    ///
    /// - Returns: nothing where there is no such header, or no address at its end.
    static func forwarded(_ headers: HTTPFields, passingOver proxies: [AddressRange]) -> ClientAddress? {
        guard let name = SecurityHeaders.forwardedFor else { return nil }
        var known: ClientAddress?
        for line in headers[values: name].reversed() {
            for part in line.split(separator: ",").reversed() {
                guard let address = ClientAddress(text: part.filter { $0 != " " && $0 != "\t" }) else { return known }
                known = address
                if !proxies.contains(where: { $0.contains(address) }) { return address }
            }
        }
        return known
    }

    /// What somebody has to themselves: an IPv4 address, or of IPv6 the /64 that its holder has all addresses of.
    struct Network: Sendable, Hashable {
        fileprivate let bytes: [UInt8]
    }

    var network: Network { Network(bytes: Array(bytes.prefix(bytes.count == 16 ? 8 : 4))) }

    /// One bucket for each network.
    var key: UInt64 {
        var hasher = Hasher()
        for byte in network.bytes { hasher.combine(byte) }
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
