import Glibc

/// Writes a file so that it is there whole or not at all: a temporary name in the same folder, synced, renamed, the folder synced.
public enum AtomicFile {
    /// Why a file could not be written.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        public let file: String
        public let reason: String
        public var description: String { "\(file): \(reason)" }
    }

    /// - Throws: ``Failure`` with the system's reason; nothing is left behind then.
    public static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[..<$0]) } ?? "."
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let temporary = "\(folder)/.\(name).\(getpid()).partial"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(path) }
        var written = 0
        var failed = false
        bytes.withUnsafeBytes { buffer in
            while written < buffer.count, let start = buffer.baseAddress {
                let count = Glibc.write(descriptor, start + written, buffer.count - written)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else {
                    failed = true
                    return
                }
                written += count
            }
        }
        // The first reason counts; closing and removing may set another.
        if failed || fsync(descriptor) != 0 {
            let problem = failure(path)
            close(descriptor)
            unlink(temporary)
            throw problem
        }
        close(descriptor)
        guard rename(temporary, path) == 0 else {
            let problem = failure(path)
            unlink(temporary)
            throw problem
        }
        let directory = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if directory >= 0 {
            fsync(directory)
            close(directory)
        }
    }

    private static func failure(_ path: String) -> Failure { Failure(file: path, reason: String(cString: strerror(errno))) }
}
