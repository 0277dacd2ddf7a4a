/// What can be looked for.
public enum SearchKind: String, Sendable, CaseIterable {
    case organisation, person, product, group
}

/// Something that was found.
public struct SearchHit: Sendable, Hashable {
    public let kind: SearchKind
    /// Its number among those of its kind.
    public let id: Int64
    /// What people call it.
    public let title: String
    /// 0…1000; the higher, the better it fits.
    public let score: Int

    package init(kind: SearchKind, id: Int64, title: String, score: Int) {
        self.kind = kind
        self.id = id
        self.title = title
        self.score = score
    }
}
