import Domain
import Interchange
import Registry

extension Operation {
    /// Promises of money to projects.
    package static let pledges: [Operation] = [
        .list(
            .listPledges,
            { request, caller, work in
                try await Pledges.page(
                    by: try request.optionalIdentifier("organisation"), to: try request.optionalIdentifier("project"), request.page,
                    for: caller, in: work)
            }, { $0.write(to: &$1) })
    ]
}
