import Glibc
import Subprocess
import SystemPackage

/// The user whom the server and its tools run as. PostgreSQL refuses to run as root, and rightly: whoever is superuser in the
/// database can run programs on the machine.
struct ServerAccount: Sendable, Equatable {
    /// The user for clusters that root makes; the package of every distribution brings it along.
    static let nameUnderRoot = "postgres"

    let userID: uid_t
    let groupID: gid_t
    /// The user's name, nil where the machine knows only the number, as in some containers.
    let name: String?
    /// Whether the present process is root and has to become the user first.
    let isOther: Bool

    var display: String { name ?? String(userID) }

    /// The account for the cluster at `path`: oneself, or for root the owner of the cluster, `postgres` while there is none.
    ///
    /// - Throws: `ownedByAnother` when an ordinary user meets a stranger's cluster, `accountMissing` when root finds no user
    ///   `postgres`, `system` when `path` cannot be looked at.
    static func running(clusterAt path: String) throws(EmbeddedPostgresError) -> ServerAccount {
        let me = geteuid()
        let owner = try File.status(of: path)?.owner
        if me != 0 {
            if let owner, owner != me { throw .ownedByAnother(path: path, owner: entry(owner)?.name ?? String(owner)) }
            return ServerAccount(userID: me, groupID: getegid(), name: entry(me)?.name, isOther: false)
        }
        if let owner, owner != 0 {
            let known = entry(owner)
            return ServerAccount(userID: owner, groupID: known?.group ?? owner, name: known?.name, isOther: true)
        }
        var found: (user: uid_t, group: gid_t)?
        withRecord({ getpwnam_r(nameUnderRoot, $0, $1, $2, $3) }) { found = ($0.pw_uid, $0.pw_gid) }
        guard let found else { throw .accountMissing(name: nameUnderRoot) }
        return ServerAccount(userID: found.user, groupID: found.group, name: nameUnderRoot, isOther: true)
    }

    /// How to run a program as this user. `setpriv` replaces itself, so no process of root's stays between, as `su` or `sudo` would.
    func command(_ program: String, _ arguments: [String]) -> (executable: Executable, arguments: Arguments) {
        guard isOther else {
            return (program.contains("/") ? .path(FilePath(program)) : .name(program), Arguments(arguments))
        }
        let switching = ["--reuid=\(userID)", "--regid=\(groupID)", "--clear-groups", "--", program]
        return (.name("setpriv"), Arguments(switching + arguments))
    }

    private static func entry(_ user: uid_t) -> (name: String, group: gid_t)? {
        var found: (name: String, group: gid_t)?
        withRecord({ getpwuid_r(user, $0, $1, $2, $3) }) { found = (String(cString: $0.pw_name), $0.pw_gid) }
        return found
    }

    private typealias Lookup = (
        UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int, UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
    ) -> Int32

    private static func withRecord(_ look: Lookup, _ body: (passwd) -> Void) {
        var record = passwd()
        var result: UnsafeMutablePointer<passwd>?
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16_384) { buffer in
            guard let base = buffer.baseAddress, look(&record, base, buffer.count, &result) == 0, result != nil else { return }
            body(record)
        }
    }
}
