import EmbeddedPostgres
import Foundation
import Glibc

/// A way for the server to go down in the middle of its work.
enum ServerFault: String, CaseIterable {
    /// Ends at once, as when it is told to by an administrator in a hurry.
    case stoppedAtOnce
    /// `kill -9` of the server alone; its processes are orphans.
    case killed
    /// `kill -9` of the server and all its processes.
    case killedWithAllProcesses
    /// `kill -9` of one process of it, upon which the server takes all others down and recovers by itself.
    case oneProcessKilled

    func strike(_ cluster: EmbeddedCluster) async throws {
        guard case .running(let server, _) = try await cluster.status() else { return }
        switch self {
        case .stoppedAtOnce: try await cluster.stop(.immediate)
        case .killed: kill(server, SIGKILL)
        case .killedWithAllProcesses: for process in [server] + ServerFault.children(of: server) { kill(process, SIGKILL) }
        case .oneProcessKilled:
            // The newest, which is the one that posts or waits to.
            if let newest = ServerFault.children(of: server).max() { kill(newest, SIGKILL) }
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
