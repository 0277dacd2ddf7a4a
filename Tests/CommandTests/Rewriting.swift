import Domain
import Interchange

/// The same table as another program would save it.
enum Rewriting {
    /// Semicolons between the cells, every cell quoted, carriage returns at the ends of lines, and none at the very end.
    static func withSemicolons(_ bytes: [UInt8], _ file: String) throws -> String {
        let table = try CSVReader.read(try SourceText(file: file, bytes: bytes))
        return ([table.header] + table.rows).map { row in
            row.map { "\"" + $0.value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" }
                .joined(separator: ";")
        }.joined(separator: "\r\n")
    }
}
