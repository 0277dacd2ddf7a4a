import EmbeddedPostgres
import Foundation
import Glibc

/// A way for the server to go down in the middle of its work.
enum ServerFault: String, CaseIterable {
    /// Ends at once, as when it is told to by an administrator in a hurry (`pg_ctl stop -m immediate`).
    case stoppedAtOnce
    /// `kill -9` of the server alone; its processes are orphans.
    case killed
    /// `kill -9` of the server and all its processes.
    case killedWithAllProcesses
    /// `kill -9` of the process that posts, upon which the server takes all others down and recovers by itself.
    case postingProcessKilled

    /// The server's process, looked up in good time: asking takes as long as half a posting.
    static func server(of cluster: EmbeddedCluster) async throws -> Int32 {
        guard case .running(let server, _) = try await cluster.status() else { throw Violation("the server is not up before the fault") }
        return server
    }

    /// - Parameter backend: the process that posts; without one the newest process of the server goes.
    func strike(_ server: Int32, posting backend: Int32?) {
        switch self {
        case .stoppedAtOnce: kill(server, SIGQUIT)
        case .killed: kill(server, SIGKILL)
        case .killedWithAllProcesses: for process in [server] + ServerFault.children(of: server) { kill(process, SIGKILL) }
        case .postingProcessKilled: if let process = backend ?? ServerFault.children(of: server).max() { kill(process, SIGKILL) }
        }
    }

    private static func children(of parent: Int32) -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }.filter { process in
            guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8), let name = text.lastIndex(of: ")")
            else {
                return false
            }
            // After the name come the state and the parent.
            let fields = text[text.index(after: name)...].split(separator: " ")
            return fields.count > 1 && Int32(fields[1]) == parent
        }
    }
}
