public import Domain

extension SizeFact {
    /// What is known of a size: `48602 indbyggere 1. januar 2020`, and a placement by hand with its decision.
    public func text(in language: Language) -> String {
        let parts = [
            headcount.map {
                language(
                    "\($0.inhabitants) indbyggere \($0.countedOn.text(in: language))",
                    "\($0.inhabitants) inhabitants on \($0.countedOn.text(in: language))")
            },
            placement.map {
                language(
                    "placeret som \($0.sizeClass.text(in: language)) (\($0.decision.reference))",
                    "placed as \($0.sizeClass.text(in: language)) (\($0.decision.reference))")
            },
        ]
        .compactMap { $0 }
        return parts.isEmpty ? language("ukendt", "unknown") : parts.joined(separator: ", ")
    }
}

extension SizeUse {
    func sentence(in language: Language) -> String {
        let takenOver =
            fact.refrozenBy.map {
                language(
                    ", gælder for det fakturerede \(year) ved beslutning \($0.reference)",
                    ", holds for \(year), which was invoiced before, by decision \($0.reference)")
            } ?? ""
        if let placement = fact.placement, bounds != nil {
            let name = placement.sizeClass.text(in: language)
            return language(
                "Størrelse \(name), sat i hånden: \(placement.reason) (beslutning \(placement.decision.reference))\(takenOver).",
                "Size \(name), placed by hand: \(placement.reason) (decision \(placement.decision.reference))\(takenOver).")
        }
        guard let headcount = fact.headcount else { return language("Størrelsen er ikke kendt.", "The size is not known.") }
        let figure = headcount.inhabitants.text(in: language)
        let asked = fact.isStale(in: year) ? CivilDate(year: year - 1, month: 1, day: 1) : nil
        let old =
            asked.map {
                language(" (tallet af \($0.text(in: language)) var ikke kendt)", " (the figure of \($0.text(in: language)) was not known)")
            } ?? ""
        let day = headcount.countedOn.text(in: language) + old
        guard let sizeClass else {
            return language("\(figure) indbyggere \(day)\(takenOver).", "\(figure) inhabitants on \(day)\(takenOver).")
        }
        let name = sizeClass.text(in: language)
        return language(
            "Størrelse \(name): \(figure) indbyggere \(day)\(takenOver).", "Size \(name): \(figure) inhabitants on \(day)\(takenOver).")
    }
}
