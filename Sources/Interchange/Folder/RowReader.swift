import Domain

/// Reads one row's cells by column name and collects what is wrong with them, so that a folder's problems come out together.
struct RowReader {
    private let cells: [String: Cell]
    let location: SourceLocation
    private(set) var problems: [ImportProblem] = []

    init(_ row: [Cell], header: [Cell], location: SourceLocation) {
        cells = Dictionary(zip(header.map(\.value), row)) { first, _ in first }
        self.location = location
    }

    /// The trimmed text of a column; nothing when it is blank, because blank means unknown.
    mutating func optional(_ column: String, atMost longest: Int = 500) -> Cell? {
        guard let cell = cells[column] else { return nil }
        let text = cell.value.trimmed
        if text.isEmpty { return nil }
        if !text.isLine(atMost: longest) {
            refuse(cell, Refusal(.textInvalid, column, String(longest)))
            return nil
        }
        return Located(text, at: cell.location)
    }

    mutating func required(_ column: String, atMost longest: Int = 500) -> Cell? {
        let before = problems.count
        let found = optional(column, atMost: longest)
        if found == nil, problems.count == before {
            problems.append(ImportProblem(at: cells[column]?.location ?? location, Refusal(.valueMissing, column)))
        }
        return found
    }

    mutating func date(_ column: String) -> CivilDate? {
        value(column, optional(column), .dateInvalid) { CivilDate($0) }
    }

    mutating func requiredDate(_ column: String) -> CivilDate? {
        value(column, required(column), .dateInvalid) { CivilDate($0) }
    }

    /// One of an enumeration's words.
    mutating func word<Words: RawRepresentable & CaseIterable>(_ column: String, _: Words.Type) -> Words? where Words.RawValue == String {
        guard let cell = required(column) else { return nil }
        if let word = Words(rawValue: cell.value) { return word }
        refuse(cell, Refusal(.valueUnknown, column, cell.value, Words.allCases.map(\.rawValue).joined(separator: ", ")))
        return nil
    }

    /// One of an enumeration's words, or of those given, where the cell is not blank.
    mutating func optionalWord<Words: RawRepresentable & CaseIterable>(
        _ column: String, _: Words.Type = Words.self
    ) -> Words? where Words.RawValue == String { optionalWord(column, Array(Words.allCases)) }

    mutating func optionalWord<Words: RawRepresentable>(_ column: String, _ words: [Words]) -> Words? where Words.RawValue == String {
        guard let cell = optional(column) else { return nil }
        if let word = words.first(where: { $0.rawValue == cell.value }) { return word }
        refuse(cell, Refusal(.valueUnknown, column, cell.value, words.map(\.rawValue).joined(separator: ", ")))
        return nil
    }

    mutating func value<Value>(_ column: String, _ cell: Cell?, _ rule: Rule, _ parse: (String) -> Value?) -> Value? {
        guard let cell else { return nil }
        if let value = parse(cell.value) { return value }
        refuse(cell, Refusal(rule, cell.value))
        return nil
    }

    mutating func refuse(_ cell: Cell, _ refusal: Refusal) { problems.append(ImportProblem(at: cell.location, refusal)) }

    mutating func refuse(_ refusal: Refusal) { problems.append(ImportProblem(at: location, refusal)) }

    func cell(_ column: String) -> Cell? { cells[column] }
}

extension String {
    /// Without spaces and tabs at either end.
    var trimmed: String {
        let isBlank: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\u{A0}" }
        var rest = unicodeScalars[...]
        while let first = rest.first, isBlank(first) { rest.removeFirst() }
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return String(rest)
    }
}
