import Glibc
import TestSupport
import Testing

/// Becoming somebody else, in a process of one's own.
enum OrdinaryUser {
    /// Gives up root's rights for good, if this process has them. Where it has not, it is an ordinary user already.
    static func become() throws {
        guard geteuid() == 0 else { return }
        let nobody = try #require(getpwnam("nobody"))
        let (user, group) = (nobody.pointee.pw_uid, nobody.pointee.pw_gid)
        try #require(setgroups(0, nil) == 0 && setgid(group) == 0 && setuid(user) == 0)
    }

    /// A state folder that belongs to whom `become` makes us.
    static func folder() -> String {
        let path = ThrowawayFolder.make()
        if geteuid() == 0, let nobody = getpwnam("nobody") { chown(path, nobody.pointee.pw_uid, nobody.pointee.pw_gid) }
        return path
    }
}
