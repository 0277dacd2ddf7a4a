import Foundation
import Testing

/// What must not compile does not: the compiler itself is asked about a snippet in which some lines are wrong.
@Suite struct CompileFailureTests {
    /// Lines that must be refused say so at their end; all others must be accepted.
    private static let snippet = """
        import Postgres
        func check(_ connection: Connection, _ transaction: Transaction, _ text: String) async throws {
            let fragment: SQL = "name = \\(text)"
            _ = try await connection.execute("SELECT 1 WHERE \\(fragment) AND \\(text) = \\(["a"])")
            _ = try await transaction.pipeline(Statement.execute("SELECT \\(1)"), Statement.only("SELECT 2", as: Int.self))
            _ = try await connection.execute(text) // refused
            _ = try await connection.execute("SELECT " + text) // refused
            _ = SQL(stringLiteral: text) // refused
            _ = SQL(text) // refused
            _ = text as SQL // refused
            _ = fragment + text // refused
            _ = SQL(text: text) // refused
            let _: any Sendable = transaction // refused
            let _: SQL = "\\(Locale.self)" // refused
        }
        """

    /// Where this build keeps its modules: beside the test program.
    private static var modules: URL? {
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let candidates =
            [program.deletingLastPathComponent()] + CommandLine.arguments.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
        return candidates.map { $0.appendingPathComponent("Modules") }.first {
            FileManager.default.fileExists(atPath: $0.appendingPathComponent("Postgres.swiftmodule").path)
        }
    }

    private static let compiler =
        ["/usr/bin/swiftc"]
        + (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/swiftc" }

    private static var usable: (compiler: String, modules: URL)? {
        guard let compiler = compiler.first(where: FileManager.default.isExecutableFile(atPath:)), let modules else { return nil }
        return (compiler, modules)
    }

    @Test
    func textCannotBecomeSQL() throws {
        let (compiler, modules) = try #require(Self.usable)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("compile-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appendingPathComponent("snippet.swift")
        try Self.snippet.write(to: source, atomically: true, encoding: .utf8)
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: compiler)
        process.arguments = [
            "-typecheck", "-swift-version", "6", "-I", modules.path, "-Xcc",
            "-fmodule-map-file=\(package.path)/Sources/CLibPQ/module.modulemap", "-I", "/usr/include/postgresql", source.path,
        ]
        let output = Pipe()
        process.standardError = output
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let refused = Set(
            text.split(separator: "\n").compactMap { line -> Int? in
                guard line.hasPrefix(source.path), line.contains(": error: ") else { return nil }
                return line.dropFirst(source.path.count + 1).split(separator: ":").first.flatMap { Int($0) }
            })
        let wanted = Self.snippet.split(separator: "\n", omittingEmptySubsequences: false).enumerated().filter {
            $0.element.hasSuffix("// refused")
        }
        #expect(refused == Set(wanted.map { $0.offset + 1 }), "\(text)")
    }
}
