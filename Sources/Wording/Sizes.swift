public import Domain

extension SizeFact {
    /// What is known of a size: `48602 indbyggere 1. januar 2020`, and a placement by hand with its decision.
    public func text(in language: Language) -> String {
        let parts = [
            headcount.map {
                language(
                    "\($0.inhabitants) indbyggere \($0.countedOn.text(in: language))",
                    "\($0.inhabitants) inhabitants on \($0.countedOn.text(in: language))")
            },
            placement.map {
                language(
                    "placeret som \($0.sizeClass.text(in: language)) (\($0.decision.reference))",
                    "placed as \($0.sizeClass.text(in: language)) (\($0.decision.reference))")
            },
        ]
        .compactMap { $0 }
        return parts.isEmpty ? language("ukendt", "unknown") : parts.joined(separator: ", ")
    }
}
