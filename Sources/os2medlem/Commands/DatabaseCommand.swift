import ArgumentParser
import Registry
import Wording

struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database", abstract: "Migrate, start, stop, check, back up and restore the database.",
        subcommands: [Migrate.self, Status.self, Start.self, Stop.self, Verify.self, Backup.self, Restore.self])

    struct Migrate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make the roles and bring the database up to this program.")
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let applied = try await options.access.migrate()
            let language = options.lang
            Console.print(
                applied.isEmpty ? language.nothingToMigrate : applied.map { language.applied(migration: "\($0)") }.joined(separator: "\n"))
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say what the database is doing. Starts nothing.")
        @OptionGroup var options: GlobalOptions

        func run() async throws { Console.print(try await options.access.status(in: options.lang).joined(separator: "\n")) }
    }

    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Start the private PostgreSQL.")
        @OptionGroup var options: GlobalOptions

        func run() async throws { try await options.access.start() }
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Stop the private PostgreSQL.")
        @OptionGroup var options: GlobalOptions

        func run() async throws { try await options.access.stop() }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Check every invariant of the register and its books.")
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await options.withSession { session in
                let report = try await session.read { try await Verification.verify(in: $0) }
                guard report.violations.isEmpty else {
                    throw Failure(
                        lines: report.violations.map { "VERIFY: \($0.invariant): \($0.place)" }
                            + [session.language.violations(report.violations.count)], status: .data)
                }
                Console.print(session.language.holding(invariants: report.invariants, lines: report.lines))
            }
        }
    }

    struct Backup: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write everything into one file.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The file to write.") var file: String
        @Flag(help: "Write over a file that is there.") var overwrite = false

        func run() async throws {
            if options.databaseURL == nil { try await options.access.start() }
            try await options.access.backup(to: file, overwriting: overwrite)
            Console.print(options.lang.backedUp(to: file))
        }
    }

    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Fill an empty database from a backup.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The file to read.") var file: String

        func run() async throws {
            try await options.access.restore(from: file)
            Console.print(options.lang.restored(from: file))
        }
    }
}
