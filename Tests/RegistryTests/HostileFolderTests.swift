import Domain
import Foundation
import Interchange
import TestSupport
import Testing

/// Every hostile text in every column of every file: read or refused at its place, never a crash. That the program takes what passes here, and the database
/// refuses what it must, is shown with a text for each column (`HostileImportTests`).
@Suite struct HostileFolderTests {
    private static let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("fixtures/example")

    @Test func everyColumnTakesEveryText() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.example.path).filter { $0.hasSuffix(".csv") }.sorted()
        var (pairs, taken, refused) = (0, 0, 0)
        for file in files {
            let lines = try Data(contentsOf: Self.example.appendingPathComponent(file)).split(separator: 10).map { Array($0) }
            let cells = Self.cells(of: lines[1])
            for column in cells.indices {
                for text in HostileText.all {
                    var spoilt = cells
                    spoilt[column] = [0x22] + text.bytes.flatMap { $0 == 0x22 ? [$0, $0] : [$0] } + [0x22]
                    let bytes = Array(([lines[0], Array(spoilt.joined(separator: [0x2C]))] + lines.dropFirst(2)).joined(separator: [10]))
                    let (_, problems) = ImportFolder.readAll { (name) throws(ImportProblem) in name == file ? bytes : nil }
                    let own = problems.filter { $0.refusal.rule != .fileMissing }
                    #expect(own.allSatisfy { $0.location.file == file }, "\(file) \(column): \(text)")
                    pairs += 1
                    if own.isEmpty { taken += 1 } else { refused += 1 }
                }
            }
        }
        #expect(pairs > 90 * 50 && taken > 500 && refused > 2000, "\(pairs) pairs, \(taken) taken, \(refused) refused")
    }

    private static func cells(of line: [UInt8]) -> [[UInt8]] {
        var cells: [[UInt8]] = [[]]
        var isQuoted = false
        for byte in line {
            if byte == 0x22 { isQuoted.toggle() }
            if byte == 0x2C, !isQuoted { cells.append([]) } else { cells[cells.count - 1].append(byte) }
        }
        return cells
    }
}
