import Domain
import Foundation
import Interchange
import Wording

/// Standard output, and beside it what is for people only.
enum Console {
    static func print(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

    static func print(_ json: CanonicalJSON) {
        FileHandle.standardOutput.write(Data(json.bytes))
        write("\n")
    }

    /// What whoever reads the terminal is to know, beside an output that is for programs.
    static func remark(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    /// A text that ends its own last line. A long one is handed on bit by bit, so that it is not copied whole.
    static func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            for start in stride(from: 0, to: bytes.count, by: 1 << 20) {
                FileHandle.standardOutput.write(Data(bytes[start..<min(start + 1 << 20, bytes.count)]))
            }
        }
    }

    static func write(_ bytes: ArraySlice<UInt8>) { FileHandle.standardOutput.write(Data(bytes)) }

    /// A table as people read it, in pieces.
    static func write(_ table: TextTable) {
        var piece = ""
        table.forEachLine {
            piece.append($0)
            if piece.utf8.count > 65_536 {
                write(piece)
                piece.removeAll(keepingCapacity: true)
            }
        }
        write(piece)
    }

    /// A list in the format asked for; as CSV the rows of its elements, which are the API's where both list the same.
    static func list<Item: CSVRow>(
        _ items: [Item], in session: Session, columns: [(title: Heading, alignment: TextTable.Alignment)],
        row: (Item, inout TextTable) -> Void, json write: (Item, inout CanonicalJSON) throws -> Void
    ) throws {
        if session.format == .csv { return Console.write(Item.csv(items)) }
        try printed(items, in: session, columns: columns, row: row, json: write)
    }

    /// A list in the format asked for.
    static func list<Item>(
        _ items: [Item], in session: Session, columns: [(title: Heading, alignment: TextTable.Alignment)],
        row: (Item, inout TextTable) -> Void, json write: (Item, inout CanonicalJSON) throws -> Void
    ) throws {
        try printed(items, in: session, columns: columns, row: row, json: write)
    }

    private static func printed<Item>(
        _ items: [Item], in session: Session, columns: [(title: Heading, alignment: TextTable.Alignment)],
        row: (Item, inout TextTable) -> Void, json write: (Item, inout CanonicalJSON) throws -> Void
    ) throws {
        if session.format == .json {
            var json = CanonicalJSON()
            try json.array { for item in items { try write(item, &$0) } }
            return print(json)
        }
        let isCSV = session.format == .csv
        var table = TextTable(columns.map { (isCSV ? $0.title.english : $0.title.text(in: session.language), $0.alignment) })
        for item in items { row(item, &table) }
        if isCSV { Console.write(table.csv) } else { Console.write(table) }
    }
}
