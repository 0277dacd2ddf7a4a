/// Rows under a header, printed the way the caller asked: aligned text, CSV or JSON come from the same cells and shapes.
public struct TextTable: Sendable {
    public enum Alignment: Sendable {
        case leading, trailing
    }

    private let columns: [(title: String, alignment: Alignment)]
    private var rows: [[String]] = []

    public init(_ columns: [(title: String, alignment: Alignment)]) { self.columns = columns }

    public mutating func row(_ cells: String...) { rows.append(cells) }

    public mutating func row(_ cells: [String]) { rows.append(cells) }

    public var isEmpty: Bool { rows.isEmpty }

    /// Aligned columns, two spaces apart, without trailing blanks.
    public var text: String {
        let titles = columns.map(\.title)
        let widths = columns.indices.map { column in
            ([titles] + rows).map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        let lines = ([titles] + rows).map { cells in
            var line = ""
            for (column, cell) in cells.enumerated() where column < columns.count {
                let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
                line += columns[column].alignment == .leading ? cell + padding : padding + cell
                if column < cells.count - 1 { line += "  " }
            }
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
        return lines.map { $0 + "\n" }.joined()
    }

    public var csv: String {
        var writer = CSVWriter(header: columns.map(\.title))
        for cells in rows { writer.row(cells) }
        return writer.text
    }
}
