/// An element of a list as a row of a table: English words of the program, days as dates, amounts in kroner with two decimals and a point.
///
/// Headings are the names of the JSON members, amounts without `Minor`, as ``ColumnName`` writes them. What is nested there is counted or joined in one cell.
/// The API writes its lists so, and the command line those whose elements are the same.
public protocol CSVRow {
    static var csvHeader: [String] { get }
    /// As many as ``csvHeader``; what is not known is empty.
    var csvCells: [String] { get }
}

extension CSVRow {
    /// Rows under their header.
    public static func csv(_ rows: some Sequence<Self>) -> String {
        var writer = CSVWriter(header: csvHeader)
        for row in rows { writer.row(row.csvCells) }
        return writer.text
    }
}

/// An optional value as a cell.
func cell(_ value: (some CustomStringConvertible)?) -> String { value?.description ?? "" }
