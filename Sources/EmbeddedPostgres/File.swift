import Glibc

/// What the module asks of single files, as thin layers over the system calls. Whatever is opened is closed on exec: no lock and
/// no log may outlive this program in a server's hands.
enum File {
    /// Who owns a file and what it is, without following a symbolic link in the last place.
    struct Status {
        let owner: uid_t
        let permissions: mode_t
        let isFolder: Bool
        let identity: Identity
    }

    /// One file of the machine, whatever paths lead to it.
    struct Identity: Hashable, Sendable {
        let device: UInt
        let number: UInt
    }

    /// The status of `path`, or nil when there is no such file.
    ///
    /// - Throws: `system` when that cannot be known, for instance for want of permission.
    static func status(of path: String) throws(EmbeddedPostgresError) -> Status? {
        var raw = stat()
        guard lstat(path, &raw) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .system(operation: "look at", path: path, code: errno)
        }
        return Status(raw)
    }

    /// The file that `path` leads to, links followed; nil when it cannot be reached.
    static func identity(at path: String) -> Identity? {
        var raw = stat()
        return stat(path, &raw) == 0 ? Status(raw).identity : nil
    }

    static func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }

    /// Opens a file, never through a symbolic link: the folder may belong to another user than the one who opens.
    ///
    /// - Throws: `system`, named as `operation`.
    static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o600, to operation: String) throws(EmbeddedPostgresError) -> Int32 {
        let descriptor = Glibc.open(path, flags | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw .system(operation: operation, path: path, code: errno) }
        return descriptor
    }

    /// The text of a small file, such as those in `/proc`; nil when it cannot be read.
    static func text(of path: String, limit: Int = 65_536) -> String? {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return text(from: descriptor, limit: limit)
    }

    /// What stands in an open file from its present position on, at most `limit` bytes.
    static func text(from descriptor: Int32, limit: Int) -> String? {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
            while filled < limit {
                let count = read(descriptor, buffer.baseAddress?.advanced(by: filled), limit - filled)
                if count < 0 && errno == EINTR { continue }
                failed = count < 0
                if count <= 0 { break }
                filled += count
            }
        }
        return failed ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// Adds text at the end of a file and makes it durable.
    ///
    /// - Throws: `system`.
    static func append(_ text: String, to path: String) throws(EmbeddedPostgresError) {
        let descriptor = try open(path, O_WRONLY | O_APPEND, to: "write to")
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { throw .system(operation: "write to", path: path, code: errno) }
            rest = rest.dropFirst(max(count, 0))
        }
        guard fsync(descriptor) == 0 else { throw .system(operation: "sync", path: path, code: errno) }
    }
}

extension File.Status {
    fileprivate init(_ raw: stat) {
        owner = raw.st_uid
        permissions = raw.st_mode & 0o7777
        isFolder = raw.st_mode & S_IFMT == S_IFDIR
        identity = File.Identity(device: UInt(raw.st_dev), number: UInt(raw.st_ino))
    }
}
