public import Domain

// What runs are called, and how far those have come that two people make.

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
