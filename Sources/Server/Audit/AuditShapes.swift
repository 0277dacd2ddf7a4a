import Domain

// The operations on the audit log and the access log, as the document describes them.

extension OperationShape {
    /// Who changed what, newest first.
    package static let listAuditEntries = OperationShape(
        "listAuditEntries", "/api/v1/audit-entries", for: .audit, in: .audit, answers: .list,
        [.text("record"), .text("actor"), .date("from"), .date("to")])

    /// Who read what from outside, newest first.
    package static let listAccessEntries = OperationShape(
        "listAccessEntries", "/api/v1/access-entries", for: .accesses, in: .audit, answers: .list,
        [.id("organisation"), .date("from"), .date("to")])
}
