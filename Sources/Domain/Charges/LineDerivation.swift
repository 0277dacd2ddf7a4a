/// What stands behind one posting of a key: what is owed and why, what stood posted before, and the facts that changed in between.
///
/// The lines of the posting add up to `owed − postedBefore`.
public struct LineDerivation: Sendable, Hashable {
    public let dues: DuesDerivation
    public let postedBefore: Money
    public let causes: [Cause]

    public init(dues: DuesDerivation, postedBefore: Money, causes: [Cause]) {
        self.dues = dues
        self.postedBefore = postedBefore
        self.causes = causes
    }

    public var owed: Money { dues.owed }
}
