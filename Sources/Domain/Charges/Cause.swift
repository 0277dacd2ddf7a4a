/// A fact that differs from the last posting of a key. A correction names every one of them; its amount is not divided among them (rule 6).
public enum Cause: Sendable, Hashable {
    /// The year's full dues were one amount by one decision and are another.
    case priceChanged(from: DuesPrice, to: DuesPrice)
    /// An agreement's days in the year are others than they were; nothing on a side where the agreement is not.
    case spellChanged(agreement: Identifier<Agreement>, from: Term?, to: Term?)
    /// A credit was given by hand.
    case adjusted(Adjustment)
    /// A credit by hand was taken back.
    case adjustmentWithdrawn(Adjustment)

    /// The facts of two derivations that differ, in a fixed order.
    public static func between(_ before: DuesDerivation, and after: DuesDerivation) -> [Cause] {
        var causes: [Cause] = []
        // A year with no day of membership needs no price, so its lack is not a change of price.
        if let old = before.price, let new = after.price, old != new { causes.append(.priceChanged(from: old, to: new)) }
        let agreements = Set(before.spells.map(\.agreement)).union(after.spells.map(\.agreement)).sorted()
        for agreement in agreements {
            let old = before.spells.first { $0.agreement == agreement }?.term
            let new = after.spells.first { $0.agreement == agreement }?.term
            if old != new { causes.append(.spellChanged(agreement: agreement, from: old, to: new)) }
        }
        for adjustment in after.adjustments where !before.adjustments.contains(adjustment) { causes.append(.adjusted(adjustment)) }
        for adjustment in before.adjustments where !after.adjustments.contains(adjustment) {
            causes.append(.adjustmentWithdrawn(adjustment))
        }
        return causes
    }
}
