import Domain
import Foundation
import Interchange
import Postgres
import TestSupport
import Testing

/// Hostile texts in the values and names of the YAML files of an import: taken as they are or refused, never a crash, and never half of a file.
@Suite(.serialized) struct HostileYAMLTests {
    /// How a text is put into a file: as a careful program writes it, as a careless one does, and as it is.
    enum Style: CaseIterable {
        case escaped, quoted, plain

        func written(_ bytes: [UInt8]) -> [UInt8] {
            switch self {
            case .escaped:
                // Bytes that are no characters cannot be escaped; they are left as they are.
                let digits = Array("0123456789ABCDEF".utf8)
                return [0x22]
                    + bytes.flatMap { byte -> [UInt8] in
                        switch byte {
                        case 0x22, 0x5C: [0x5C, byte]
                        case 0..<0x20, 0x7F: [0x5C, 0x78, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                        default: [byte]
                        }
                    } + [0x22]
            case .quoted: return [0x27] + bytes.flatMap { $0 == 0x27 ? [$0, $0] : [$0] } + [0x27]
            case .plain: return bytes
            }
        }
    }

    /// A scalar in a file: which it is, and what stands there.
    struct Place: Sendable, CustomStringConvertible {
        let file: String
        let path: String
        let location: Domain.SourceLocation
        let value: String

        var description: String { "\(location) \(path)" }

        /// Puts bytes in the place of what is there.
        func set(_ bytes: [UInt8], in folder: ExampleFolder) throws {
            var lines = try folder.bytes(of: file).split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
            let text = String(decoding: lines[location.line - 1], as: UTF8.self).unicodeScalars
            let before = Array(String(text.prefix(location.column - 1)).utf8)
            lines[location.line - 1].replaceSubrange(before.count..<before.count + value.utf8.count, with: bytes)
            try folder.write(Array(lines.joined(separator: [10])), to: file)
        }
    }

    /// One place for each name and each field that a file has, wherever it stands first.
    static func places() throws -> [Place] {
        let folder = try ExampleFolder()
        var known: Set<String> = []
        return try ["association.yaml", "rates.yaml"].flatMap { file in
            let lines = try folder.text(of: file).components(separatedBy: "\n").map { Array($0.unicodeScalars) }
            var places: [Place] = []
            func add(_ text: Located<String>, _ path: String) {
                let (line, column) = (lines[text.location.line - 1], text.location.column - 1)
                // What is folded over lines stands nowhere as it is.
                guard line[column...].starts(with: text.value.unicodeScalars), known.insert("\(file) \(path)").inserted else { return }
                places.append(Place(file: file, path: path, location: text.location, value: text.value))
            }
            func walk(_ value: YAMLValue, _ path: String) {
                switch value {
                case .text(let text): add(text, path)
                case .list(let values, _): for value in values { walk(value, path) }
                case .mapping(let pairs, _):
                    for (key, value) in pairs {
                        add(key, "\(path)/\(key.value) itself")
                        walk(value, "\(path)/\(key.value)")
                    }
                }
            }
            walk(try YAMLReader.read(try SourceText(file: file, bytes: try folder.bytes(of: file))), "")
            return places
        }
    }

    @Test func everyFieldTakesHostileTextsOrRefusesThem() async throws {
        let places = try Self.places()
        #expect(places.count > 60, "\(places)")
        let texts = HostileText.all
        let component = try places.first { $0.path.hasSuffix("/component") }.orThrow("a component")
        let trials =
            places.enumerated().map { ($1, texts[$0 % texts.count], $0 % 3 == 0 ? Style.plain : .escaped) }
            + stride(from: 2, to: texts.count, by: 5).map { (component, texts[$0], .escaped) }
        #expect(trials.count > texts.count)
        // Two at a time, each on a database of its own.
        let counts = try await withThrowingTaskGroup(of: [Int32: Int].self) { group in
            for half in 0..<2 {
                group.addTask {
                    var ends: [Int32: Int] = [:]
                    let database = try await CommandDatabase.empty()
                    var stored = try await database.digest()
                    for (index, (place, text, style)) in trials.enumerated() where index % 2 == half {
                        let folder = try ExampleFolder()
                        try place.set(style.written(text.bytes), in: folder)
                        let result = try await database.command("import", folder.path, "--today", "2026-12-01", "--as", "importer")
                        let status = result.status ?? -1
                        ends[status, default: 0] += 1
                        #expect([0, 65].contains(status), "\(place): \(style) \(text): \(status) \(result.errors)")
                        let now = try await database.digest()
                        if status == 0 {
                            stored = now
                            guard place.path == component.path, style == .escaped else { continue }
                            let name = String(decoding: text.bytes, as: UTF8.self)
                            let isThere = try await database.connect {
                                try await $0.only("SELECT EXISTS (SELECT FROM rate_row WHERE component = \(name))", as: Bool.self)
                            }
                            #expect(isThere, "\(text) is stored as something else")
                        } else {
                            // All or nothing, and it is said where.
                            #expect(now == stored, "\(place): \(style) \(text)")
                            #expect(result.errors.hasPrefix("\(place.file):"), "\(place): \(style) \(text): \(result.errors)")
                        }
                        try? FileManager.default.removeItem(atPath: folder.path)
                    }
                    return ends
                }
            }
            return try await group.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        }
        #expect(counts[0, default: 0] > 8 && counts[65, default: 0] > 60, "\(counts)")
    }

    /// Every text in every style, as the name of a price.
    @Test func whatIsTakenIsTakenAsItIs() throws {
        let place = try Self.places().first { $0.path.hasSuffix("/component") }.orThrow("a component")
        var (taken, refused) = (0, 0)
        for text in HostileText.all {
            for style in Style.allCases {
                let folder = try ExampleFolder()
                try place.set(style.written(text.bytes), in: folder)
                do {
                    let source = try SourceText(file: place.file, bytes: try folder.bytes(of: place.file))
                    let found = Self.texts(of: try YAMLReader.read(source)).first { $0.location == place.location }?.value
                    // Without quotes a text may be any YAML; and a line that is broken in quotes is a space, which is YAML as well.
                    let isWhole = style == .escaped || (style == .quoted && !text.bytes.contains { $0 == 10 || $0 == 13 })
                    if isWhole { #expect(found.map { Array($0.utf8) } == text.bytes, "\(style) \(text)") }
                    taken += 1
                } catch let problem as ImportProblem {
                    #expect(problem.location.file == place.file)
                    refused += 1
                }
                try? FileManager.default.removeItem(atPath: folder.path)
            }
        }
        #expect(taken > 100 && refused > 20, "\(taken) taken, \(refused) refused")
    }

    private static func texts(of value: YAMLValue) -> [Located<String>] {
        switch value {
        case .text(let text): [text]
        case .list(let values, _): values.flatMap(texts)
        case .mapping(let pairs, _): pairs.flatMap { [$0.key] + texts(of: $0.value) }
        }
    }
}
