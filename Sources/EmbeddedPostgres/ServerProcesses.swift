import Glibc

/// The processes of a cluster's server that live now.
///
/// Neither `postmaster.pid` nor `pg_ctl status` can tell: both believe a number in a file, which after a crash may belong to a
/// zombie or to a stranger. Every process of PostgreSQL has the data folder as its working directory from its first moment to its
/// last, a stranger has not, and the kernel says so in `/proc`. Folders are compared as files, not as paths, so a cluster that was
/// moved while it ran is still found and a copy of it is not mistaken for it.
struct ServerProcesses: Sendable {
    struct Member: Sendable, Hashable {
        let id: pid_t
        /// Whether this is the server itself and not one of the processes it forked.
        let isPostmaster: Bool
    }

    let members: [Member]

    var isEmpty: Bool { members.isEmpty }
    var ids: [pid_t] { members.map(\.id) }
    /// The server itself; without one the members are orphans.
    var postmaster: pid_t? { members.first(where: \.isPostmaster)?.id }

    /// Looks at every process that the present user may look at: root sees all, an ordinary user their own, of whom the server is.
    static func living(in folder: String) -> ServerProcesses {
        guard let identity = File.identity(at: folder) else { return ServerProcesses(members: []) }
        return living { $0 == identity }
    }

    /// Whether this is a living process of PostgreSQL, of whichever cluster.
    static func isLiving(_ id: pid_t) -> Bool { kind(of: id) != nil }

    /// Whether the process is one of a server whose data folder was deleted under it. It notices within a minute and ends.
    static func isBereaved(_ id: pid_t) -> Bool {
        var raw = stat()
        return stat("/proc/\(id)/cwd", &raw) == 0 && raw.st_nlink == 0 && isLiving(id)
    }

    private static func living(where matches: (File.Identity) -> Bool) -> ServerProcesses {
        var found: [(id: pid_t, parent: pid_t, titled: Bool)] = []
        for name in (try? Folder.entries(of: "/proc")) ?? [] {
            // A zombie has no working directory any more, so it does not come this far.
            guard let id = pid_t(name), let identity = File.identity(at: "/proc/\(id)/cwd"), matches(identity) else { continue }
            guard let kind = kind(of: id) else { continue }
            found.append((id, kind.parent, kind.titled))
        }
        let untitled = Set(found.filter { !$0.titled }.map(\.id))
        return ServerProcesses(
            members: found.map { process in
                // A child that was forked this instant has no title yet, but its parent is the server.
                Member(id: process.id, isPostmaster: !process.titled && !untitled.contains(process.parent))
            })
    }

    /// Tells PostgreSQL's processes from a shell or an editor that somebody opened in the folder.
    private static func kind(of id: pid_t) -> (parent: pid_t, titled: Bool)? {
        // "4711 (postgres) S 1 …": the name may itself hold brackets, so the last one counts.
        guard let text = File.text(of: "/proc/\(id)/stat", limit: 1024), let open = text.firstIndex(of: "("),
            let shut = text.lastIndex(of: ")")
        else { return nil }
        let fields = text[text.index(after: shut)...].split(separator: " ")
        guard fields.count > 1, fields[0] != "Z", fields[0] != "X", let parent = pid_t(fields[1]) else { return nil }
        switch text[text.index(after: open)..<shut] {
        case "postgres":
            // The server keeps the command line it was started with; its children write "postgres: checkpointer" over theirs.
            return (parent, File.text(of: "/proc/\(id)/cmdline", limit: 256)?.hasPrefix("postgres: ") == true)
        case "setsid", "setpriv": return (parent, false)  // about to become the server, see `Launch`
        default: return nil
        }
    }

    /// Sends a signal to those members that still are what they were: between the look and the signal a number may change hands.
    ///
    /// - Throws: `system` when the present user may not.
    func signal(_ number: Int32, in folder: String) throws(EmbeddedPostgresError) {
        let still = Set(Self.living(in: folder).ids)
        for id in ids where still.contains(id) && kill(id, number) != 0 && errno != ESRCH {
            throw .system(operation: "signal process \(id) of", path: folder, code: errno)
        }
    }
}
