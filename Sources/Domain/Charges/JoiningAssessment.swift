extension AccountAssessment {
    /// Once per organisation and product, ever: due on the first day somebody takes part actively (rule 14).
    mutating func assessJoining(
        _ subject: Subject, _ own: [Participation], _ prices: SubjectPrices
    ) throws(ArithmeticOverflow) {
        if prices.joining.isEmpty { return }
        let key = key(subject, .joiningFee, nil)
        let first = own.compactMap { participation -> (participation: Participation, dueOn: CivilDate)? in
            participation.forms.firstActiveDay(in: participation.term).map { (participation, $0) }
        }.min { ($0.dueOn, $0.participation.agreement) < ($1.dueOn, $1.participation.agreement) }
        guard let (participation, dueOn) = first, !isPaidByPredecessor(subject, before: dueOn), isInWindow(key, dueOn: dueOn) else {
            return
        }
        guard let (sheet, rows) = prices.joining(signedOn: participation.signedOn) else { return park(key, .noPrice) }
        let origin = origin(of: participation)
        let year = origin.firstDay.year
        let question = SizeQuestion(asked: rows.map(\.price))
        let bounds = sheet.bounds ?? terms.policies.bounds.value(on: origin.firstDay)
        let found = Result { () throws(Unpriced) in
            try JoiningFeeDerivation(
                agreement: participation.agreement, signedOn: participation.signedOn, dueOn: dueOn, rows: rows,
                size: question.map { _ in
                    SizeUse(
                        year: year, fact: origin.account.sizes.fact(for: year),
                        bounds: rows.contains { $0.price.needsClass } ? bounds : nil)
                },
                reductions: reductions(for: subject, before: origin.firstDay))
        }
        if case .success(let fee) = found, fee.isWaived { waive(key, fee) }
        let used = question.map { UsedSize(origin.account.organisation, origin.account.sizes, in: year, for: $0) }
        try settle(
            key, found.map(ChargeBasis.joiningFee), vat: sheet.treatment ?? terms.vat.treatment(of: .joiningFee, on: dueOn),
            sizes: UsedSizes(own: Set([used].compactMap { $0 })))
    }

    /// What a predecessor took part in actively, it has paid or owes itself (rule 15).
    private func isPaidByPredecessor(_ subject: Subject, before day: CivilDate) -> Bool {
        account.predecessors.contains { predecessor in
            predecessor.succeededOn <= day
                && predecessor.account.participations.contains {
                    $0.subject == subject && $0.forms.firstActiveDay(in: $0.term) != nil
                }
        }
    }

    /// The agreement that a taken-over one continues: the class of its first day's year holds, and that of who had it then.
    private func origin(of participation: Participation) -> (firstDay: CivilDate, account: ChargedAccount) {
        var origin = (participation: participation, account: account)
        // A line of successions is no longer than the predecessors are many.
        for _ in account.predecessors {
            let earlier = account.predecessors.lazy.compactMap { predecessor in
                predecessor.account.participations.first { $0.agreement == origin.participation.takenOverFrom }
                    .map { ($0, predecessor.account) }
            }.first
            guard let earlier else { break }
            origin = earlier
        }
        return (origin.participation.term.first, origin.account)
    }

    /// The pledges that were paid before the agreement began and take something off its joining fee; a predecessor's count for who took its place.
    private func reductions(for subject: Subject, before first: CivilDate) -> [PaidPledge] {
        (account.pledges + account.predecessors.flatMap(\.account.pledges)).compactMap { pledge in
            guard let product = pledge.product, subject == .product(product), pledge.reduction != .nothing, let paidOn = pledge.paidOn,
                paidOn < first
            else {
                return nil
            }
            return PaidPledge(
                pledge: pledge.id, project: pledge.projectName, amount: pledge.amount, paidOn: paidOn, proof: pledge.proof ?? "",
                reduction: pledge.reduction, decision: pledge.decision)
        }
    }
}
