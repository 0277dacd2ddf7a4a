import Domain
import Foundation
import Interchange
import TestSupport
import Testing

/// Whatever bytes a folder holds, reading it ends: with a draft, or with problems that lie inside the file they name.
@Suite struct DamagedFolderTests {
    private static let seed: UInt64 = 0x05_2027

    @Test(arguments: 0..<400)
    func randomDamageNeverTraps(round: Int) throws {
        var generator = SeededGenerator(seed: Self.seed &+ UInt64(round))
        var files: [String: [UInt8]] = [:]
        for file in ImportFolder.files {
            files[file] = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(ExampleFolder.path)/\(file)")))
        }
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let file = try ImportFolder.files.randomElement(using: &generator).orThrow("no files")
            files[file]?.damage(&generator)
        }
        let (_, problems) = ImportFolder.readAll { (file) throws(ImportProblem) in files[file] }
        for problem in problems {
            let bytes = try files[problem.location.file].orThrow("a problem in \(problem.location.file), round \(round)")
            let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            #expect((1...lines.count + 1).contains(problem.location.line), "\(problem), round \(round)")
            let line = problem.location.line <= lines.count ? lines[problem.location.line - 1].count : 0
            #expect((1...line + 1).contains(problem.location.column), "\(problem), round \(round)")
        }
    }
}

extension [UInt8] {
    /// One kind of damage that disks, editors and mail programs do.
    fileprivate mutating func damage(_ generator: inout SeededGenerator) {
        guard !isEmpty else { return }
        let place = Int.random(in: 0..<count, using: &generator)
        let rest = place..<Swift.min(count, place + Int.random(in: 1...200, using: &generator))
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: self[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: removeSubrange(rest)
        case 2: insert(contentsOf: self[rest], at: place)
        case 3: removeSubrange(place...)
        case 4: insert(contentsOf: (0..<20).map { _ in UInt8.random(in: 0...255, using: &generator) }, at: place)
        case 5:
            replaceSubrange(rest, with: [UInt8](repeating: [0x22, 0x0A, 0x2C, 0x5B, 0x7B, 0x26, 0x2A, 0x3A][place % 8], count: rest.count))
        case 6: insert(contentsOf: [0xEF, 0xBB, 0xBF], at: place)
        default: insert(contentsOf: Array("\"\r\n- &a *a : | > ? !!x %\u{2028}\u{0}".utf8), at: place)
        }
    }
}
