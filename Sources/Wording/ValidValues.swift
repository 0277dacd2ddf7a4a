/// What a parameter of a request may be, as it is said to whoever sent something else.
public enum ValidValues: Sendable, Hashable {
    case numbers(ClosedRange<Int64>)
    /// Characters, none of them a control character.
    case text(ClosedRange<Int>)
    case day
    case words([String])
    /// A day that is not before the one of another parameter.
    case notBefore(String)

    public func sentence(on name: String, in language: Language) -> String {
        switch self {
        case .numbers(let range) where range.upperBound == .max:
            language(
                "»\(name)« skal være et helt tal fra \(range.lowerBound)", "\"\(name)\" has to be a whole number from \(range.lowerBound)")
        case .numbers(let range):
            language(
                "»\(name)« skal være et helt tal fra \(range.lowerBound) til \(range.upperBound)",
                "\"\(name)\" has to be a whole number from \(range.lowerBound) to \(range.upperBound)")
        case .text(let range):
            language(
                "»\(name)« skal være \(range.lowerBound) til \(range.upperBound) tegn uden styretegn",
                "\"\(name)\" has to be \(range.lowerBound) to \(range.upperBound) characters, none of them a control character")
        case .day: language("»\(name)« skal være en dag, som findes: ÅÅÅÅ-MM-DD", "\"\(name)\" has to be a day that exists: YYYY-MM-DD")
        case .words(let words):
            language(
                "»\(name)« skal være et af: \(words.joined(separator: ", "))",
                "\"\(name)\" has to be one of: \(words.joined(separator: ", "))")
        case .notBefore(let other):
            language("»\(name)« må ikke ligge før »\(other)«", "\"\(name)\" may not lie before \"\(other)\"")
        }
    }
}
