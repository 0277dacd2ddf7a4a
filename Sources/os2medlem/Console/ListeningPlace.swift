import Foundation
import Glibc
import Wording

/// An address and a port to listen on, tried before anything is started: what is in the way is then said in words.
struct ListeningPlace {
    let host: String
    let port: Int

    /// - Throws: ``Failure`` when the place is taken, forbidden or no address of this machine. Port 0 is always free.
    func check() throws {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let place = found else {
            throw Failure(.addressUnknown(host), status: .configuration)
        }
        defer { freeaddrinfo(found) }
        let descriptor = socket(place.pointee.ai_family, place.pointee.ai_socktype, 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var reuse: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        guard bind(descriptor, place.pointee.ai_addr, place.pointee.ai_addrlen) != 0 else { return }
        throw Failure(code: "PORT_UNAVAILABLE", "\(host):\(port): \(String(cString: strerror(errno)))", status: .unavailable)
    }
}
