import ArgumentParser
import Foundation

/// CPU seconds of processes, as the kernel counts them.
enum CPUTime {
    /// Runs a load and says what each answer cost the programs under it, the database and the load itself where it counts (pgbench).
    static func measure(_ processes: [pid_t], _ postmaster: pid_t, _ load: () throws -> Figures) throws -> Figures {
        let (before, database) = (try sum(processes), try ofDatabase(postmaster))
        var figures = try load()
        figures.server = (try sum(processes) - before + figures.own) / max(figures.count, 1)
        figures.database = (try ofDatabase(postmaster) - database) / max(figures.count, 1)
        return figures
    }

    private static func sum(_ processes: [pid_t]) throws -> Double { try processes.reduce(0) { try $0 + seconds($1).own } }

    private static func ofDatabase(_ postmaster: pid_t) throws -> Double {
        let ended = try seconds(postmaster)
        return children(of: postmaster).reduce(ended.own + ended.ended) { $0 + ((try? seconds($1).own) ?? 0) }
    }

    /// Of a process itself, and of its children that have ended.
    private static func seconds(_ process: pid_t) throws -> (own: Double, ended: Double) {
        let text = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        let fields = text[text.index(after: text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ").map { Double($0) ?? 0 }
        guard fields.count > 14 else { throw ValidationError("/proc/\(process)/stat cannot be read") }
        return ((fields[11] + fields[12]) / 100, (fields[13] + fields[14]) / 100)
    }

    private static func children(of parent: pid_t) -> [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.filter { process in
            guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8), let end = text.lastIndex(of: ")")
            else { return false }
            return text[text.index(after: end)...].split(separator: " ").dropFirst().first == "\(parent)"
        }
    }

    /// User and system CPU of this process's children that have ended.
    static func ofChildren() -> Double {
        var usage = rusage()
        getrusage(RUSAGE_CHILDREN.rawValue, &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }

    static func residentMiB(_ process: pid_t) throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let size = Double(line.split(separator: " ").dropFirst().first ?? "")
        else { throw ValidationError("/proc/\(process)/status cannot be read") }
        return size / 1024
    }
}

/// A program that runs beside the measurement.
final class Background {
    private let running = Process()

    init(_ program: String, _ words: [String]) throws {
        running.executableURL = URL(fileURLWithPath: program)
        running.arguments = words
        running.standardOutput = FileHandle.nullDevice
        try running.run()
    }

    var process: pid_t { running.processIdentifier }

    func stop() {
        guard running.isRunning else { return }
        running.terminate()
        running.waitUntilExit()
    }
}
