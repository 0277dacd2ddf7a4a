/// The number of a row in the register, tied to what it identifies so that an agreement's number cannot be passed for an organisation's.
public struct Identifier<Entity>: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let value: Int64

    public init(_ value: Int64) { self.value = value }

    public static func < (left: Identifier, right: Identifier) -> Bool { left.value < right.value }

    public var description: String { String(value) }
}
