import Domain
import Interchange
import Registry

extension Operation {
    /// Who decided what.
    package static let decisions: [Operation] = [
        .list(.listDecisions, { try await Decisions.page($0.page, for: $1, in: $2) }, { $0.write(to: &$1) }),
        .item(.getDecision, { try await Decisions.find(try $0.identifier("decision"), for: $1, in: $2) }, { $0.write(to: &$1) }),
    ]
}
