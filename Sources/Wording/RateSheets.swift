public import Domain

// A rate sheet in words, as the public takstblad says it.

extension SizeClass {
    public func text(in language: Language) -> String {
        switch self {
        case .small: language("lille", "small")
        case .medium: language("mellem", "medium")
        case .large: language("stor", "large")
        case .veryLarge: language("meget stor", "very large")
        }
    }
}

extension BillingFrequency {
    public func text(in language: Language) -> String {
        switch self {
        case .yearly: language("helårligt", "yearly")
        case .halfYearly: language("halvårligt", "half-yearly")
        }
    }
}

extension ProRata {
    public func text(in language: Language) -> String {
        switch self {
        case .none: language("hele perioden", "the whole period")
        case .halfYear: language("halve perioder", "half periods")
        case .startedMonths: language("påbegyndte måneder", "started months")
        case .days: language("dage", "days")
        }
    }
}

extension LateChanges {
    public func text(in language: Language) -> String {
        switch self {
        case .nextPeriod:
            language(
                "ændrer først andres andele fra næste periode; hvem der kommer til, betaler for sin egen del af perioden",
                "change the shares of others from the next period only; who joins pays for its own part of the period")
        case .settle: language("udlignes mellem alle", "are settled among all")
        }
    }
}

extension SizeBounds {
    /// `lille til og med 25000, mellem til og med 60000, …`
    public func text(in language: Language) -> String {
        let bounded = [(SizeClass.small, small), (.medium, medium), (.large, large)].map { sizeClass, bound in
            language("\(sizeClass.text(in: language)) til og med \(bound)", "\(sizeClass.text(in: language)) to \(bound)")
        }
        return (bounded + [language("ellers meget stor", "else very large")]).joined(separator: ", ")
    }
}

extension PriceModel {
    /// The price in words where it is no amount of its own; amounts are without the contribution.
    public func text(in language: Language) -> String {
        switch self {
        case .amount(let amount): return amount.text(in: language)
        case .perClass: return language("pr. størrelse", "by size class")
        case .stepDown: return language("efter antal tilsluttede", "by number of participants")
        case .fraction(let share, let component): return language("\(share) af \(component)", "\(share) of \(component)")
        case .perInhabitant(let figure, let floor, let cap):
            let parts = [
                language("\(figure.text(in: language)) kr. pr. indbygger", "\(figure.text(in: language)) kr. per inhabitant"),
                floor.map { language("mindst \($0.text(in: language))", "at least \($0.text(in: language))") },
                cap.map { language("højst \($0.text(in: language))", "at most \($0.text(in: language))") },
            ]
            return parts.compactMap { $0 }.joined(separator: ", ")
        case .shared(let total, let key):
            let amount = total.text(in: language)
            return switch key {
            case .equal: language("\(amount) delt lige", "\(amount) shared equally")
            case .inhabitants: language("\(amount) delt efter indbyggere", "\(amount) shared by inhabitants")
            case .sizeClass: language("\(amount) delt efter størrelse", "\(amount) shared by size class")
            case .given: language("\(amount) delt efter aftalte vægte", "\(amount) shared by agreed weights")
            }
        }
    }
}

extension PriceList.Case {
    public func text(in language: Language) -> String {
        switch self {
        case .everybody: language("alle", "all")
        case .sizeClass(let sizeClass): sizeClass.text(in: language)
        case .participants(let from): language("fra \(from) tilsluttede", "from \(from) participants")
        }
    }
}

extension Ratio {
    /// A share in percent, `9 %`; as a fraction where a percentage would not be exact to two decimals.
    public func percentText(in language: Language) -> String {
        guard isShare, 10_000 % denominator == 0 else { return description }
        let points = numerator * (10_000 / denominator)
        let (whole, hundredths) = (points / 100, points % 100)
        let decimals = hundredths == 0 ? "" : language(",", ".") + (hundredths < 10 ? "0" : "") + String(hundredths)
        return "\(whole)\(decimals) %"
    }
}

extension PriceList {
    /// What holds for all of the list's prices, a sentence a line.
    public func conditions(in language: Language) -> [String] {
        var conditions = [
            language("Takstblad \(sheet.id) ", "Rate sheet \(sheet.id) ") + sheet.term.text(in: language)
                + language("; beslutning \(sheet.decision.reference)", "; decision \(sheet.decision.reference)")
        ]
        if hasRunningFees {
            conditions.append(
                language("Faktureres ", "Invoiced ") + sheet.frequency.text(in: language)
                    + language("; til- og afgang i en periode: ", "; joining or leaving in a period: ") + sheet.proRata.text(in: language)
                    + language("; passive betaler \(sheet.passive)", "; passive participants pay \(sheet.passive)"))
        }
        if let late = sheet.lateChanges { conditions.append(language("Sene ændringer ", "Late changes ") + late.text(in: language)) }
        if let bounds { conditions.append(language("Indbyggere: ", "Inhabitants: ") + bounds.text(in: language)) }
        if let contribution {
            conditions.append(
                language(
                    "Årlige priser er inklusive bidrag til OS2: medlemmer \(contribution.member.percentText(in: language)), andre \(contribution.nonMember.percentText(in: language))",
                    "Yearly prices include the contribution to OS2: members \(contribution.member.percentText(in: language)), others \(contribution.nonMember.percentText(in: language))"
                ))
        }
        if let vat = sheet.vat {
            conditions.append(language("Moms \(vat.percentText(in: language)) %", "VAT \(vat.percentText(in: language)) %"))
        }
        conditions.append(
            hasRunningFees
                ? language("Beløb er kroner for et helt år ekskl. moms", "Amounts are kroner for a full year excl. VAT")
                : language("Beløb er kroner ekskl. moms", "Amounts are kroner excl. VAT"))
        if hasJoiningFees {
            conditions.append(
                language(
                    "Tilslutningsafgiften er uden bidrag og betales én gang, når aftalen begynder, efter taksten på underskriftens dag",
                    "The joining fee carries no contribution and is paid once, when the agreement begins, at the rate of the day of signature"
                ))
        }
        return conditions
    }
}
