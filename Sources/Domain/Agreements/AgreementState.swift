/// Where an agreement is in its life (DOMAIN §2). All three kinds live the same one.
public enum AgreementState: String, Sendable, CaseIterable {
    case draft
    case sent
    /// Signed by the counterparty.
    case signed
    /// Countersigned by the board's chair.
    case active
    /// The last day is known and not yet past.
    case noticeGiven
    case ended
    case cancelled
    /// Recorded by mistake: it never was in force. Kept, so that what was charged by it can be explained.
    case voided

    /// At most one live agreement per organisation and subject.
    public var isLive: Bool {
        switch self {
        case .sent, .signed, .active, .noticeGiven: true
        case .draft, .ended, .cancelled, .voided: false
        }
    }

    /// May its days be charged? Draft, sent and signed agreements owe nothing.
    public var isInForce: Bool { self == .active || self == .noticeGiven || self == .ended }
}

/// A joining, a membership or a supplier partnership: one type, told apart by its ``Subject``.
public enum Agreement {}

/// Why an agreement ends.
public enum EndReason: String, Sendable, CaseIterable {
    /// Written notice by the counterparty.
    case notice
    /// Exclusion by the board, with a decision.
    case exclusion
    /// Another organisation took its place.
    case succeeded
}

/// Who signed, as what, when.
public struct Signature: Sendable, Hashable {
    public let name: String
    public let title: String
    public let date: CivilDate

    /// What the board's chair is called where nobody says otherwise: text that is kept with the agreement, and so Danish like the rest of it.
    public static let chairTitle = "Bestyrelsesformand"

    public init(name: String, title: String, date: CivilDate) {
        self.name = name
        self.title = title
        self.date = date
    }
}
