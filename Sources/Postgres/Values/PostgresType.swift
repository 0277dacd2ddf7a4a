/// A PostgreSQL data type, by its object identifier.
public struct PostgresType: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    private init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// Sent: the server infers the type. Received: the stream does not say the type (COPY).
    public static let unspecified = PostgresType(0)
    public static let bool = PostgresType(16)
    public static let bytea = PostgresType(17)
    /// The one-byte type `"char"`, not `char(1)`.
    public static let char = PostgresType(18)
    public static let name = PostgresType(19)
    public static let int8 = PostgresType(20)
    public static let int2 = PostgresType(21)
    public static let int4 = PostgresType(23)
    public static let text = PostgresType(25)
    public static let json = PostgresType(114)
    public static let float8 = PostgresType(701)
    public static let bpchar = PostgresType(1042)
    public static let varchar = PostgresType(1043)
    public static let date = PostgresType(1082)
    public static let timestamptz = PostgresType(1184)
    public static let numeric = PostgresType(1700)
    public static let uuid = PostgresType(2950)
    public static let jsonb = PostgresType(3802)
    public static let daterange = PostgresType(3912)

    public static let boolArray = PostgresType(1000)
    public static let byteaArray = PostgresType(1001)
    public static let nameArray = PostgresType(1003)
    public static let int2Array = PostgresType(1005)
    public static let int4Array = PostgresType(1007)
    public static let textArray = PostgresType(1009)
    public static let bpcharArray = PostgresType(1014)
    public static let varcharArray = PostgresType(1015)
    public static let int8Array = PostgresType(1016)
    public static let float8Array = PostgresType(1022)
    public static let dateArray = PostgresType(1182)
    public static let timestamptzArray = PostgresType(1185)
    public static let jsonArray = PostgresType(199)
    public static let numericArray = PostgresType(1231)
    public static let uuidArray = PostgresType(2951)
    public static let jsonbArray = PostgresType(3807)
    public static let daterangeArray = PostgresType(3913)

    /// The type of an array of this type; nil where this module knows none (arrays of arrays do not exist in PostgreSQL).
    public var array: PostgresType? {
        switch self {
        case .bool: .boolArray
        case .bytea: .byteaArray
        case .name: .nameArray
        case .int8: .int8Array
        case .int2: .int2Array
        case .int4: .int4Array
        case .text: .textArray
        case .json: .jsonArray
        case .float8: .float8Array
        case .bpchar: .bpcharArray
        case .varchar: .varcharArray
        case .date: .dateArray
        case .timestamptz: .timestamptzArray
        case .numeric: .numericArray
        case .uuid: .uuidArray
        case .jsonb: .jsonbArray
        case .daterange: .daterangeArray
        default: nil
        }
    }

    /// The type of this array type's elements; nil when this module knows no such array.
    public var element: PostgresType? {
        switch self {
        case .boolArray: .bool
        case .byteaArray: .bytea
        case .nameArray: .name
        case .int2Array: .int2
        case .int4Array: .int4
        case .textArray: .text
        case .bpcharArray: .bpchar
        case .varcharArray: .varchar
        case .int8Array: .int8
        case .float8Array: .float8
        case .dateArray: .date
        case .timestamptzArray: .timestamptz
        case .jsonArray: .json
        case .numericArray: .numeric
        case .uuidArray: .uuid
        case .jsonbArray: .jsonb
        case .daterangeArray: .daterange
        default: nil
        }
    }
}

extension PostgresType: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unspecified: "unspecified"
        case .bool: "bool"
        case .bytea: "bytea"
        case .char: "\"char\""
        case .name: "name"
        case .int8: "int8"
        case .int2: "int2"
        case .int4: "int4"
        case .text: "text"
        case .json: "json"
        case .float8: "float8"
        case .bpchar: "bpchar"
        case .varchar: "varchar"
        case .date: "date"
        case .timestamptz: "timestamptz"
        case .numeric: "numeric"
        case .uuid: "uuid"
        case .jsonb: "jsonb"
        case .daterange: "daterange"
        default: element.map { "\($0)[]" } ?? "type \(rawValue)"
        }
    }
}
