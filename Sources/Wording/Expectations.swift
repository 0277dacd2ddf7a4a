public import Domain

/// What is said of the amounts that an organisation can expect.
public enum ExpectationSentences {
    public static func heading(_ year: Int, calculatedOn day: CivilDate, in language: Language) -> String {
        language(
            "Forventet for \(year), beregnet \(day.text(in: language)):", "Expected for \(year), calculated on \(day.text(in: language)):")
    }

    public static func notCalculated(_ year: Int, in language: Language) -> String {
        language(
            "\(year) er ikke beregnet endnu: os2medlem invoice expect --year \(year)",
            "\(year) has not been calculated yet: os2medlem invoice expect --year \(year)")
    }

    public static func sum(_ net: Money, in language: Language) -> String {
        language("I alt uden moms \(net.text(in: language))", "In all, without VAT, \(net.text(in: language))")
    }

    public static func kept(_ count: Int, for year: Int, in language: Language) -> String {
        language("\(count) forventede beløb for \(year) er beregnet.", "\(count) expected amounts for \(year) were calculated.")
    }
}
