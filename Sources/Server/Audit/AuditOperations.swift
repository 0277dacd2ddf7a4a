import Domain
import Interchange
import Registry

extension Operation {
    /// Who changed what, and who read what.
    package static let audit: [Operation] = [
        .list(
            .listAuditEntries,
            { request, caller, work in
                try await AuditLog.page(
                    record: try request.text("record"), by: try request.text("actor"), from: try request.date("from"),
                    through: try request.date("to"), request.page, for: caller, in: work)
            }, { $0.write(to: &$1) }),
        .list(
            .listAccessEntries,
            { request, caller, work in
                try await AccessLog.page(
                    of: try request.optionalIdentifier("organisation"), from: try request.date("from"), through: try request.date("to"),
                    request.page, for: caller, in: work)
            }, { $0.write(to: &$1) }),
    ]
}
