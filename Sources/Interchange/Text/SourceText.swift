public import Domain

/// The text of one file: UTF-8 without NUL, at most 64 MiB, with or without a byte order mark.
public struct SourceText: Sendable {
    public static let largestFile = 64 * 1024 * 1024

    /// The file's name inside its folder.
    public let file: String
    public let scalars: String.UnicodeScalarView

    /// - Throws: ``ImportProblem`` at the first byte that is not UTF-8 (a file in Latin-1 says so here), at the first NUL, or by `FILE_TOO_LARGE`.
    public init(file: String, bytes: [UInt8]) throws(ImportProblem) {
        self.file = file
        guard bytes.count <= SourceText.largestFile else {
            throw ImportProblem(
                at: SourceLocation(file: file, line: 1, column: 1), Refusal(.fileTooLarge, String(SourceText.largestFile / 1_048_576)))
        }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        if let nul = content.firstIndex(of: 0) {
            throw ImportProblem(at: SourceText.location(of: nul, in: content, file), Refusal(.fileEncoding, "NUL"))
        }
        guard let text = String(validating: content, as: UTF8.self) else {
            let broken = SourceText.firstBroken(in: content)
            throw ImportProblem(
                at: SourceText.location(of: broken, in: content, file),
                Refusal(.fileEncoding, "0x" + String(content[broken], radix: 16, uppercase: true)))
        }
        scalars = text.unicodeScalars
    }

    public var text: String { String(scalars) }

    /// The first byte that no valid text can have in its place. Only asked for text that is known to be broken.
    private static func firstBroken(in bytes: ArraySlice<UInt8>) -> Int {
        // Well-formed text comes back unchanged, so the first difference is at the first repair.
        let repaired = Array(String(decoding: bytes, as: UTF8.self).utf8)
        let same = zip(bytes, repaired).prefix { $0 == $1 }.count
        return min(bytes.startIndex + same, bytes.endIndex - 1)
    }

    private static func location(of index: Int, in bytes: ArraySlice<UInt8>, _ file: String) -> SourceLocation {
        let before = bytes[bytes.startIndex..<index]
        let line = before.count { $0 == 0x0A } + 1
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? bytes.startIndex
        // Continuation bytes are not columns.
        return SourceLocation(file: file, line: line, column: before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1)
    }
}
