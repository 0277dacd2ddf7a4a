import Domain
import Interchange
import Registry

extension Operation {
    /// Names that somebody may have mistyped, the best hits first.
    package static let searching: Operation = .list(
        .search,
        { request, caller, work in
            let hits = try await Search.hits(
                try request.text("q") ?? "", kind: try request.word("kind"), limit: request.limit, for: caller, in: work)
            return Page(elements: hits, next: nil)
        }, { $0.write(to: &$1) })
}
