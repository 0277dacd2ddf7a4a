/// The text of one SQL statement, or part of one, together with its parameters.
///
/// Written as a literal: `let rows: SQL = "SELECT name FROM person WHERE id = \(id)"`. The text can only be a literal in the source;
/// every interpolated value travels beside it as a typed binary parameter, so a value cannot become SQL. A `String` in a variable is not
/// `SQL` and does not convert: `connection.execute(text)` and `SQL(stringLiteral: text)` do not compile.
///
/// An interpolated `SQL` is composed, its parameters renumbered: `"SELECT \(Person.columns) FROM person WHERE \(condition)"`.
/// Lists are one array parameter: `"… WHERE id = ANY(\(ids))"`. A parameter has its Swift type's PostgreSQL type; where the server wants
/// one that it does not cast to by itself (an enum, an interval), say so in the text: `\(name)::mood`.
public struct SQL: ExpressibleByStringInterpolation, Sendable {
    /// The text with `$1`, `$2` … where the parameters go.
    public private(set) var text: String
    /// Where in the text's UTF-8 each `$n` begins, in order; the n-th mark is parameter n.
    private var marks: [Int] = []
    private(set) var parameters = Parameters()

    public init(stringLiteral literal: StaticString) { text = literal.description }

    public init(stringInterpolation interpolation: Interpolation) { self = interpolation.sql }

    private mutating func append(parameter: some PostgresEncodable) {
        parameters.append(parameter)
        marks.append(text.utf8.count)
        text += "$\(parameters.count)"
    }

    private mutating func append(_ other: SQL) {
        let base = parameters.count
        guard base > 0, !other.marks.isEmpty else {
            let offset = text.utf8.count
            text += other.text
            marks.append(contentsOf: other.marks.lazy.map { $0 + offset })
            parameters.append(other.parameters)
            return
        }
        let utf8 = other.text.utf8
        var rest = utf8.startIndex
        for (number, mark) in other.marks.enumerated() {
            let start = utf8.index(utf8.startIndex, offsetBy: mark)
            text += other.text[rest..<start]
            marks.append(text.utf8.count)
            text += "$\(base + number + 1)"
            rest = utf8.index(start, offsetBy: "$\(number + 1)".utf8.count)
        }
        text += other.text[rest...]
        parameters.append(other.parameters)
    }

    /// Builds an ``SQL`` from a literal's pieces.
    public struct Interpolation: StringInterpolationProtocol {
        fileprivate var sql: SQL = ""

        public init(literalCapacity: Int, interpolationCount: Int) {
            sql.text.reserveCapacity(literalCapacity + 3 * interpolationCount)
        }

        public mutating func appendLiteral(_ literal: StaticString) {
            literal.withUTF8Buffer { sql.text += String(decoding: $0, as: UTF8.self) }
        }

        /// A value: becomes the next parameter.
        public mutating func appendInterpolation(_ value: some PostgresEncodable) { sql.append(parameter: value) }

        /// A value that may be missing: nil becomes NULL. Spelled out, because the compiler takes an optional in an interpolation for a slip.
        public mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) { sql.append(parameter: value) }

        /// Another piece of SQL: becomes part of the text.
        public mutating func appendInterpolation(_ fragment: SQL) { sql.append(fragment) }

        /// Another piece of SQL: becomes part of the text.
        public mutating func appendInterpolation(fragment: SQL) { sql.append(fragment) }
    }
}

extension SQL {
    /// The parameters of a statement in the order of their numbers.
    struct Parameters: Sendable {
        private(set) var buffer = ParameterBuffer()
        /// Length of each parameter in bytes, nil for NULL.
        private(set) var lengths: [Int32?] = []
        private(set) var types: [UInt32] = []

        var count: Int { lengths.count }

        mutating func append<Value: PostgresEncodable>(_ value: Value) {
            lengths.append(buffer.appendValue(value))
            types.append(Value.postgresType.rawValue)
        }

        mutating func append(_ other: Parameters) {
            buffer.append(other.buffer)
            lengths.append(contentsOf: other.lengths)
            types.append(contentsOf: other.types)
        }
    }
}

extension SQL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text alone: parameters are never printed.
    public var description: String { text }

    public var debugDescription: String { text }

    public var customMirror: Mirror { Mirror(self, children: ["text": text, "parameterCount": parameters.count]) }
}
