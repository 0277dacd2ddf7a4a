public import Domain

extension LineDerivation {
    /// How the line came to be, sentence by sentence: agreement, rate row and decision, share of the year, every rounding, and for a correction
    /// what stood posted and what changed.
    public func explanation(in language: Language) -> [String] {
        // What changed since the last posting is told once, among the causes.
        let changed = causes.compactMap { cause in
            if case .adjusted(let adjustment) = cause { adjustment } else { nil }
        }
        var sentences = dues.explanation(in: language, leavingOut: changed)
        guard postedBefore > .zero || !causes.isEmpty else { return sentences }
        let (before, after) = (postedBefore.text(in: language), dues.owed.text(in: language))
        sentences.append(
            language("Tidligere bogført \(before) kr., nu skyldes \(after) kr.", "Posted before: DKK \(before); owed now: DKK \(after)."))
        sentences += causes.map { $0.sentence(in: language) }
        return sentences
    }
}

extension DuesDerivation {
    func explanation(in language: Language, leavingOut told: [Adjustment]) -> [String] {
        var sentences = spells.map { spell in
            language(
                "Medlem \(spell.term.text(in: language)) (aftale \(spell.agreement)).",
                "Member \(spell.term.text(in: language)) (agreement \(spell.agreement)).")
        }
        if let price { sentences.append(price.sentence(in: language)) }
        let year = year.year
        switch share {
        case .full:
            sentences.append(
                language("Medlem senest 1. juli \(year): hele årets kontingent.", "A member by 1 July \(year): the full year's dues."))
        case .half:
            let half = (try? DuesDerivation.amount(of: .half, at: price?.amount ?? .zero)) ?? .zero
            sentences.append(
                language(
                    "Først medlem efter 1. juli \(year): halvt kontingent, \(half.text(in: language)) kr.",
                    "A member only after 1 July \(year): half the dues, DKK \(half.text(in: language))."))
        case .none:
            sentences.append(language("Ikke medlem i \(year): intet kontingent.", "Not a member in \(year): no dues."))
        }
        sentences += adjustments.filter { !told.contains($0) }.map { Cause.adjusted($0).sentence(in: language) }
        return sentences
    }
}

extension DuesPrice {
    func sentence(in language: Language) -> String {
        let amount = amount.text(in: language)
        guard let index else {
            return language(
                "Kontingent \(year): \(amount) kr. ekskl. moms (beslutning \(decision.reference)).",
                "Dues \(year): DKK \(amount) excl. VAT (decision \(decision.reference)).")
        }
        let from = index.from.text(in: language)
        let (figure, previous) = (index.figure.text(in: language), index.previous.text(in: language))
        return language(
            "Kontingent \(year): \(from) kr. × \(figure) / \(previous) = \(amount) kr. i hele kroner (beslutning \(decision.reference)).",
            "Dues \(year): DKK \(from) × \(figure) / \(previous) = DKK \(amount) in whole kroner (decision \(decision.reference)).")
    }
}

extension Cause {
    /// The changed fact as one sentence.
    public func sentence(in language: Language) -> String {
        switch self {
        case .priceChanged(let from, let to):
            let (old, new) = (from.amount.text(in: language), to.amount.text(in: language))
            return language(
                "Kontingentet for \(to.year) er ændret fra \(old) kr. (\(from.decision.reference)) til \(new) kr. (\(to.decision.reference)).",
                "The dues of \(to.year) changed from DKK \(old) (\(from.decision.reference)) to DKK \(new) (\(to.decision.reference)).")
        case .spellChanged(let agreement, nil, let to?):
            return language(
                "Aftale \(agreement) er kommet til: \(to.text(in: language)).",
                "Agreement \(agreement) was added: \(to.text(in: language)).")
        case .spellChanged(let agreement, let from?, nil):
            return language(
                "Aftale \(agreement) (\(from.text(in: language))) gælder ikke længere i året.",
                "Agreement \(agreement) (\(from.text(in: language))) no longer holds in the year.")
        case .spellChanged(let agreement, let from, let to):
            let (old, new) = (from?.text(in: language) ?? "–", to?.text(in: language) ?? "–")
            return language("Aftale \(agreement) gjaldt \(old), nu \(new).", "Agreement \(agreement) held \(old), now \(new).")
        case .adjusted(let adjustment):
            let amount = adjustment.amount.text(in: language)
            return language(
                "Nedsat med \(amount) kr.: \(adjustment.reason) (beslutning \(adjustment.decision.reference)).",
                "Reduced by DKK \(amount): \(adjustment.reason) (decision \(adjustment.decision.reference)).")
        case .adjustmentWithdrawn(let adjustment):
            let amount = adjustment.amount.text(in: language)
            return language(
                "Nedsættelsen på \(amount) kr. er taget tilbage: \(adjustment.reason).",
                "The reduction of DKK \(amount) was withdrawn: \(adjustment.reason).")
        }
    }
}

extension ChargeKind {
    /// The charge as it is printed on a line.
    public func title(in language: Language) -> String {
        switch self {
        case .dues: language("Kontingent", "Dues")
        case .annualFee: language("Årligt vederlag", "Annual fee")
        case .contribution: language("Bidrag til OS2", "Contribution to OS2")
        case .joiningFee: language("Tilslutningsafgift", "Joining fee")
        case .sharedCost: language("Andel af fælles udgift", "Share of a common cost")
        case .pledge: language("Tilsagn", "Pledge")
        case .supplierFee: language("Leverandørpartnerskab", "Supplier partnership")
        }
    }
}

extension ParkingReason {
    public func sentence(for parking: Parking, in language: Language) -> String {
        let period = parking.missingYear.map(String.init) ?? parking.key?.period?.description ?? ""
        return switch self {
        case .noPrice: language("Der er ingen pris eller momsregel for \(period).", "There is no price or VAT rule for \(period).")
        case .noSizeClass: language("Størrelsen er ikke kendt.", "The size class is not known.")
        case .noInhabitants: language("Indbyggertallet er ikke kendt.", "The number of inhabitants is not known.")
        case .indexMissing:
            language(
                "Et pristal til kontingentet for \(period) mangler.", "An index figure for the dues of \(period) is missing.")
        case .shareIncomplete: language("En deltagers vægt mangler.", "A participant's weight is missing.")
        case .noReceiver:
            language("Der er hverken EAN- eller CVR-nummer at sende til.", "There is neither a GLN nor a CVR number to send to.")
        case .noReference: language("Modtagerens personreference mangler.", "The receiver's personal reference is missing.")
        }
    }
}

extension ChargeWarning {
    public func sentence(in language: Language) -> String {
        switch self {
        case .noAddress:
            language(
                "Postadressen er ikke kendt; fakturaen bærer kun landekode.",
                "The postal address is not known; the invoice carries the country only.")
        }
    }
}
