/// How large a member is, by inhabitants (*størrelse*: lille, mellem, stor, meget stor).
public enum SizeClass: String, Sendable, CaseIterable, Comparable {
    case small, medium, large, veryLarge

    var rank: Int {
        switch self {
        case .small: 0
        case .medium: 1
        case .large: 2
        case .veryLarge: 3
        }
    }

    public static func < (left: SizeClass, right: SizeClass) -> Bool { left.rank < right.rank }
}

/// The highest number of inhabitants of each class but the largest. Explicit data: the association has its own from a day on, and a rate sheet may
/// have others (DOMAIN §3, policy *size scheme*).
public struct SizeBounds: Sendable, Hashable, CustomStringConvertible {
    /// Inclusive, strictly ascending, above zero.
    public let small: Int32
    public let medium: Int32
    public let large: Int32

    /// Nothing when the classes would overlap or leave nobody in one.
    public init?(small: Int32, medium: Int32, large: Int32) {
        guard 0 < small, small < medium, medium < large else { return nil }
        self.small = small
        self.medium = medium
        self.large = large
    }

    public func sizeClass(of inhabitants: Int32) -> SizeClass {
        if inhabitants <= small { return .small }
        if inhabitants <= medium { return .medium }
        return inhabitants <= large ? .large : .veryLarge
    }

    /// `24999 60000 120000`: the form of the setting.
    public var description: String { "\(small) \(medium) \(large)" }

    public init?(_ text: some StringProtocol) {
        let numbers = text.split(separator: " ", omittingEmptySubsequences: false).map { Int32($0) }
        guard numbers.count == 3, let small = numbers[0], let medium = numbers[1], let large = numbers[2] else { return nil }
        self.init(small: small, medium: medium, large: large)
        guard description == text else { return nil }
    }
}
