/// The two languages everything a person reads exists in.
public enum Language: String, Sendable, CaseIterable {
    case danish = "da"
    case english = "en"

    /// Picks the sentence in this language.
    func callAsFunction(_ danish: @autoclosure () -> String, _ english: @autoclosure () -> String) -> String {
        self == .danish ? danish() : english()
    }
}
