import Foundation
import Glibc
import TestSupport
import Testing

/// A log that goes into a pipe which nobody reads: callers are answered all the same, what is lost is counted and said, and the program can be stopped.
@Suite(.serialized) struct UnreadLogTests {
    /// A pipe that holds little.
    private struct Pipe: Sendable {
        let reader: Int32
        let writer: Int32

        init() throws {
            var ends: [Int32] = [0, 0]
            // The program is to have the end it writes to as its output, and neither of these.
            guard pipe(&ends) == 0 else { throw Missing("a pipe") }
            (reader, writer) = (ends[0], ends[1])
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            // F_SETPIPE_SZ
            _ = fcntl(writer, 1031, 4096)
        }

        /// Everything that is written until the writer's end is closed.
        func readAll() -> [UInt8] {
            var bytes: [UInt8] = []
            var slice = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(reader, &slice, slice.count)
                guard count > 0 else { return bytes }
                bytes += slice.prefix(count)
            }
        }
    }

    /// Asks until lines are lost, and some more. A program that does not answer is ended.
    private static func askUntilLost(_ program: ServedProgram) async throws -> Int {
        do { return try await lost(by: program) } catch {
            try? await onThread { try program.stop() }
            throw error
        }
    }

    private static func lost(by program: ServedProgram) async throws -> Int {
        let port = program.port
        for _ in 0..<100 {
            let areAnswered = try await onThread { () -> Bool in
                guard let wire = Wire(port: port) else { return false }
                for _ in 0..<10 {
                    wire.send(String(repeating: "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n", count: 50))
                    for _ in 0..<50 { guard wire.answer()?.status == 404 else { return false } }
                }
                return true
            }
            guard areAnswered else { throw Missing("an answer, while nobody reads the log") }
            let lost = try await program.figure("os2medlem_log_lines_lost_total")
            if lost > 100 { return lost }
        }
        throw Missing("lines that were lost")
    }

    @Test func requestsGoOnAndWhatIsLostIsSaid() async throws {
        let place = try await AccessDatabase.shared.value
        let pipe = try Pipe()
        defer { close(pipe.reader) }
        let program = try await ServedProgram.start(at: place.command, output: pipe.writer)
        close(pipe.writer)
        let lost = try await Self.askUntilLost(program)
        // Somebody reads again.
        async let read = onThread { pipe.readAll() }
        // A line that comes now is not lost, once the queue has moved.
        var last = lost
        repeat {
            last = try await program.figure("os2medlem_log_lines_lost_total")
            _ = try await onThread { try program.caller().get("/api/v1/products") }
        } while try await program.figure("os2medlem_log_lines_lost_total") != last
        try await onThread { try program.stop() }
        let text = String(decoding: try await read, as: UTF8.self)
        #expect(text.hasSuffix("}\n"))
        // Every line is whole, and those that say what is missing say all of it.
        let lines = try text.split(separator: "\n").map { try JSONValue(Array($0.utf8)) }
        let missing = lines.compactMap { $0["lost"]?.number }
        #expect(missing.reduce(0, +) == Int64(last), "\(missing)")
        #expect(lines.contains { $0["operation"] == .text("listProducts") })
    }

    @Test func whoeverNeverReadsHoldsNobodyUp() async throws {
        let place = try await AccessDatabase.shared.value
        let pipe = try Pipe()
        defer { close(pipe.reader) }
        let program = try await ServedProgram.start(at: place.command, output: pipe.writer)
        close(pipe.writer)
        _ = try await Self.askUntilLost(program)
        // With 0, although there is much that nobody took.
        try await onThread { try program.stop() }
    }

    @Test func whoeverReadsToTheEndHasEverything() async throws {
        let place = try await AccessDatabase.shared.value
        let pipe = try Pipe()
        defer { close(pipe.reader) }
        let program = try await ServedProgram.start(at: place.command, output: pipe.writer)
        close(pipe.writer)
        async let read = onThread { pipe.readAll() }
        let port = program.port
        let answered = try await onThread { () -> Int in
            guard let wire = Wire(port: port) else { return 0 }
            wire.send(String(repeating: "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n", count: 200))
            return (0..<200).count { _ in wire.answer()?.status == 404 }
        }
        #expect(answered == 200)
        try await onThread { try program.stop() }
        let lines = try String(decoding: try await read, as: UTF8.self).split(separator: "\n").map { try JSONValue(Array($0.utf8)) }
        #expect(lines.count { $0["message"] == .text("request") } == 200)
        #expect(lines.contains { $0["message"] == .text("closing") })
    }
}
