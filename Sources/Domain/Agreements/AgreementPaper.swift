/// A signed paper of an agreement as a list shows it.
public struct AgreementPaper: Sendable, Hashable {
    public let id: Identifier<AgreementPaper>
    public let agreement: Identifier<Agreement>
    public let document: AgreementDocumentRecord

    package init(id: Identifier<AgreementPaper>, agreement: Identifier<Agreement>, document: AgreementDocumentRecord) {
        self.id = id
        self.agreement = agreement
        self.document = document
    }
}

/// A kept document itself, byte for byte as it was stored.
public struct KeptDocument: Sendable, Hashable {
    public let fileName: String
    /// 1 byte…20 MiB.
    public let content: [UInt8]

    package init(fileName: String, content: [UInt8]) {
        self.fileName = fileName
        self.content = content
    }
}
