import Domain

// The operations on agreements and their documents, as the document describes them.

extension OperationShape {
    /// Agreements by id.
    package static let listAgreements = OperationShape(
        "listAgreements", "/api/v1/agreements", for: .business, in: .agreements, answers: .list,
        [.id("organisation"), .text("subject"), .word("state", of: AgreementState.allCases.map(\.rawValue)), .date("asOf")])

    /// An agreement.
    package static let getAgreement = OperationShape(
        "getAgreement", "/api/v1/agreements/{agreement}", for: .business, in: .agreements, answers: .item,
        [.path("agreement")])

    /// The documents kept with an agreement.
    package static let listAgreementDocuments = OperationShape(
        "listAgreementDocuments", "/api/v1/agreements/{agreement}/documents", for: .business, in: .agreements, answers: .list,
        [.path("agreement")])

    /// A document kept with an agreement, as it was stored.
    package static let getAgreementDocument = OperationShape(
        "getAgreementDocument", "/api/v1/agreements/{agreement}/documents/{document}", for: .business, in: .agreements, answers: .file,
        [.path("agreement"), .path("document")])
}
