import Glibc

/// What the system says about this process.
struct ProcessFigures: Sendable {
    let residentBytes: Int
    let startSeconds: Int

    /// Nothing where the system keeps no `/proc`.
    static func read() -> ProcessFigures? {
        guard let memory = text(of: "/proc/self/statm"), let own = text(of: "/proc/self/stat"), let machine = text(of: "/proc/stat"),
            let pages = memory.split(separator: " ").dropFirst().first.flatMap({ Int($0) }),
            // The name of the program may hold spaces and brackets: what follows its last bracket counts from the third field.
            let afterName = own.lastIndex(of: ")").map({ own[own.index(after: $0)...].split(separator: " ") }), afterName.count > 19,
            let begun = Int(afterName[19]),
            let booted = machine.split(separator: "\n").first(where: { $0.hasPrefix("btime ") }).flatMap({ Int($0.dropFirst(6)) })
        else { return nil }
        return ProcessFigures(residentBytes: pages * Int(getpagesize()), startSeconds: booted + begun / max(1, sysconf(Int32(_SC_CLK_TCK))))
    }

    private static func text(of file: String) -> String? {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var slice = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(descriptor, &slice, slice.count)
            guard count > 0 else { break }
            bytes += slice.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
