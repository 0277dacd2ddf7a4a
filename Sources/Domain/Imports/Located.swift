/// A place in a file that was read. Lines and columns count from 1; columns count Unicode scalars.
public struct SourceLocation: Sendable, Hashable, CustomStringConvertible {
    /// The file's name inside the folder, never a path of the machine.
    public let file: String
    public let line: Int
    public let column: Int

    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    public var description: String { "\(file):\(line):\(column)" }
}

/// A value and where it was read, so that a rule that fails far from the file can still point at it.
public struct Located<Value: Sendable>: Sendable {
    public let value: Value
    public let location: SourceLocation

    public init(_ value: Value, at location: SourceLocation) {
        self.value = value
        self.location = location
    }
}

extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}

/// Something an import cannot take, and where. All of a folder's problems are collected before anything is refused.
public struct ImportProblem: Error, Sendable, Equatable {
    public let location: SourceLocation
    public let refusal: Refusal

    public init(at location: SourceLocation, _ refusal: Refusal) {
        self.location = location
        self.refusal = refusal
    }
}

/// Every problem of one import, by file, line and column.
public struct ImportRefused: Error, Sendable, Equatable {
    public let problems: [ImportProblem]

    public init(_ problems: [ImportProblem]) {
        self.problems = problems.sorted {
            ($0.location.file, $0.location.line, $0.location.column) < ($1.location.file, $1.location.line, $1.location.column)
        }
    }
}
