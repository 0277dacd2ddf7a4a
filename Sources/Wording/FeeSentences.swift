import Domain

// How a fee came to be: what its components come to in a year, and how much of the period is charged.

extension BillingPeriod {
    /// `2027`; a half as `1. halvår 2027`.
    func text(in language: Language) -> String {
        guard let half else { return String(year) }
        return language("\(half.rawValue). halvår \(year)", "\(half == .first ? "first" : "second") half of \(year)")
    }
}

extension ProRata {
    /// Units of the policy, counted.
    func count(_ units: Int64, in language: Language) -> String {
        switch self {
        case .none: units == 1 ? language("1 periode", "1 period") : language("\(units) perioder", "\(units) periods")
        case .halfYear: units == 1 ? language("1 halvdel", "1 half") : language("\(units) halvdele", "\(units) halves")
        case .startedMonths: units == 1 ? language("1 måned", "1 month") : language("\(units) måneder", "\(units) months")
        case .days: units == 1 ? language("1 dag", "1 day") : language("\(units) dage", "\(units) days")
        }
    }
}

extension UnitsCounted {
    func sentence(in language: Language) -> String {
        let (period, count) = (period.text(in: language), policy.count(counted, in: language))
        return language("\(period): \(count) af \(total) betales.", "\(period): \(count) of \(total) are charged.")
    }
}

extension ComponentAmount {
    /// `Drift (35.090 × 0,25 kr.) 8.772,50 kr.`
    fileprivate func text(in language: Language) -> String {
        let about = isExact ? "" : language("ca. ", "about ")
        let how = how(in: language).map { " (\($0))" } ?? ""
        let money = amount.text(in: language)
        return language("\(component)\(how) \(about)\(money) kr.", "\(component)\(how) \(about)DKK \(money)")
    }

    /// By what the amount is chosen or made; nothing where it stands in the rate sheet as it is.
    private func how(in language: Language) -> String? {
        switch way {
        case .stated: nil
        case .sizeClass(let sizeClass): sizeClass.text(in: language)
        case .step(let from):
            from == 1
                ? language("fra 1 deltager", "from 1 participant") : language("fra \(from) deltagere", "from \(from) participants")
        case .inhabitants(let count, let figure, let bound):
            "\(count.text(in: language)) × "
                + language("\(figure.text(in: language)) kr.", "DKK \(figure.text(in: language))")
                + (bound.map { $0 == .floor ? language(", mindst", ", at least") : language(", højst", ", at most") } ?? "")
        case .fraction(let ratio, let other): language("\(ratio) af \(other)", "\(ratio) of \(other)")
        }
    }
}

extension FeeDerivation {
    func explanation(in language: Language) -> [String] {
        var sentences = ChargeBasis.fee(self).facts.map { $0.sentence(in: language) } + steps(in: language)
        if let half = period.half {
            sentences.append(
                language(
                    "Årets beløb i hele øre er delt i to; den ulige øre hører til første halvår (her \(half.rawValue). halvår).",
                    "The year's amount in whole øre is split in two; the odd øre belongs to the first half (this is half \(half.rawValue))."
                ))
        }
        return sentences
    }

    /// What the components come to, and each part's days and amount.
    func steps(in language: Language) -> [String] {
        var sentences: [String] = []
        let whole = period.half == nil ? language("årets", "the year's") : language("halvårets", "the half-year's")
        for part in parts {
            let count = policies.proRata.count(part.units, in: language)
            let days = Term(first: part.covers.first, last: part.covers.last)?.text(in: language) ?? ""
            let form =
                part.form == .passive
                ? language(", passiv: \(policies.passive) af beløbet", ", passive: \(policies.passive) of the amount") : ""
            let amount = part.amount.text(in: language)
            sentences += [yearPrice(of: part, in: language)].compactMap { $0 }
            sentences.append(
                language(
                    "\(days): \(count) af \(whole) \(unitsOfPeriod)\(form) = \(amount) kr., afrundet samlet til hele øre.",
                    "\(days): \(count) of \(whole) \(unitsOfPeriod)\(form) = DKK \(amount), rounded cumulatively to whole øre."))
        }
        return sentences.once
    }

    /// What the rows of a part come to in a year; nothing where that stands in the rate sheet as it is.
    private func yearPrice(of part: FeePart, in language: Language) -> String? {
        guard let price = try? yearPrice(of: part) else { return nil }
        if price.components.count == 1, price.components.allSatisfy({ $0.way == .stated }) { return nil }
        let sum = price.components.map { $0.text(in: language) }.joined(separator: " + ")
        let total =
            price.components.count == 1 ? "" : language(" = \(price.sum.text(in: language)) kr.", " = DKK \(price.sum.text(in: language))")
        return language("For et helt år: \(sum)\(total)", "For a whole year: \(sum)\(total).")
    }
}
