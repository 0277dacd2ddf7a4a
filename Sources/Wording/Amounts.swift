public import Domain

extension Money {
    /// Kroner the way people read them: `25.000,00` in Danish, `25,000.00` in English.
    public func text(in language: Language) -> String {
        let parts = description.split(separator: ".")
        let isNegative = minorUnits < 0
        var digits = String(parts[0].drop { $0 == "-" })
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        groups.insert(digits, at: 0)
        let whole = groups.joined(separator: language(".", ","))
        return (isNegative ? "-" : "") + whole + language(",", ".") + parts[1]
    }
}

extension CivilDate {
    private static let danishMonths = [
        "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december",
    ]
    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]

    /// The day in words: `1. juli 2027`, `1 July 2027`.
    public func text(in language: Language) -> String {
        let (year, month, day) = components
        return language("\(day). \(CivilDate.danishMonths[month - 1]) \(year)", "\(day) \(CivilDate.englishMonths[month - 1]) \(year)")
    }
}

extension DecimalFigure {
    /// The figure with the language's decimal mark.
    public func text(in language: Language) -> String {
        language(description.split(separator: ".").joined(separator: ","), description)
    }
}

extension Term {
    func text(in language: Language) -> String {
        guard let last else { return language("fra \(first.text(in: language))", "from \(first.text(in: language))") }
        return language(
            "fra \(first.text(in: language)) til og med \(last.text(in: language))",
            "from \(first.text(in: language)) through \(last.text(in: language))")
    }
}
