import Domain

/// Adds a table's rows up by area and day. An area and day that stand twice are two answers to one question.
struct StatbankSums {
    private struct Key: Hashable {
        let area: String
        let day: CivilDate
    }

    private var sums: [Key: Int64] = [:]
    private var order: [(key: Key, area: Cell)] = []
    private var seen: Set<String> = []
    private(set) var problems: [ImportProblem] = []

    /// - Parameter row: what tells this row from the others of the same area and day.
    mutating func add(_ number: Int32, of area: Cell, on day: CivilDate, row: String, at cell: Cell) {
        let name = area.value.trimmed
        guard seen.insert("\(name);\(day);\(row)").inserted else {
            problems.append(ImportProblem(at: area.location, Refusal(.figuresAmbiguous, "areaTwice", name)))
            return
        }
        let key = Key(area: name, day: day)
        if sums[key] == nil { order.append((key, Located(name, at: area.location))) }
        sums[key, default: 0] += Int64(number)
    }

    /// In the order of the file. More people than a number can hold are refused.
    func figures(_ problems: inout [ImportProblem]) -> [StatbankFigure] {
        var figures: [StatbankFigure] = []
        for (key, area) in order {
            guard let inhabitants = sums[key].flatMap({ Int32(exactly: $0) }) else {
                problems.append(ImportProblem(at: area.location, Refusal(.numberInvalid, area.value)))
                continue
            }
            figures.append(StatbankFigure(area: area, countedOn: key.day, inhabitants: inhabitants))
        }
        return figures
    }
}

/// The days StatBank counts on.
enum StatbankDay {
    private static let months = ["januar": 1, "april": 4, "juli": 7, "oktober": 10]

    /// `2026` is 1 January; `2026K3` the first day of its third quarter; `1. januar 2026` and `2026-01-01` are what they say.
    static func read(_ text: String) -> CivilDate? {
        if let day = CivilDate(text) { return day }
        let words = text.split(separator: " ")
        if words.count == 3, words[0] == "1.", let month = months[words[1].lowercased()], let year = year(words[2]) {
            return CivilDate(year: year, month: month, day: 1)
        }
        guard let year = year(text.prefix(4)) else { return nil }
        let rest = text.dropFirst(4)
        if rest.isEmpty { return CivilDate(year: year, month: 1, day: 1) }
        guard rest.utf8.count == 2, rest.hasPrefix("K") || rest.hasPrefix("Q"), let quarter = Int(rest.dropFirst()),
            (1...4).contains(quarter)
        else { return nil }
        return CivilDate(year: year, month: quarter * 3 - 2, day: 1)
    }

    private static func year(_ text: some StringProtocol) -> Int? {
        guard text.utf8.count == 4, text.utf8.allSatisfy(\.isDigit), let year = Int(text), (1900...2200).contains(year) else { return nil }
        return year
    }
}
