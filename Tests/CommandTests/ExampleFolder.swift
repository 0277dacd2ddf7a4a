import Foundation
import TestSupport

/// A copy of the example association's folder that a test may spoil.
struct ExampleFolder {
    static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../fixtures/example")
        .standardized.path

    let path: String

    init() throws {
        path = ThrowawayFolder.make() + "/folder"
        try FileManager.default.copyItem(atPath: ExampleFolder.path, toPath: path)
    }

    func bytes(of file: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)"))) }

    func text(of file: String) throws -> String { String(decoding: try bytes(of: file), as: UTF8.self) }

    func write(_ bytes: [UInt8], to file: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(file)")) }

    func append(_ text: String, to file: String) throws { try write(try bytes(of: file) + Array(text.utf8), to: file) }

    func remove(_ file: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(file)") }

    /// Replaces the first occurrence, which must be there.
    func replace(_ old: String, with new: String, in file: String) throws {
        let text = try text(of: file)
        guard let range = text.range(of: old) else { throw Missing("\(file) has no \(old)") }
        try write(Array(text.replacingCharacters(in: range, with: new).utf8), to: file)
    }

    /// `file:line:column` of the first occurrence, as a refusal names it.
    func place(of needle: String, in file: String) throws -> String {
        let text = try text(of: file)
        guard let range = text.range(of: needle) else { throw Missing("\(file) has no \(needle)") }
        let before = text[..<range.lowerBound].unicodeScalars
        let line = before.count { $0 == "\n" } + 1
        let column = before.reversed().prefix { $0 != "\n" }.count + 1
        return "\(file):\(line):\(column)"
    }
}
