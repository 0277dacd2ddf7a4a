/// Rows under a header, as aligned text or CSV from the same cells.
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
        var text = ""
        forEachLine { text.append($0) }
        return text
    }

    /// The lines of ``text``, each with its end, one after the other: a long table is as long again as one text.
    public func forEachLine(_ body: (String) -> Void) {
        let titles = columns.map(\.title)
        // What people see as one character counts as one, which takes longest: once for each cell.
        let lengths = ([titles] + rows).map { $0.map { Int32(clamping: $0.count) } }
        var widths = [Int32](repeating: 0, count: columns.count)
        for line in lengths {
            for (column, length) in line.enumerated() where column < widths.count { widths[column] = max(widths[column], length) }
        }
        body(line(titles, lengths[0], widths))
        for (cells, lengths) in zip(rows, lengths.dropFirst()) { body(line(cells, lengths, widths)) }
    }

    private func line(_ cells: [String], _ lengths: [Int32], _ widths: [Int32]) -> String {
        var text = ""
        // Blanks are owed until something stands behind them.
        var owed = 0
        for (column, cell) in cells.enumerated() where column < columns.count {
            let padding = Int(widths[column] - lengths[column])
            if columns[column].alignment == .trailing { owed += padding }
            if lengths[column] > 0 {
                text.append(String(repeating: " ", count: owed))
                text.append(cell)
                owed = 0
            }
            if columns[column].alignment == .leading { owed += padding }
            owed += 2
        }
        text.append("\n")
        return text
    }

    public var csv: String {
        var writer = CSVWriter(header: columns.map(\.title))
        for cells in rows { writer.row(cells) }
        return writer.text
    }
}
