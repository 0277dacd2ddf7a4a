public import Domain

extension Fact {
    /// The fact as one sentence.
    public func sentence(in language: Language) -> String {
        switch self {
        case .spell(let spell): return spell.sentence(in: language)
        case .end(let end): return end.sentence(in: language)
        case .duesPrice(let price): return price.sentence(in: language)
        case .duesShare(let share, let year): return share.sentence(of: year.year, in: language)
        case .units(let units): return units.sentence(in: language)
        case .policies(let policies):
            return language(
                "Takstblad \(policies.sheet) (beslutning \(policies.decision.reference)), \(policies.proRata.text(in: language)).",
                "Rate sheet \(policies.sheet) (decision \(policies.decision.reference)), \(policies.proRata.text(in: language)).")
        case .row(let row):
            return language(
                "\(row.component), \(row.term.text(in: language)): \(row.price.told(in: language)) (række \(row.id), beslutning \(row.decision.reference)).",
                "\(row.component), \(row.term.text(in: language)): \(row.price.told(in: language)) (row \(row.id), decision \(row.decision.reference))."
            )
        case .size(let size): return size.sentence(in: language)
        case .joined(let count):
            return language(
                "\(count) aktive deltagere på periodens første dag.", "\(count) active participants on the period's first day.")
        case .passive(let ratio):
            return language("Passiv deltager: \(ratio) af beløbet.", "Passive participant: \(ratio) of the amount.")
        case .contribution(let rate):
            let percent = rate.ratio.percentText(in: language)
            let day = rate.day.text(in: language)
            let decided = rate.decision.map { language(" (beslutning \($0.reference))", " (decision \($0.reference))") } ?? ""
            return rate.isMember
                ? language("Medlem \(day): bidrag \(percent)\(decided).", "A member on \(day): contribution \(percent)\(decided).")
                : language("Ikke medlem \(day): bidrag \(percent)\(decided).", "Not a member on \(day): contribution \(percent)\(decided).")
        case .slice(let slice): return slice.sentence(in: language)
        case .joining(let agreement, let signedOn, let dueOn):
            return language(
                "Aftale \(agreement) underskrevet \(signedOn.text(in: language)), afgiften forfalder \(dueOn.text(in: language)).",
                "Agreement \(agreement) signed on \(signedOn.text(in: language)); the fee falls due on \(dueOn.text(in: language)).")
        case .reduction(let pledge):
            let off =
                pledge.reduction == .whole
                ? language("bortfalder", "is waived")
                : language("nedsættes med \(pledge.amount.text(in: language)) kr.", "is reduced by DKK \(pledge.amount.text(in: language))")
            return language(
                "Afgiften \(off): tilsagn \(pledge.pledge) til \(pledge.project), betalt \(pledge.paidOn.text(in: language)) (\(pledge.proof); beslutning \(pledge.decision.reference)).",
                "The fee \(off): pledge \(pledge.pledge) to \(pledge.project), paid on \(pledge.paidOn.text(in: language)) (\(pledge.proof); decision \(pledge.decision.reference))."
            )
        case .pledge(let pledge):
            let amount = pledge.amount.text(in: language)
            return language(
                "Tilsagn \(pledge.pledge) til \(pledge.project): \(amount) kr., målet er nået \(pledge.dueOn.text(in: language)) (beslutning \(pledge.decision.reference)).",
                "Pledge \(pledge.pledge) to \(pledge.project): DKK \(amount); the target was reached on \(pledge.dueOn.text(in: language)) (decision \(pledge.decision.reference))."
            )
        case .adjustment(let adjustment):
            let amount = adjustment.amount.text(in: language)
            return language(
                "Nedsat med \(amount) kr.: \(adjustment.reason) (beslutning \(adjustment.decision.reference)).",
                "Reduced by DKK \(amount): \(adjustment.reason) (decision \(adjustment.decision.reference)).")
        case .reversal(let run):
            return language("Kørsel \(run) er tilbageført.", "Run \(run) was reversed.")
        }
    }
}

