import Domain
import Postgres

// How the domain's values travel to PostgreSQL and back. A stored value that the domain does not accept is a decoding failure that names
// its column, never a trap and never a guess.

extension CivilDate {
    var stored: PostgresDate { PostgresDate(daysSince2000: daysSince2000) }
}

extension Term {
    /// Half-open, as `daterange` keeps it.
    var stored: PostgresDateRange {
        PostgresDateRange(lower: first.stored, upper: last.map { PostgresDate(daysSince2000: $0.daysSince2000 + 1) })
    }
}

extension Period {
    var stored: PostgresDateRange {
        PostgresDateRange(lower: first.stored, upper: PostgresDate(daysSince2000: last.daysSince2000 + 1))
    }
}

extension Row {
    mutating func identifier<Entity>(_: Entity.Type = Entity.self) throws(DecodingFailure) -> Identifier<Entity> {
        Identifier(try next(Int64.self))
    }

    mutating func money() throws(DecodingFailure) -> Money { Money(minorUnits: try next(Int64.self)) }

    mutating func date() throws(DecodingFailure) -> CivilDate {
        try domain(try next(PostgresDate.self)) { CivilDate(daysSince2000: $0.daysSince2000) }
    }

    mutating func optionalDate() throws(DecodingFailure) -> CivilDate? {
        try optional(try next(PostgresDate?.self)) { CivilDate(daysSince2000: $0.daysSince2000) }
    }

    mutating func term() throws(DecodingFailure) -> Term { try domain(try next(PostgresDateRange.self), Term.init(stored:)) }

    mutating func optionalTerm() throws(DecodingFailure) -> Term? { try optional(try next(PostgresDateRange?.self), Term.init(stored:)) }

    mutating func period() throws(DecodingFailure) -> Period {
        try domain(try next(PostgresDateRange.self)) { range in
            Term(stored: range).flatMap { term in term.last.flatMap { Period(first: term.first, last: $0) } }
        }
    }

    mutating func word<Word: RawRepresentable>(_: Word.Type = Word.self) throws(DecodingFailure) -> Word where Word.RawValue == String {
        try domain(try next(String.self)) { Word(rawValue: $0) }
    }

    mutating func optionalWord<Word: RawRepresentable>(_: Word.Type = Word.self) throws(DecodingFailure) -> Word?
    where Word.RawValue == String {
        try optional(try next(String?.self)) { Word(rawValue: $0) }
    }

    /// A stored value as the domain's; a failure when the domain does not know it.
    func domain<Stored, Value>(_ stored: Stored, _ make: (Stored) -> Value?) throws(DecodingFailure) -> Value {
        guard let value = make(stored) else { throw invalid("\(Value.self)") }
        return value
    }

    /// As ``domain(_:_:)`` for a value that may be null.
    func optional<Stored, Value>(_ stored: Stored?, _ make: (Stored) -> Value?) throws(DecodingFailure) -> Value? {
        guard let stored else { return nil }
        guard let value = make(stored) else { throw invalid("\(Value.self)") }
        return value
    }

    private func invalid(_ type: String) -> DecodingFailure { DecodingFailure(expected: type, found: "a value the domain does not know") }
}

extension Term {
    /// A stored range with a first day; nothing for any other.
    init?(stored: PostgresDateRange) {
        guard let lower = stored.lower, let first = CivilDate(daysSince2000: lower.daysSince2000) else { return nil }
        guard let upper = stored.upper else {
            self.init(first: first, last: nil)
            return
        }
        let (day, overflow) = upper.daysSince2000.subtractingReportingOverflow(1)
        guard !overflow, let last = CivilDate(daysSince2000: day) else { return nil }
        self.init(first: first, last: last)
    }
}
