import ArgumentParser
import Glibc

/// A program run to its end, with what it cost.
enum Child {
    struct Cost {
        let wall: Double
        /// User and system CPU seconds.
        let cpu: Double
        let peakMiB: Double
    }

    /// - Throws: when the program cannot be started or does not exit with 0.
    static func run(_ program: String, _ arguments: [String]) throws -> Cost {
        var pointers: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        let clock = ContinuousClock()
        let start = clock.now
        var process: pid_t = 0
        guard posix_spawn(&process, program, &actions, nil, pointers, environ) == 0 else {
            throw ValidationError("cannot run \(program); build it with: swift build -c release --product os2medlem")
        }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
        let wall = start.duration(to: clock.now)
        guard status == 0 else { throw ValidationError("\(program) \(arguments.joined(separator: " ")): status \(status >> 8)") }
        return Cost(
            wall: seconds(wall), cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime), peakMiB: Double(usage.ru_maxrss) / 1024)
    }

    static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
