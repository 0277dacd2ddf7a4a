public import Domain

// What a succession does and what stands in its way, in words.

extension SuccessionPlan.AgreementFate {
    public func text(in language: Language) -> String {
        switch self {
        case .goesOver: language("går over", "goes over")
        case .merges: language("går op i den, der holder", "merges into the one that holds")
        case .goesOn: language("fortsætter", "goes on")
        case .endsByItself: language("ophører af sig selv", "ends by itself")
        }
    }
}

extension SuccessionPlan.SeatStep {
    public func text(in language: Language) -> String {
        goesOver ? language("går over", "goes over") : language("er der allerede", "is there already")
    }
}

extension SuccessionRecord {
    public func sentence(in language: Language) -> String {
        language(
            "\(predecessorName) blev \(day.text(in: language)) overtaget af \(successorName) (beslutning \(decision)).",
            "\(predecessorName) was succeeded by \(successorName) on \(day.text(in: language)) (decision \(decision)).")
    }
}

extension SuccessionConflict.Kind {
    /// The conflict's short name.
    public func text(in language: Language) -> String {
        switch self {
        case .severalAgreements: language("flere aftaler", "several agreements")
        case .onItsWay: language("aftale undervejs", "agreement on its way")
        case .beginsLater: language("begynder senere", "begins later")
        case .ownIsEnding: language("egen aftale ophører", "own agreement is ending")
        case .keepsNothing: language("intet at beholde", "nothing to keep")
        case .notEligible: language("kan ikke have aftalen", "not eligible")
        case .alreadySucceeded: language("allerede overtaget", "already succeeded")
        case .successorSucceeded: language("efterfølgeren er overtaget", "successor succeeded")
        case .circle: language("kreds", "circle")
        }
    }
}

extension SuccessionConflict {
    public func sentence(in language: Language) -> String {
        let about = about.map { told($0, in: language) }
        func text(_ index: Int) -> String { index < about.count ? about[index] : "" }
        let (a, b, c) = (text(0), text(1), text(2))
        return switch kind {
        case .severalAgreements:
            language(
                "flere levende aftaler om det samme: \(about.joined(separator: "; ")); --keep siger, hvis vilkår holder",
                "several live agreements on the same subject: \(about.joined(separator: "; ")); --keep says whose terms hold")
        case .onItsWay:
            language(
                "aftalen \(a) er undervejs: sæt den i kraft eller annuller den først",
                "the agreement \(a) is on its way: bring it into force or cancel it first")
        case .beginsLater:
            language(
                "aftalen \(a) begynder ikke før overtagelsen, så den kan ikke gå over",
                "the agreement \(a) does not begin before the succession, so it cannot go over")
        case .ownIsEnding:
            language(
                "aftalen \(a) er opsagt, men ikke ophørt: overtagelsen kan ske, når den er",
                "the agreement \(a) is under notice and has not ended: the succession can be carried out once it has")
        case .keepsNothing:
            language("aftalen \(a) er ikke med i overtagelsen", "the agreement \(a) is no part of the succession")
        case .notEligible: language("\(a) kan ikke have en aftale om \(b)", "\(a) cannot have an agreement on \(b)")
        case .alreadySucceeded:
            language("\(a) er allerede overtaget af \(b) den \(c)", "\(a) has already been succeeded by \(b) on \(c)")
        case .successorSucceeded:
            language("\(a) er selv overtaget af \(b) den \(c)", "\(a) has itself been succeeded by \(b) on \(c)")
        case .circle: language("\(a) er en efterfølger af \(b) og omvendt", "\(a) would be both successor and predecessor of \(b)")
        }
    }
    /// A subject by its word, alone or at the end of an agreement's title.
    private func told(_ about: String, in language: Language) -> String {
        switch kind {
        case .severalAgreements, .onItsWay, .beginsLater, .ownIsEnding:
            for subject in [Subject.association, .supplier] where about.hasSuffix(", \(subject)") {
                return about.dropLast(subject.description.count) + subject.text(in: language)
            }
            return about
        case .notEligible: return about == self.about.first ? about : language.subject(named: about)
        case .keepsNothing, .alreadySucceeded, .successorSucceeded, .circle: return about
        }
    }
}
