/// One change to the register: who, what, when. What the row held is not told.
public struct AuditRecord: Sendable, Hashable {
    public let id: Identifier<AuditRecord>
    /// ISO 8601, UTC, to the second.
    public let at: String
    public let actor: String
    public let useCase: String
    public let change: Change
    /// The table of the changed row.
    public let record: String
    /// The row's identifying value.
    public let recordID: String

    public enum Change: String, Sendable, CaseIterable {
        case added, changed, removed
    }

    package init(
        id: Identifier<AuditRecord>, at: String, actor: String, useCase: String, change: Change, record: String, recordID: String
    ) {
        self.id = id
        self.at = at
        self.actor = actor
        self.useCase = useCase
        self.change = change
        self.record = record
        self.recordID = recordID
    }
}
