public import Domain

extension LineDerivation {
    /// How the line came to be, sentence by sentence: agreement, rate row and decision, class with its figure, membership on the day, days, every
    /// rounding; and for a correction what stood posted and what changed.
    public func explanation(in language: Language) -> [String] {
        // What changed since the last posting is told once, among the causes.
        let changed = Set(causes.compactMap(\.to))
        var sentences = now.basis.explanation(in: language)
        // The days that a succession cut off count on (rule 15), so the amount does not tell of it.
        sentences += now.ends.filter { $0.reason == .succeeded }.map(Fact.end).filter { !changed.contains($0) }
            .map { $0.sentence(in: language) }
        sentences += now.adjustments.map(Fact.adjustment).filter { !changed.contains($0) }.map { $0.sentence(in: language) }
        guard postedBefore > .zero || before != nil else { return sentences.once }
        let (old, new) = (postedBefore.text(in: language), owed.text(in: language))
        sentences.append(
            language("Tidligere bogført \(old) kr., nu skyldes \(new) kr.", "Posted before: DKK \(old); owed now: DKK \(new)."))
        sentences += causes.map { $0.sentence(in: language) }
        return sentences.once
    }
}

extension LineDerivation {
    /// How a line of so much came to be. What a correction comes to may stand on several lines, of one document or of several; then each says how much of it
    /// is its own.
    public func explanation(of net: Money, in language: Language) -> [String] {
        explanation(in: language) + [ownPart(net, in: language)].compactMap { $0 }
    }

    private func ownPart(_ net: Money, in language: Language) -> String? {
        guard postedBefore > .zero, let rise = try? owed - postedBefore, let whole = try? rise < .zero ? rise.negated() : rise, whole != net
        else { return nil }
        let (all, own) = (whole.text(in: language), net.text(in: language))
        return language(
            "Forskellen er \(all) kr.; \(own) kr. af den står på denne linje og resten på andre.",
            "The difference is DKK \(all); DKK \(own) of it stands on this line and the rest on others.")
    }
}

extension PostedLine {
    public func explanation(in language: Language) -> [String] {
        derivation.explanation(of: net, in: language) + circles.sentences(in: language)
    }
}

extension DraftLine {
    public func explanation(in language: Language) -> [String] { derivation.explanation(of: net, in: language) }

    /// Short enough for a table; a credit says first which invoice it takes from.
    public func reason(in language: Language) -> String {
        let invoice =
            credits.map { language("Til faktura \($0.invoice), linje \($0.line). ", "On invoice \($0.invoice), line \($0.line). ") } ?? ""
        return invoice + derivation.reason(in: language)
    }
}

extension LineDerivation {
    /// The line's reason, short enough for a table: what changed, or the last step of how the amount came to be.
    public func reason(in language: Language) -> String {
        if !causes.isEmpty { return causes.map { $0.sentence(in: language) }.once.joined(separator: " ") }
        return now.basis.steps(in: language) ?? now.basis.explanation(in: language).last ?? ""
    }
}

extension ChargeBasis {
    /// The sentences with the amount in them, where the last one tells something else.
    fileprivate func steps(in language: Language) -> String? {
        switch self {
        case .fee(let fee): fee.steps(in: language).joined(separator: " ")
        case .dues(let dues):
            ([dues.price?.sentence(in: language), dues.explanation(in: language).last].compactMap { $0 }).once.joined(separator: " ")
        case .share(let share): share.slices.map { Fact.slice($0).sentence(in: language) }.joined(separator: " ")
        default: nil
        }
    }
}

extension YearChange {
    /// What differs between the years, or what a new charge stands on; a succession first.
    public func reasons(in language: Language) -> [String] {
        (successions.map { $0.sentence(in: language) } + causes.map { $0.sentence(in: language) }
            + (causes.isEmpty ? grounds.map { $0.sentence(in: language) } : [])).once
    }
}

extension [String] {
    /// Each sentence where it stands first: two facts may say the same, as the agreement behind a fee and behind a share does.
    var once: [String] {
        var told: Set<String> = []
        return filter { told.insert($0).inserted }
    }
}

