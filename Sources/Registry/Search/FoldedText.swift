import Postgres

/// How names are compared when somebody looks for one: in small letters, and with æ, ø and å as they are written on a foreign keyboard, so that Aarhus
/// is found as Århus and Sønderborg as soenderborg.
///
/// The letters become plain ones rather than the other way round, because trigrams of others depend on the locale the database was made with.
enum FoldedText {
    /// How much of what was asked for a name must hold, as trigrams in a row of its words, to be a hit: 0…1. At 0.4 one wrong, missing, doubled or swapped letter in a
    /// word of six is forgiven; what is looked for inside a longer text is not held against it.
    static let threshold: SQL = "0.4"

    static func folded(_ text: SQL) -> SQL {
        """
        replace(replace(replace(lower(\(text) COLLATE "da-x-icu"), 'å', 'aa'), 'ø', 'oe'), 'æ', 'ae')
        """
    }

    /// The condition that a name holds a text, or nearly; always true when nothing is looked for. There is no pattern in it, so `%` and `_` are what they
    /// are.
    ///
    /// - Parameter numbers: columns that hit when they are the text exactly.
    static func finds(_ text: String?, in name: SQL, numbers: [SQL] = []) -> SQL {
        guard let text else { return "true" }
        let (wanted, held) = (folded("\(text)::text"), folded(name))
        let exact = numbers.reduce("false" as SQL) { "\($0) OR \($1) = \(text)" }
        return """
            (position(\(wanted) IN \(held)) > 0 OR word_similarity(\(wanted), \(held)) >= \(threshold) OR \(exact))
            """
    }

    /// How well a name fits a text that it holds or nearly holds: 1000 is the same, 950 begins with it, 900 has it inside, and below that it is
    /// how many thousandths of the text's trigrams the name has in a row of its words.
    static func score(_ text: SQL, of name: SQL) -> SQL {
        let held = folded(name)
        return """
            (CASE WHEN \(held) = \(text) THEN 1000 WHEN starts_with(\(held), \(text)) THEN 950 WHEN position(\(text) IN \(held)) > 0 THEN 900
                ELSE least(round(1000 * word_similarity(\(text), \(held))), 899) END)::integer
            """
    }

    /// What a list is sorted by before all else when somebody looks for a text: the best score first; nothing where nothing is looked for.
    ///
    /// - Parameter numbers: columns that are a whole hit when they are the text exactly.
    static func likeness(to text: String?, of names: [SQL], numbers: [SQL] = []) -> SQL? {
        guard let text else { return nil }
        let wanted = folded("\(text)::text")
        let exact = numbers.reduce("false" as SQL) { "\($0) OR \($1) = \(text)" }
        let best = names.reduce("0" as SQL) { "greatest(\($0), \(score(wanted, of: $1)))" }
        return "-(CASE WHEN \(exact) THEN 1000 ELSE \(best) END)"
    }
}