extension Cause {
    /// The changed fact as one sentence: what it was, what it is.
    public func sentence(in language: Language) -> String {
        switch (from, to) {
        case (let from?, let to?):
            if case (.duesPrice(let old), .duesPrice(let new)) = (from, to) {
                let (before, after) = (old.amount.text(in: language), new.amount.text(in: language))
                return language(
                    "Kontingentet for \(new.year) er ændret fra \(before) kr. (\(old.decision.reference)) til \(after) kr. (\(new.decision.reference)).",
                    "The dues of \(new.year) changed from DKK \(before) (\(old.decision.reference)) to DKK \(after) (\(new.decision.reference))."
                )
            }
            let (before, now) = (from.sentence(in: language), to.sentence(in: language))
            // What differs in a number that nobody reads is told once.
            if before == now { return language("Registreret på ny: \(now)", "Recorded anew: \(now)") }
            let others = Cause.othersChanged(from, to, in: language).map { " \($0)" } ?? ""
            return language("Ændret. Før: \(before) Nu: \(now)\(others)", "Changed. Before: \(before) Now: \(now)\(others)")
        case (nil, let to?):
            // A new adjustment, reversal or end says all there is to say.
            switch to {
            case .adjustment, .reversal, .end: return to.sentence(in: language)
            default: return language("Kommet til: \(to.sentence(in: language))", "Added: \(to.sentence(in: language))")
            }
        case (.reversal(let run)?, nil): return Fact.reversal(run: run).sentence(in: language)
        case (let from?, nil): return language("Bortfaldet: \(from.sentence(in: language))", "Gone: \(from.sentence(in: language))")
        case (nil, nil): return ""
        }
    }
}

extension Cause {
    /// A share changes without its participant doing anything, when others come, go or change size.
    fileprivate static func othersChanged(_ from: Fact, _ to: Fact, in language: Language) -> String? {
        guard case .slice(let old) = from, case .slice(let new) = to, case .part(let before) = old.method, case .part(let now) = new.method
        else { return nil }
        let (others, othersNow) = (before.weightSum - before.weight, now.weightSum - now.weight)
        if others == othersNow { return nil }
        return language(
            "Andre deltagere er kommet til, gået eller har fået en anden vægt: deres vægte var tilsammen \(others) og er nu \(othersNow).",
            "Other participants came, went or weigh otherwise: together their weights were \(others) and are \(othersNow) now.")
    }
}

extension Spell {
    fileprivate func sentence(in language: Language) -> String {
        let form = forms.initial == .passive ? language("Passiv aftale", "Passive agreement") : language("Aftale", "Agreement")
        let changes = forms.changes.map { change in
            change.form == .passive
                ? language(", passiv fra \(change.from.text(in: language))", ", passive from \(change.from.text(in: language))")
                : language(", aktiv fra \(change.from.text(in: language))", ", active from \(change.from.text(in: language))")
        }
        return "\(form) \(agreement) \(days(in: language))\(changes.joined())."
    }

    /// The agreement's own days; and to when its period counts, where a succession ended the agreement before (rule 15).
    func days(in language: Language) -> String {
        let own = ownTerm.text(in: language)
        guard succeededAfter != nil, let counted = term.last?.text(in: language) else { return own }
        return language("\(own), den begyndte periode regnet til \(counted)", "\(own), the period it was in counted to \(counted)")
    }
}

extension AgreementEnd {
    fileprivate func sentence(in language: Language) -> String {
        let last = lastDay.text(in: language)
        let decided = decision.map { language(" (beslutning \($0.reference))", " (decision \($0.reference))") } ?? ""
        switch (reason, noticeReceivedOn, successor) {
        case (.notice, let received?, _):
            return language(
                "Opsigelse af aftale \(agreement) modtaget \(received.text(in: language)): sidste dag er \(last).",
                "Notice of agreement \(agreement) received on \(received.text(in: language)): the last day is \(last).")
        case (.notice, nil, _):
            return language(
                "Aftale \(agreement) er opsagt: sidste dag er \(last).",
                "Notice was given of agreement \(agreement): the last day is \(last).")
        case (.exclusion, _, _):
            return language(
                "Aftale \(agreement) ophører ved eksklusion: sidste dag er \(last)\(decided).",
                "Agreement \(agreement) ends by exclusion: the last day is \(last)\(decided).")
        case (.succeeded, _, _):
            let day = nextDay.text(in: language)
            let heir = successor ?? ""
            return language(
                "Aftale \(agreement) gik \(day) over til \(heir)\(decided): sidste dag er \(last).",
                "Agreement \(agreement) went over to \(heir) on \(day)\(decided): the last day is \(last).")
        }
    }
}

