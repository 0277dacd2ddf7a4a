import Glibc

/// What the module asks of folders: listing, making, handing over, and the one spelling of a path.
enum Folder {
    /// The names in a folder, without `.` and `..`.
    ///
    /// - Throws: `system` when it cannot be listed.
    static func entries(of path: String) throws(EmbeddedPostgresError) -> [String] {
        guard let stream = opendir(path) else { throw .system(operation: "list", path: path, code: errno) }
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

    /// Makes a folder and the missing ones above it. Those that are there already are left as they are.
    ///
    /// - Throws: `system`, naming the folder that could not be made.
    static func make(_ path: String, permissions: mode_t) throws(EmbeddedPostgresError) {
        if !isFolder(path), parent(of: path) != path { try make(parent(of: path), permissions: permissions) }
        guard mkdir(path, permissions) == 0 else {
            let code = errno
            if isFolder(path) { return }
            throw .system(operation: "make the folder", path: path, code: code)
        }
        // mkdir took the umask away; whether others may pass is a decision of ours, not of the shell we were started from.
        guard chmod(path, permissions) == 0 else { throw .system(operation: "set the permissions of", path: path, code: errno) }
    }

    /// Gives a folder to a user. It is opened first and checked to be a folder, so that a link put there in between leads nowhere.
    ///
    /// - Throws: `system`.
    static func give(_ path: String, to owner: uid_t, group: gid_t) throws(EmbeddedPostgresError) {
        let descriptor = try File.open(path, O_RDONLY | O_DIRECTORY, to: "open")
        defer { close(descriptor) }
        guard fchown(descriptor, owner, group) == 0 else { throw .system(operation: "change the owner of", path: path, code: errno) }
    }

    /// Makes the names in a folder durable: a renamed file is only renamed after a power failure when its folder was synced.
    ///
    /// - Throws: `system`.
    static func sync(_ path: String) throws(EmbeddedPostgresError) {
        let descriptor = try File.open(path, O_RDONLY | O_DIRECTORY, to: "open")
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system(operation: "sync", path: path, code: errno) }
    }

    /// The absolute path without links, so that every spelling of a state folder means the same cluster. The part that does not
    /// exist yet is taken as it is written.
    static func canonical(_ path: String) -> String {
        var missing: [Substring] = []
        var existing = path.isEmpty ? "." : path
        while true {
            if let resolved = realpath(existing, nil) {
                defer { free(resolved) }
                let base = String(cString: resolved)
                return missing.isEmpty ? base : (base == "/" ? "" : base) + "/" + missing.reversed().joined(separator: "/")
            }
            while existing.count > 1 && existing.last == "/" { existing.removeLast() }
            guard existing != "/", existing != "." else { return path }
            let cut = existing.lastIndex(of: "/")
            missing.append(cut.map { existing[existing.index(after: $0)...] } ?? existing[...])
            existing = parent(of: existing)
        }
    }

    static func parent(of path: String) -> String {
        guard let cut = path.lastIndex(of: "/") else { return "." }
        return cut == path.startIndex ? "/" : String(path[..<cut])
    }

    /// Whether there is a folder, also behind a link.
    static func isFolder(_ path: String) -> Bool {
        var raw = stat()
        return stat(path, &raw) == 0 && raw.st_mode & S_IFMT == S_IFDIR
    }
}
