public import Domain

extension AccessRole {
    /// The role as people read it.
    public func text(in language: Language) -> String {
        switch self {
        case .anonymous: language("enhver", "anybody")
        case .memberContact: language("medlemskontakt", "member contact")
        case .memberAdministrator: language("medlemsadministrator", "member administrator")
        case .supplier: language("leverandør", "supplier")
        case .secretariat: language("sekretariat", "secretariat")
        case .finance: language("økonomi", "finance")
        case .board: language("bestyrelse", "board")
        case .auditor: language("revisor", "auditor")
        case .operator: language("drift", "operator")
        }
    }
}

extension AccessScope {
    public func text(in language: Language) -> String {
        switch self {
        case .organisations: language("organisationer", "organisations")
        case .people: language("personer", "people")
        case .agreements: language("aftaler", "agreements")
        case .products: language("produkter", "products")
        case .rates: language("takster", "rates")
        case .governance: language("grupper", "groups")
        case .invoices: language("fakturaer", "invoices")
        case .audit: language("hændelser", "audit")
        }
    }
}

extension [AccessScope] {
    /// The parts of the register, in a word where they are all there is.
    public func text(in language: Language) -> String {
        self == AccessScope.allCases ? language("alle", "all") : map { $0.text(in: language) }.joined(separator: ", ")
    }
}

extension TokenRecord.State {
    public func text(in language: Language) -> String {
        switch self {
        case .valid: language("gyldigt", "valid")
        case .expired: language("udløbet", "expired")
        case .revoked: language("tilbagekaldt", "revoked")
        case .left: language("fratrådt", "holder has left")
        }
    }
}

/// What the command line says of tokens.
public enum TokenSentences {
    public static func shownOnce(in language: Language) -> String {
        language("Tokenet vises kun denne ene gang:", "The token is shown this once only:")
    }

    public static func revoked(_ token: TokenRecord, in language: Language) -> String {
        language(
            "\(token.prefix) (\(token.personEmail)) er tilbagekaldt; den næste forespørgsel med det afvises.",
            "\(token.prefix) (\(token.personEmail)) is revoked; the next request with it is turned away.")
    }

    public static func forgotten(_ reads: ForgottenReads, in language: Language) -> String {
        let isOne = reads.count == 1
        return language(
            "\(reads.count) \(isOne ? "læsning" : "læsninger") fra før \(reads.keptSince) er slettet; yngre bliver stående.",
            "\(reads.count) \(isOne ? "read" : "reads") from before \(reads.keptSince) \(isOne ? "is" : "are") forgotten; younger ones stay on record."
        )
    }
}