extension DuesShare {
    fileprivate func sentence(of year: Int, in language: Language) -> String {
        switch self {
        case .full: language("Medlem senest 1. juli \(year): hele årets kontingent.", "A member by 1 July \(year): the full year's dues.")
        case .half:
            language("Først medlem efter 1. juli \(year): halvt kontingent.", "A member only after 1 July \(year): half the dues.")
        case .none: language("Ikke medlem i \(year): intet kontingent.", "Not a member in \(year): no dues.")
        }
    }
}

extension PriceModel {
    /// The price with its amounts.
    func told(in language: Language) -> String {
        let kroner: (Money) -> String = { language("\($0.text(in: language)) kr.", "DKK \($0.text(in: language))") }
        switch self {
        case .amount(let amount): return kroner(amount)
        case .perClass(let amounts):
            return SizeClass.allCases.compactMap { sizeClass in
                amounts[sizeClass].map { "\(sizeClass.text(in: language)) \(kroner($0))" }
            }.joined(separator: ", ")
        case .perInhabitant(let figure, let floor, let cap):
            var text = language("\(figure.text(in: language)) kr. pr. indbygger", "DKK \(figure.text(in: language)) per inhabitant")
            if let floor { text += language(", mindst \(kroner(floor))", ", at least \(kroner(floor))") }
            if let cap { text += language(", højst \(kroner(cap))", ", at most \(kroner(cap))") }
            return text
        case .stepDown(let steps):
            return steps.map {
                $0.from == 1
                    ? language("fra 1 deltager \(kroner($0.amount))", "from 1 participant \(kroner($0.amount))")
                    : language("fra \($0.from) deltagere \(kroner($0.amount))", "from \($0.from) participants \(kroner($0.amount))")
            }
            .joined(separator: ", ")
        case .fraction(let ratio, let component): return language("\(ratio) af \(component)", "\(ratio) of \(component)")
        case .shared(let total, let key):
            return language("\(kroner(total)) deles \(key.name(in: language))", "\(kroner(total)) shared \(key.name(in: language))")
        }
    }
}

extension ShareKey {
    fileprivate func name(in language: Language) -> String {
        switch self {
        case .equal: language("ligeligt", "equally")
        case .inhabitants: language("efter indbyggere", "by inhabitants")
        case .sizeClass: language("efter størrelse", "by size class")
        case .given: language("efter aftalte vægte", "by given weights")
        }
    }
}

extension Int32 {
    /// Whole numbers the way people read them: `104.305`.
    func text(in language: Language) -> String {
        guard let amount = try? Money(kroner: String(self)) else { return String(self) }
        return String(amount.text(in: language).dropLast(3))
    }
}

extension ContributionDerivation {
    func explanation(in language: Language) -> [String] {
        let price = (try? base + amount) ?? base
        return ChargeBasis.contribution(self).facts.map { $0.sentence(in: language) } + [
            language(
                "Med bidrag \(price.text(in: language)) kr., uden \(base.text(in: language)) kr., hver afrundet for sig: bidraget er forskellen, \(amount.text(in: language)) kr.",
                "With contribution DKK \(price.text(in: language)), without DKK \(base.text(in: language)), each rounded by itself: the contribution is the difference, DKK \(amount.text(in: language))."
            )
        ]
    }
}

extension JoiningFeeDerivation {
    func explanation(in language: Language) -> [String] {
        var sentences = ChargeBasis.joiningFee(self).facts.map { $0.sentence(in: language) }
        if reductions.isEmpty { return sentences }
        let left = amount.text(in: language)
        sentences.append(
            full.map {
                language(
                    "Fuld afgift \($0.text(in: language)) kr., efter nedsættelse \(left) kr.",
                    "Full fee DKK \($0.text(in: language)), after reductions DKK \(left).")
            }
                ?? language(
                    "Den fulde afgift kendes ikke; efter nedsættelse er den \(left) kr.",
                    "The full fee is not known; after reductions it is DKK \(left)."))
        return sentences
    }
}

extension Waiver {
    /// What was waived and why: full fee, each reduction with its pledge, the payment's proof and the decision.
    public func explanation(in language: Language) -> [String] { derivation.explanation(in: language) }

    /// What stands over the explanation.
    public func title(of product: String?, in language: Language) -> String {
        ([language("Bortfaldet:", "Waived:"), key.charge.title(in: language)] + [product].compactMap { $0 }).joined(separator: " ")
    }
}
