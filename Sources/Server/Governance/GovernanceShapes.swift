import Domain

// The operations on decisions, as the document describes them.

extension OperationShape {
    /// Decisions by id.
    package static let listDecisions = OperationShape(
        "listDecisions", "/api/v1/decisions", for: .business, in: .governance, answers: .list)

    /// A decision.
    package static let getDecision = OperationShape(
        "getDecision", "/api/v1/decisions/{decision}", for: .business, in: .governance, answers: .item,
        [.path("decision")])
}
