import Domain

// The operations on the audit log, as the document describes them.

extension OperationShape {
    /// Who changed what, newest first.
    package static let listAuditEntries = OperationShape(
        "listAuditEntries", "/api/v1/audit-entries", for: .audit, in: .audit, answers: .list,
        [.text("record"), .text("actor"), .date("from"), .date("to")])
}
