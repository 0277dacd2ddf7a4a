public import Domain

/// One cell and where it begins.
public typealias Cell = Located<String>

/// A table read from CSV: a header and rows of the same width.
public struct CSVTable: Sendable {
    public let header: [Cell]
    public let rows: [[Cell]]
    public let end: SourceLocation
}

/// Reads RFC 4180: comma or semicolon (whichever the header line has first), quotes doubled inside quotes, LF or CRLF, blank lines passed over.
///
/// What other readers let pass is refused, each with its place: an unclosed quote, text after a closing quote, a quote inside a bare cell, ragged
/// rows, doubled headers, and cells of more than 10,000 characters.
public struct CSVReader {
    public static let longestCell = 10_000

    private let file: String
    private let scalars: String.UnicodeScalarView
    private var index: String.UnicodeScalarView.Index
    private var line = 1
    private var column = 1
    private let separator: Unicode.Scalar

    /// - Throws: ``ImportRefused`` with every ragged row at once, or the one fault after which the rest cannot be read.
    public static func read(_ source: SourceText) throws(ImportRefused) -> CSVTable {
        var reader = CSVReader(source)
        do {
            return try reader.table()
        } catch let problem as ImportProblem {
            throw ImportRefused([problem])
        } catch let refused as ImportRefused {
            throw refused
        } catch {
            throw ImportRefused([ImportProblem(at: reader.here, Refusal(.csvMalformed, "\(error)"))])
        }
    }

    private init(_ source: SourceText) {
        file = source.file
        scalars = source.scalars
        index = scalars.startIndex
        let text = scalars.drop { $0 == "\n" || $0 == "\r" }
        separator = text.first { $0 == "," || $0 == ";" || $0 == "\n" } == ";" ? ";" : ","
    }

    private var here: SourceLocation { SourceLocation(file: file, line: line, column: column) }

    private mutating func table() throws -> CSVTable {
        guard let header = try record() else {
            throw ImportProblem(at: here, Refusal(.csvMalformed, "empty"))
        }
        var problems: [ImportProblem] = []
        var names: Set<String> = []
        for cell in header where !names.insert(cell.value).inserted {
            problems.append(ImportProblem(at: cell.location, Refusal(.columnDoubled, cell.value)))
        }
        var rows: [[Cell]] = []
        while let row = try record() {
            if row.count == header.count {
                rows.append(row)
            } else if let first = row.first {
                problems.append(ImportProblem(at: first.location, Refusal(.rowRagged, String(row.count), String(header.count))))
            }
        }
        guard problems.isEmpty else { throw ImportRefused(problems) }
        return CSVTable(header: header, rows: rows, end: here)
    }

    /// The next line with anything on it; nothing at the end of the file.
    private mutating func record() throws(ImportProblem) -> [Cell]? {
        while let scalar = peek, scalar == "\n" || (scalar == "\r" && peekNext == "\n") { advance() }
        guard peek != nil else { return nil }
        var cells: [Cell] = []
        while true {
            cells.append(try cell())
            switch peek {
            case separator: advance()
            case "\r"?:
                advance()
                fallthrough
            case "\n"?:
                advance()
                return cells
            default: return cells
            }
        }
    }

    private mutating func cell() throws(ImportProblem) -> Cell {
        let start = here
        var text = String.UnicodeScalarView()
        var length = 0
        func append(_ scalar: Unicode.Scalar) throws(ImportProblem) {
            length += 1
            if length > CSVReader.longestCell { throw ImportProblem(at: start, Refusal(.cellTooLong, String(CSVReader.longestCell))) }
            text.append(scalar)
        }
        guard peek == "\"" else {
            while let scalar = peek, scalar != separator, scalar != "\n", !(scalar == "\r" && peekNext == "\n") {
                if scalar == "\"" { throw ImportProblem(at: here, Refusal(.csvMalformed, "quoteInBareCell")) }
                try append(scalar)
                advance()
            }
            return Located(String(text), at: start)
        }
        advance()
        while let scalar = peek {
            advance()
            if scalar != "\"" {
                try append(scalar)
            } else if peek == "\"" {
                try append("\"")
                advance()
            } else {
                if let after = peek, after != separator, after != "\n", !(after == "\r" && peekNext == "\n") {
                    throw ImportProblem(at: here, Refusal(.csvMalformed, "textAfterQuote"))
                }
                return Located(String(text), at: start)
            }
        }
        throw ImportProblem(at: start, Refusal(.csvMalformed, "unclosedQuote"))
    }

    private var peek: Unicode.Scalar? { index < scalars.endIndex ? scalars[index] : nil }

    private var peekNext: Unicode.Scalar? {
        guard index < scalars.endIndex else { return nil }
        let next = scalars.index(after: index)
        return next < scalars.endIndex ? scalars[next] : nil
    }

    private mutating func advance() {
        if scalars[index] == "\n" {
            line += 1
            column = 1
        } else {
            column += 1
        }
        index = scalars.index(after: index)
    }
}
