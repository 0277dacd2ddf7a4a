/// What a group is there for, as the document that commissions it says (*kommissorium*).
public enum Commission {}

/// The number of a document's version: whole numbers with points between, `1` or `1.2`, at most 20 characters. A value in hand is valid.
public struct VersionNumber: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 20, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isDigit) }) else { return nil }
        description = text
    }
}

/// One signed version of a group's commissioning document, as the register holds it.
public struct CommissionRecord: Sendable, Hashable {
    public let id: Identifier<Commission>
    public let group: Identifier<Group>
    public let version: VersionNumber
    public let signature: Signature
    public let link: WebLink?
    /// The papers that are kept with it.
    public let documents: [AgreementDocumentRecord]

    package init(
        id: Identifier<Commission>, group: Identifier<Group>, version: VersionNumber, signature: Signature, link: WebLink?,
        documents: [AgreementDocumentRecord]
    ) {
        self.id = id
        self.group = group
        self.version = version
        self.signature = signature
        self.link = link
        self.documents = documents
    }
}
