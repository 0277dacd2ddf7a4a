import Glibc

/// The server's log. It is opened here and handed to the server, so it exists, closed to others, before the server says a word.
struct ServerLog: Sendable {
    /// Past this size the log is put aside when the server starts; one older log is kept.
    private static let largest = 8 << 20

    let path: String

    /// Opens the log for a server that is about to start. Returns the descriptor and where the new part begins.
    ///
    /// - Throws: `system`.
    func open(for account: ServerAccount) throws(EmbeddedPostgresError) -> (descriptor: Int32, start: Int) {
        if size > Self.largest { rename(path, path + ".old") }
        let descriptor = try File.open(path, O_WRONLY | O_CREAT | O_APPEND, to: "open")
        if account.isOther, fchown(descriptor, account.userID, account.groupID) != 0 {
            let code = errno
            close(descriptor)
            throw .system(operation: "change the owner of", path: path, code: code)
        }
        return (descriptor, size)
    }

    var size: Int {
        var raw = stat()
        return lstat(path, &raw) == 0 ? Int(raw.st_size) : 0
    }

    /// The last lines written since `start`.
    func lastLines(_ count: Int = 20, since start: Int = 0) -> String {
        guard let descriptor = try? File.open(path, O_RDONLY, to: "read") else { return "(no log)" }
        defer { close(descriptor) }
        let window = 16_384
        lseek(descriptor, max(start, size - window), SEEK_SET)
        let lines = (File.text(from: descriptor, limit: window) ?? "").split(separator: "\n")
        return lines.isEmpty ? "(it wrote nothing)" : lines.suffix(count).joined(separator: "\n")
    }
}