extension ChargeBasis {
    func explanation(in language: Language) -> [String] {
        switch self {
        case .dues(let dues): dues.explanation(in: language)
        case .fee(let fee): fee.explanation(in: language)
        case .contribution(let contribution): contribution.explanation(in: language)
        case .share(let share): share.explanation(in: language)
        case .joiningFee(let fee): fee.explanation(in: language)
        case .pledge(let pledge): [Fact.pledge(pledge).sentence(in: language)]
        case .nothing:
            [language("Der er ikke længere en aftale eller pris, der giver beløbet.", "No agreement or price gives the amount any more.")]
        case .reversal(let run, _): [Fact.reversal(run: run).sentence(in: language)]
        }
    }
}

extension DuesDerivation {
    func explanation(in language: Language) -> [String] {
        var sentences = spells.map { spell in
            language(
                "Medlem \(spell.days(in: language)) (aftale \(spell.agreement)).",
                "Member \(spell.days(in: language)) (agreement \(spell.agreement)).")
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
        case .shareIncomplete:
            language(
                "Fordelingen venter: vægten mangler for \(parking.missing.joined(separator: ", ")).",
                "The sharing waits: the weight is missing for \(parking.missing.joined(separator: ", ")).")
        case .noReceiver:
            language("Der er hverken EAN- eller CVR-nummer at sende til.", "There is neither a GLN nor a CVR number to send to.")
        case .noReference: language("Modtagerens personreference mangler.", "The receiver's personal reference is missing.")
        }
    }
}

extension Language {
    /// The first of several, and how many more there are.
    public func some(_ names: [String], of count: Int) -> String {
        let told = names.joined(separator: ", ")
        return count > names.count ? self("\(told) og \(count - names.count) til", "\(told) and \(count - names.count) more") : told
    }
}

extension ChargeWarning {
    public func sentence(in language: Language) -> String {
        switch self {
        case .noAddress:
            language(
                "Postadressen er ikke kendt; fakturaen bærer kun landekode.",
                "The postal address is not known; the invoice carries the country only.")
        case .stalePopulation:
            language(
                "Årets indbyggertal mangler, for organisationen eller for en, den deler et beløb med; et ældre er brugt.",
                "The year's number of inhabitants is missing, for the organisation or for one it shares a total with; an older one is used."
            )
        case .largeChange:
            language(
                "Årets beløb afviger mere fra sidste års, end indstillingen change-warning tillader.",
                "The year's amount differs from last year's by more than the setting change-warning allows.")
        case .earlierDate:
            language(
                "Der er bogført dokumenter med en senere dato; numrene ville ikke følge datoerne.",
                "Documents of a later day are posted; the numbers would not follow the dates.")
        case .noParticipants:
            language("Et fælles beløb har ingen at blive delt mellem.", "A shared total has nobody to share it.")
        case .lineLimit:
            language(
                "En aftale har flere linjer på én dag, end indstillingen line-limit tillader; bogføring bliver afvist.",
                "An agreement has more lines in one day than the setting line-limit allows; posting will be refused.")
        }
    }
}

extension CrowdedAgreement {
    /// What was found and what to do. The name of what the agreement is about is said by whoever has it.
    public func sentence(about subject: String, in language: Language) -> String {
        Refusal(.lineLimit, name, subject, String(lines), String(limit)).sentence(in: language)
    }
}

extension EarlierDate {
    public func sentence(in language: Language) -> String {
        language(
            "Kørslen dateres \(day), men der er allerede bogført dokumenter af \(newest); numrene ville ikke følge datoerne.",
            "The run is dated \(day), but documents of \(newest) are posted already; the numbers would not follow the dates.")
    }
}

extension UnsharedTotal {
    /// Which total it is. The product's name is said by whoever has it.
    public func sentence(in language: Language) -> String {
        language(
            "\(component), \(period): ingen deler \(total.text(in: language)) kr.",
            "\(component), \(period): nobody shares DKK \(total.text(in: language)).")
    }
}
