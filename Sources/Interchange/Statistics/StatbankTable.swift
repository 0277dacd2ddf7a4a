public import Domain

/// A number of inhabitants as Statistics Denmark's StatBank states it.
public struct StatbankFigure: Sendable, Equatable {
    /// A municipality's name or code, where it is first read.
    public let area: Located<String>
    public let countedOn: CivilDate
    public let inhabitants: Int32
}

/// Reads a table of inhabitants (BY2, FOLK1A and their like) as StatBank saves it as CSV with semicolons: UTF-8 or Latin-1, with or without title lines,
/// as a list (`OMRÅDE;KØN;TID;INDHOLD`) or with a column for each day (`;2025;2026`).
///
/// Rows are summed over sex, age and town size where no total is among them. Whatever could be read in two ways is refused at its line and column.
public struct StatbankTable {
    private let table: CSVTable
    private var problems: [ImportProblem] = []

    /// - Throws: ``ImportRefused`` with every problem.
    public static func read(file: String, bytes: [UInt8]) throws(ImportRefused) -> [StatbankFigure] {
        do {
            let source = try SourceText(file: file, bytes: latinAsUTF8(bytes))
            guard let bare = withoutNotes(source) else {
                throw ImportProblem(at: SourceLocation(file: file, line: 1, column: 1), Refusal(.figuresAmbiguous, "noHeader", file))
            }
            var reader = StatbankTable(try CSVReader.read(try SourceText(file: file, bytes: Array(bare.utf8))))
            let figures = reader.figures()
            guard reader.problems.isEmpty else { throw ImportRefused(reader.problems) }
            guard !figures.isEmpty else { throw ImportProblem(at: reader.table.end, Refusal(.csvMalformed, "empty")) }
            return figures
        } catch let problem as ImportProblem {
            throw ImportRefused([problem])
        } catch let refused as ImportRefused {
            throw refused
        } catch {
            throw ImportRefused([
                ImportProblem(at: SourceLocation(file: file, line: 1, column: 1), Refusal(.csvMalformed, "\(error)"))
            ])
        }
    }

    private init(_ table: CSVTable) { self.table = table }

