import Domain
import Foundation
import Glibc
import Wording

/// One GET request to a server on this machine, over a connection of its own.
enum LocalRequest {
    struct Answer {
        let status: Int
        let body: Data
    }

    /// - Parameter target: path and query.
    /// - Throws: ``Failure`` when nobody listens there, or no whole answer comes within half a minute.
    static func get(_ target: String, port: UInt16, token: AccessToken) throws -> Answer {
        let request = [
            "GET \(target) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Authorization: Bearer \(token.secret)", "Connection: close", "", "",
        ]
        let bytes = try exchange(Data(request.joined(separator: "\r\n").utf8), port: port)
        guard let end = bytes.firstRange(of: Data("\r\n\r\n".utf8)) else { throw Failure(.answerBroken, status: .unavailable) }
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let words = (head.first ?? "").split(separator: " ")
        guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
            throw Failure(.answerBroken, status: .unavailable)
        }
        let body = Data(bytes[end.upperBound...])
        let lengths = head.filter { $0.lowercased().hasPrefix("content-length:") }.map { $0.dropFirst(15).filter { $0 != " " } }
        guard lengths == [String(body.count)] else { throw Failure(.answerBroken, status: .unavailable) }
        return Answer(status: status, body: body)
    }

    private static func exchange(_ request: Data, port: UInt16) throws -> Data {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw failure(String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        // A request fits into the socket's buffer: it goes whole or not at all.
        let sent = request.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard connected == 0, sent == request.count else { throw failure(String(cString: strerror(errno))) }
        var answer = Data()
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &part, part.count, 0)
            if count == 0 { return answer }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure(String(cString: strerror(errno))) }
            answer.append(contentsOf: part[..<count])
        }
    }

    private static func failure(_ reason: String) -> Failure { Failure(code: "NO_ANSWER", reason, status: .unavailable) }
}
