import Wording

/// Something an operation takes, from its path or its query, and what it must look like.
package struct OperationParameter: Sendable, Hashable {
    package enum Place: Sendable, Hashable {
        case path, query
    }

    /// What a value must be; everything else is refused before the register is asked.
    package enum Kind: Sendable, Hashable {
        /// A positive number of 64 bits.
        case id
        /// A text of at most 200 characters without control characters.
        case text(atLeast: Int)
        /// A day that exists, YYYY-MM-DD.
        case date
        /// 2000…9998.
        case year
        case word([String])
        /// 1…200.
        case limit
        /// Where a list goes on.
        case cursor
    }

    package let name: String
    package let place: Place
    package let kind: Kind
    package let isRequired: Bool

    package static let longestText = 200
    package static let years: ClosedRange<Int64> = 2000...9998
    package static let limits: ClosedRange<Int64> = 1...200
    /// How many items a page has where nothing is said.
    package static let usualLimit = 50

    /// The number of a thing in the path. A text that is none is a thing that does not exist.
    package static func path(_ name: String) -> OperationParameter {
        OperationParameter(name: name, place: .path, kind: .id, isRequired: true)
    }

    package static func id(_ name: String, required: Bool = false) -> OperationParameter { query(name, .id, required) }

    package static func text(_ name: String, atLeast: Int = 1, required: Bool = false) -> OperationParameter {
        query(name, .text(atLeast: atLeast), required)
    }

    package static func date(_ name: String, required: Bool = false) -> OperationParameter { query(name, .date, required) }

    package static func year(_ name: String, required: Bool = false) -> OperationParameter { query(name, .year, required) }

    package static func word(_ name: String, of words: [String], required: Bool = false) -> OperationParameter {
        query(name, .word(words), required)
    }

    /// What every list takes.
    static let ofLists: [OperationParameter] = [
        query("limit", .limit, false), query("cursor", .cursor, false), query("format", .word(["json", "csv"]), false),
    ]

    /// What every operation takes.
    static let language = query("lang", .word(["da", "en"]), false)

    private static func query(_ name: String, _ kind: Kind, _ isRequired: Bool) -> OperationParameter {
        OperationParameter(name: name, place: .query, kind: kind, isRequired: isRequired)
    }
}

extension OperationParameter.Kind {
    /// What is told to whoever sent something else.
    var valid: ValidValues {
        switch self {
        case .id: .numbers(1...Int64.max)
        case .text(let least): .text(least...OperationParameter.longestText)
        case .date: .day
        case .year: .numbers(OperationParameter.years)
        case .word(let words): .words(words)
        case .limit: .numbers(OperationParameter.limits)
        case .cursor: .text(18...18)
        }
    }
}

/// A parameter's value after it was looked over.
enum ParameterValue: Sendable, Hashable {
    case absent
    case number(Int64)
    case text(String)
    case day(DayNumber)

    /// Days since 2000-01-01, so that the value stays small.
    typealias DayNumber = Int32
}
