import Foundation
import TestSupport
import Testing

/// Hostile texts in the cells of every column of an import: taken or refused, never a crash and never a mistake of the program's.
@Suite(.serialized) struct HostileImportTests {
    @Test func everyColumnTakesHostileTexts() async throws {
        let cells = try Self.cells()
        #expect(cells.count > 90)
        let texts = HostileText.all
        // Each column gets a text of its own, and each text a column or two. Two at a time, each on a database of its own.
        let counts = try await withThrowingTaskGroup(of: [Int32: Int].self) { group in
            for half in 0..<2 {
                group.addTask {
                    var ends: [Int32: Int] = [:]
                    let place = try await CommandDatabase.empty()
                    for (index, cell) in cells.enumerated() where index % 2 == half {
                        let text = texts[index * 7 % texts.count]
                        let folder = try ExampleFolder()
                        try cell.set(text.bytes, in: folder)
                        let result = try await place.command("import", folder.path, "--today", "2026-12-01", "--as", "importer")
                        let status = result.status ?? -1
                        ends[status, default: 0] += 1
                        #expect([0, 65, 66].contains(status), "\(cell): \(text): \(status) \(result.errors)")
                        try? FileManager.default.removeItem(atPath: folder.path)
                    }
                    return ends
                }
            }
            return try await group.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        }
        // Some texts are names like others, most are no number and no day.
        #expect(counts[0, default: 0] > 5 && counts[65, default: 0] > 30, "\(counts)")
    }

    /// A column of a file, in its first row.
    private struct Cell: Sendable, CustomStringConvertible {
        let file: String
        let name: String
        let column: Int

        var description: String { "\(file) \(name)" }

        /// Puts bytes in quotes in the place of what is there.
        func set(_ bytes: [UInt8], in folder: ExampleFolder) throws {
            var lines = try folder.bytes(of: file).split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
            var cells: [[UInt8]] = [[]]
            var isQuoted = false
            for byte in lines[1] {
                if byte == 0x22 { isQuoted.toggle() }
                if byte == 0x2C, !isQuoted { cells.append([]) } else { cells[cells.count - 1].append(byte) }
            }
            cells[column] = [0x22] + bytes.flatMap { $0 == 0x22 ? [$0, $0] : [$0] } + [0x22]
            lines[1] = Array(cells.joined(separator: [0x2C]))
            try folder.write(Array(lines.joined(separator: [10])), to: file)
        }
    }

    private static func cells() throws -> [Cell] {
        let folder = try ExampleFolder()
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".csv") }.sorted().flatMap { file in
            let heading = try folder.text(of: file).prefix { $0 != "\n" }
            return heading.split(separator: ",").enumerated().map { Cell(file: file, name: String($1), column: $0) }
        }
    }
}
