/// Writes RFC 4180 with commas and CRLF. Cells that a spreadsheet would run as a formula are neutralised with an apostrophe.
public struct CSVWriter: Sendable {
    public private(set) var text = ""

    /// - Parameter header: names of JSON members or headings; ``ColumnName`` makes columns of them.
    public init(header: [String]) { row(header.map(ColumnName.of)) }

    public mutating func row(_ cells: [String]) {
        text += cells.map(CSVWriter.cell).joined(separator: ",") + "\r\n"
    }

    private static func cell(_ value: String) -> String {
        var safe = value
        // A number may be negative; anything else that begins like a formula may not.
        if let first = value.utf8.first, "=+-@\t\r".utf8.contains(first), !isNumber(value) { safe = "'" + value }
        guard safe.utf8.contains(where: { ",\"\r\n;".utf8.contains($0) }) else { return safe }
        return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    private static func isNumber(_ value: String) -> Bool {
        let digits = value.utf8.first == 0x2D ? value.utf8.dropFirst() : value.utf8[...]
        return !digits.isEmpty && digits.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2E }
    }
}
