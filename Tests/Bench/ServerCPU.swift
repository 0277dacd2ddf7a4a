import ArgumentParser
import EmbeddedPostgres
import Foundation

/// CPU of the server's processes that have ended: a connection's backend counts once it is closed.
enum ServerCPU {
    static func seconds(_ status: ClusterStatus) throws -> Double {
        guard case .running(let process, _) = status else { throw ValidationError("the server is not running") }
        // A backend is reaped shortly after its client has gone.
        usleep(100_000)
        let text = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        let fields = text[text.index(after: text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        // After the name, cutime and cstime are the 14th and 15th fields, in hundredths of a second.
        guard fields.count > 14, let user = Double(fields[13]), let system = Double(fields[14]) else { return 0 }
        return (user + system) / 100
    }
}