    /// Bytes that are not UTF-8 are Latin-1, in which every byte is a character of its own.
    private static func latinAsUTF8(_ bytes: [UInt8]) -> [UInt8] {
        if String(validating: bytes, as: UTF8.self) != nil { return bytes }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: bytes.lazy.map { Unicode.Scalar($0) })
        return Array(String(text).utf8)
    }

    /// The text with the title lines above the heading, and the notes that follow a blank line below, made blank, so that places stay; nothing without a
    /// heading.
    private static func withoutNotes(_ source: SourceText) -> String? {
        var lines = source.scalars.split(separator: "\n", omittingEmptySubsequences: false).map { String(String.UnicodeScalarView($0)) }
        guard let heading = lines.firstIndex(where: { isHeading(cells(of: $0)) }) else { return nil }
        for index in 0..<heading { lines[index] = "" }
        var end = lines.count
        while end > heading + 1, !lines[end - 1].unicodeScalars.contains(";") { end -= 1 }
        // Without a blank line before it, a line without a semicolon is a row that was cut off.
        let rest = lines[end...].drop { !cells(of: $0).allSatisfy(\.isEmpty) }
        for index in rest.indices { lines[index] = "" }
        return lines.joined(separator: "\n")
    }

    private static func cells(of line: String) -> [String] {
        line.unicodeScalars.split(separator: ";", omittingEmptySubsequences: false).map {
            String(String.UnicodeScalarView($0.filter { $0 != "\"" && $0 != "\r" })).trimmed
        }
    }

    private static func isHeading(_ cells: [String]) -> Bool {
        let words = cells.map { $0.uppercased() }
        if words.contains("TID"), words.contains("INDHOLD"), words.contains(where: areaHeadings.contains) { return true }
        guard let first = words.first, first.isEmpty || areaHeadings.contains(first) else { return false }
        return cells.count > 1 && cells.dropFirst().allSatisfy { StatbankDay.read($0) != nil }
    }

    private static let areaHeadings: Set<String> = ["OMRÅDE", "KOMK", "KOMMUNE", "KOMMUNEDK", "KOMMUNER", "OMRÅDER"]

    private mutating func figures() -> [StatbankFigure] {
        let words = table.header.map { $0.value.trimmed.uppercased() }
        guard let time = words.firstIndex(of: "TID"), let content = words.firstIndex(of: "INDHOLD"),
            let area = words.firstIndex(where: StatbankTable.areaHeadings.contains)
        else {
            return byColumns()
        }
        let others = words.indices.filter { ![time, content, area].contains($0) }
        var rows = table.rows
        for column in others { rows = counted(rows, by: column, named: words[column]) }
        var sums = StatbankSums()
        for row in rows {
            guard let day = read(row[time], .dateInvalid, StatbankDay.read), let number = read(row[content], .numberInvalid, count) else {
                continue
            }
            sums.add(number, of: row[area], on: day, row: others.map { row[$0].value }.joined(separator: ";"), at: row[content])
        }
        problems += sums.problems
        return sums.figures(&problems)
    }

    /// A column for each day.
    private mutating func byColumns() -> [StatbankFigure] {
        var sums = StatbankSums()
        for row in table.rows {
            for (heading, cell) in zip(table.header, row).dropFirst() {
                guard let day = StatbankDay.read(heading.value.trimmed), let number = read(cell, .numberInvalid, count) else { continue }
                sums.add(number, of: row[0], on: day, row: "", at: cell)
            }
        }
        problems += sums.problems
        return sums.figures(&problems)
    }

    private mutating func read<Value>(_ cell: Cell, _ rule: Rule, _ parse: (String) -> Value?) -> Value? {
        if let value = parse(cell.value.trimmed) { return value }
        problems.append(ImportProblem(at: cell.location, Refusal(rule, cell.value)))
        return nil
    }

    private func count(_ text: String) -> Int32? { text.utf8.allSatisfy(\.isDigit) ? Int32(text) : nil }

    /// The rows of the column's total, where it has one; else all, where they are known to be all of the people.
    private mutating func counted(_ rows: [[Cell]], by column: Int, named name: String) -> [[Cell]] {
        let values = Set(rows.map { $0[column].value.trimmed.lowercased() })
        let totals = values.filter(StatbankTable.isTotal)
        if totals.count == 1 { return rows.filter { totals.contains($0[column].value.trimmed.lowercased()) } }
        if totals.isEmpty, StatbankTable.areEverybody(values, in: name) { return rows }
        if !rows.isEmpty {
            let fault = totals.isEmpty ? "partOfPeople" : "severalTotals"
            problems.append(ImportProblem(at: table.header[column].location, Refusal(.figuresAmbiguous, fault, name)))
        }
        return []
    }

    private static func isTotal(_ value: String) -> Bool {
        value == "tot" || value == "ialt" || value == "total" || value.hasSuffix("i alt") || value.hasPrefix("all ")
    }

    /// Do the values of a column add up to everybody? Both sexes; ages from 0 to the oldest; several town sizes. Of other columns nobody can tell.
    private static func areEverybody(_ values: Set<String>, in name: String) -> Bool {
        switch name {
        case "KØN", "KOEN", "KON": return values == ["mænd", "kvinder"] || values == ["m", "k"] || values == ["1", "2"]
        case "ALDER":
            let ages = values.compactMap { value in Int(value.prefix { $0.isASCII && $0.isNumber }) }
            return ages.contains(0) && ages.contains { $0 >= 90 } && ages.count == values.count
        case "BYST", "BYSTØRRELSE": return values.count > 1
        default: return false
        }
    }
}
