import Domain

// How a share came to be: the formula, what its numbers are, and who the others are.

extension ShareSlice {
    /// A weight with the participant's own measure in it: form and time multiply it for all who share.
    private func weightText(_ weight: Int64) -> String { Self.weightText(weight, of: measure) }

    fileprivate static func weightText(_ weight: Int64, of measure: Int64) -> String {
        measure > 0 && weight != measure && weight % measure == 0 ? "(\(measure) × \(weight / measure))" : String(weight)
    }

    func sentence(in language: Language) -> String {
        let (all, own) = (total.text(in: language), amount.text(in: language))
        let rows = totals.map {
            language("række \($0.row), beslutning \($0.decision.reference)", "row \($0.row), decision \($0.decision.reference)")
        }
        .joined(separator: "; ")
        switch method {
        case .part(let share):
            let extra = share.rank < share.leftover ? language(" og 1 øre af resten", " and 1 øre of the remainder") : ""
            return language(
                "\(component): \(all) kr. × \(weightText(share.weight)) / \(share.weightSum)\(extra) = \(own) kr., opgjort \(day.text(in: language)) (\(rows)).",
                "\(component): DKK \(all) × \(weightText(share.weight)) / \(share.weightSum)\(extra) = DKK \(own), as of \(day.text(in: language)) (\(rows))."
            )
        case .joinedLater(let weight, let others, let units, let count):
            return language(
                "\(component): kommet til \(day.text(in: language)): \(all) kr. × \(weight) / (\(others) + \(weight)) × \(units) / \(count) = \(own) kr. (\(rows)).",
                "\(component): joined on \(day.text(in: language)): DKK \(all) × \(weight) / (\(others) + \(weight)) × \(units) / \(count) = DKK \(own) (\(rows))."
            )
        }
    }
}

extension ShareDerivation {
    func explanation(in language: Language) -> [String] {
        ChargeBasis.share(self).facts.map { $0.sentence(in: language) } + slices.compactMap { weights(of: $0, in: language) }
    }

    /// What the numbers of a slice are: whose weight, made how, out of what sum.
    private func weights(of slice: ShareSlice, in language: Language) -> String? {
        let own: (weight: Int64, rest: String)
        switch slice.method {
        case .part(let share):
            own = (
                share.weight,
                language(
                    "\(share.weightSum) er summen af alle deltageres vægte", "\(share.weightSum) is the sum of all participants' weights")
            )
        case .joinedLater(let weight, let others, let units, let count):
            own = (
                weight,
                language(
                    "\(others) er vægten af dem, der deler fra periodens begyndelse, og \(units) af \(count) er den del af perioden, der er tilbage",
                    "\(others) is the weight of those who share from the period's beginning, and \(units) of \(count) is the part of the period that is left"
                )
            )
        }
        let passive = policies.passive
        // Where form counts, a factor of one says something as well: that of who is passive.
        guard slice.measure > 0, own.weight % slice.measure == 0, own.weight != slice.measure || passive.denominator != 1 else {
            return language(
                "\(slice.component): \(own.weight) er deltagerens egen vægt, \(own.rest).",
                "\(slice.component): \(own.weight) is the participant's own weight, \(own.rest).")
        }
        let factor = factor(own.weight / slice.measure, of: slice, in: language)
        let forms =
            passive.denominator == 1
            ? ""
            : language(
                " (en passiv tæller \(passive) af en aktiv, så alle vægte er hele tal)",
                " (who is passive counts \(passive) of who is active, so that all weights are whole numbers)")
        return language(
            "\(slice.component): \(slice.measure) er deltagerens eget mål, ganget med \(factor)\(forms); \(own.rest).",
            "\(slice.component): \(slice.measure) is the participant's own measure, times \(factor)\(forms); \(own.rest).")
    }

    /// What a measure is multiplied by: `3 (aktiv)`, `181 dage`, `543 = 3 (aktiv) × 181 dage`.
    private func factor(_ factor: Int64, of slice: ShareSlice, in language: Language) -> String {
        let products = weighedTime(of: slice).map { time in
            let form = time.form == .passive ? language("passiv", "passive") : language("aktiv", "active")
            let weight = policies.passive.denominator == 1 ? [] : ["\(time.weight) (\(form))"]
            return weight + [time.units.map { policies.proRata.count($0, in: language) }].compactMap { $0 }
        }
        // A single factor says all there is.
        if products.joined().count < 2 { return products.joined().first ?? String(factor) }
        return "\(factor) = " + products.map { $0.joined(separator: " × ") }.joined(separator: " + ")
    }
}

extension ShareCircle {
    /// Everybody who shares: `Drift deles af Aarhus (352751), Favrskov (48602)`.
    fileprivate func sentence(in language: Language) -> String {
        let told = members.map { $0.text }.joined(separator: ", ")
        let rest =
            untold == 0
            ? ""
            : language(
                " og andre, der ingen linje har for den (\(untold))", " and others who have no line of it (\(untold))")
        return language(
            "\(slice.component) deles efter vægt af \(told)\(rest).", "\(slice.component) is shared by weight among \(told)\(rest).")
    }

    /// Who came, who went and who weighs otherwise. Nothing where nobody did, or where those without a line are not the same as before.
    fileprivate func changes(since earlier: ShareCircle, in language: Language) -> String? {
        guard untold == earlier.untold else { return nil }
        let before = Dictionary(earlier.members.map { ($0.organisation, $0) }) { first, _ in first }
        let after = Dictionary(members.map { ($0.organisation, $0) }) { first, _ in first }
        let came = members.filter { before[$0.organisation] == nil }.map(\.text)
        let went = earlier.members.filter { after[$0.organisation] == nil }.map(\.text)
        let changed = members.compactMap { member in
            before[member.organisation].flatMap {
                $0.weight == member.weight ? nil : "\(member.name) (\($0.weightText) → \(member.weightText))"
            }
        }
        let parts = [
            came.isEmpty ? nil : language("kommet til: ", "came: ") + came.joined(separator: ", "),
            went.isEmpty ? nil : language("gået: ", "went: ") + went.joined(separator: ", "),
            changed.isEmpty ? nil : language("anden vægt: ", "another weight: ") + changed.joined(separator: ", "),
        ].compactMap { $0 }
        if parts.isEmpty { return nil }
        return language(
            "Blandt dem, der deler \(slice.component): ", "Among those who share \(slice.component): ") + parts.joined(separator: "; ")
            + "."
    }
}

extension ShareCircle.Member {
    fileprivate var weightText: String { ShareSlice.weightText(weight, of: measure) }

    fileprivate var text: String { "\(name) \(weightText.hasPrefix("(") ? weightText : "(\(weightText))")" }
}

extension LineCircles {
    /// Who shares, and what of that changed.
    func sentences(in language: Language) -> [String] {
        now.map { $0.sentence(in: language) }
            + before.compactMap { earlier in
                now.first { $0.slice.component == earlier.slice.component }?.changes(since: earlier, in: language)
            }
    }
}
