public import Domain

// What runs are called, how far those have come that two people make, and who is concerned by their warnings.

extension RunRecord.Kind {
    public func text(in language: Language) -> String {
        switch self {
        case .charges: language("kørsel", "run")
        case .creditByHand: language("kredit i hånden", "credit by hand")
        case .reversal: language("tilbageførsel af", "reversal of")
        }
    }
}

extension PreparedRun.State {
    public func text(in language: Language) -> String {
        switch self {
        case .prepared: language("forberedt", "prepared")
        case .approved: language("godkendt", "approved")
        case .posted: language("bogført", "posted")
        case .stale: language("forældet", "stale")
        }
    }
}

extension Concerned {
    /// The name; and where much changed, from what to what: `Region West (25.000,00 → 75.000,00 kr., +200 %)`.
    public func text(in language: Language) -> String {
        guard let change, let percent = change.percent else { return name }
        let (before, now) = (Money(minorUnits: Int64(clamping: change.before)), Money(minorUnits: Int64(clamping: change.now)))
        let amounts = "\(before.text(in: language)) → \(now.text(in: language))"
        let rise = "\(percent < 0 ? "" : "+")\(percent) %"
        return language("\(name) (\(amounts) kr., \(rise))", "\(name) (DKK \(amounts), \(rise))")
    }
}
