import Domain

// The operations on pledges, as the document describes them.

extension OperationShape {
    /// Pledges to projects.
    package static let listPledges = OperationShape(
        "listPledges", "/api/v1/pledges", for: .business, in: .agreements, answers: .list,
        [.id("organisation"), .id("project")])
}
