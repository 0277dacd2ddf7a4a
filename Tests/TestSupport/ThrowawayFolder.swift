import EmbeddedPostgres
import Glibc
import Logging
import Synchronization

/// State folders that go when the test process goes, with the servers that run in them.
public enum ThrowawayFolder {
    private static let prefix = "os2medlem-test-"
    private static let parent = "/tmp"
    private static let made = Mutex<[String]>([])

    /// Makes a fresh folder with a short path, which every user may pass through.
    ///
    /// Its name holds the number of this process. A process that is killed cannot tidy up; the first call in a later one removes
    /// what it left.
    public static func make() -> String {
        _ = atStart
        let path = "\(parent)/\(prefix)\(getpid())-\(String(UInt32.random(in: 0...UInt32.max), radix: 36))"
        mkdir(path, 0o711)
        // Whatever the umask: the server's user has to pass.
        chmod(path, 0o711)
        made.withLock { $0.append(path) }
        return path
    }

    /// Once a process.
    private static let atStart: Void = {
        discardLeftovers()
        atexit {
            for path in ThrowawayFolder.made.withLock({ $0 }) { ThrowawayFolder.discard(path) }
        }
    }()

    /// Ends the servers of dead test processes and removes their folders.
    static func discardLeftovers() {
        for name in entries(of: parent) where name.hasPrefix(prefix) {
            guard let process = pid_t(name.dropFirst(prefix.count).prefix { $0.isNumber }) else { continue }
            if kill(process, 0) != 0 && errno == ESRCH { discard("\(parent)/\(name)") }
        }
    }

    /// The folder may be a state folder itself or hold some.
    private static func discard(_ path: String) {
        let inside = entries(of: path).map { "\(path)/\($0)" }.filter { access($0 + "/postgres", F_OK) == 0 }
        for state in inside + [path] { EmbeddedCluster(state: state, logger: Logger(label: "throwaway folder")).discard() }
    }

    private static func entries(of path: String) -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }
}
