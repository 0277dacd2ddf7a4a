extension AccountAssessment {
    /// The keys of one product, or of the supplier partnership: the joining fee, and for every billing period the fee, the share and the contribution.
    mutating func assessProduct(_ subject: Subject) throws(ArithmeticOverflow) {
        guard let prices = terms.prices(of: subject) else { return }
        let own = account.participations.filter { $0.subject == subject }
        try assessJoining(subject, own, prices)
        for period in prices.gaps where own.contains(where: { $0.spell(in: period) != nil }) { parkGap(subject, period) }
        for priced in prices.periods where !priced.isEmpty {
            if let stay = Stay(own.compactMap { $0.spell(in: priced.period) }, in: priced) { try assess(stay, of: subject) }
        }
    }

    /// No sheet covers a period. Suppliers pay nothing unless a sheet says so; a product's participants wait for one.
    private mutating func parkGap(_ subject: Subject, _ period: BillingPeriod) {
        if subject == .supplier { return }
        let fee = key(subject, .annualFee, period)
        park(fee, .noPrice)
        // What stands posted cannot be compared with anything, and is not given back for want of a price.
        for posted in account.posted.keys.sorted() where posted.subject == subject && posted != fee {
            guard let other = posted.period, other.year == period.year,
                period.half == nil || other.half == nil || other.half == period.half
            else { continue }
            park(posted, .noPrice)
        }
    }

    private mutating func assess(_ stay: Stay, of subject: Subject) throws(ArithmeticOverflow) {
        let (priced, period) = (stay.priced, stay.priced.period)
        let charge: ChargeKind = subject == .supplier ? .supplierFee : .annualFee
        var sizes = UsedSizes.none

        let fee = Result { () throws(Unpriced) in try self.fee(of: stay) }
        if let question = SizeQuestion(asked: priced.rows.map(\.price)) { sizes.own = used(for: question, in: period.year) }
        try settle(
            key(subject, charge, period), fee.map { $0.map(ChargeBasis.fee) }, vat: vat(priced, charge), sizes: sizes)

        let share = Result { () throws(Unpriced) in try self.share(of: stay) }
        var shareSizes = UsedSizes(shared: Set(priced.pools.compactMap(\.sizes)))
        if let question = SizeQuestion(asked: priced.pools.map(\.price)) { shareSizes.own = used(for: question, in: period.year) }
        try settle(
            key(subject, .sharedCost, period), share.map { $0.map(ChargeBasis.share) }, vat: vat(priced, .sharedCost), sizes: shareSizes)

        guard priced.sheet.carriesContribution else { return }
        sizes.formUnion(shareSizes)
        let contribution = Result { () throws(Unpriced) in try self.contribution(on: stay, try fee.get(), try share.get()) }
        try settle(
            key(subject, .contribution, period), contribution.map { $0.map(ChargeBasis.contribution) }, vat: vat(priced, .contribution),
            sizes: sizes)
    }

    private func vat(_ priced: PricedPeriod, _ charge: ChargeKind) -> VATTreatment? {
        priced.sheet.treatment ?? terms.vat.treatment(of: charge, on: priced.period.firstDay)
    }

    private func used(for question: SizeQuestion, in year: Int) -> Set<UsedSize> {
        [UsedSize(account.organisation, account.sizes, in: year, for: question)]
    }

    /// The fee of the sheet's rows; nothing where it has none.
    private func fee(of stay: Stay) throws(Unpriced) -> FeeDerivation? {
        let priced = stay.priced
        if priced.isUnpriced || stay.meets(priced.gaps) { throw .noPrice }
        if priced.rows.isEmpty { return nil }
        return try FeeDerivation(
            period: priced.period, policies: priced.policies, spells: stay.spells, rows: priced.rows,
            size: priced.size(account.sizes, for: priced.rows.map(\.price)), joined: priced.joined)
    }

    /// The contribution on fee and share together; without its base it cannot be told, for the base's reason.
    private func contribution(
        on stay: Stay, _ fee: FeeDerivation?, _ share: ShareDerivation?
    ) throws(Unpriced) -> ContributionDerivation? {
        if fee == nil && share == nil { return nil }
        let period = stay.priced.period
        // Membership is looked at on the first day in the period on which the agreement lives (rule 4).
        let isMember = account.participations.contains { membership in
            membership.subject == .association && (membership.spell(in: period)?.term ?? membership.term).contains(stay.firstDay)
        }
        guard let rate = terms.contribution(isMember: isMember, on: stay.firstDay) else { throw .noPrice }
        return try ContributionDerivation(period: period, rate: rate, fee: fee, share: share, livingDays: stay.livingDays)
    }
}

/// An account's agreements on one subject in one priced billing period.
struct Stay {
    let priced: PricedPeriod
    /// By first day.
    let spells: [Spell]
    let attendance: Attendance
    let firstDay: CivilDate
    let livingDays: Period

    /// Nothing when no agreement lives on any day of the period.
    init?(_ spells: [Spell], in priced: PricedPeriod) {
        let ordered = spells.sorted { ($0.term.first, $0.agreement) < ($1.term.first, $1.agreement) }
        let attendance = Attendance(ordered, in: priced.period)
        guard let days = attendance.span else { return nil }
        self.priced = priced
        self.spells = ordered
        self.attendance = attendance
        firstDay = days.first
        livingDays = days
    }

    /// Does a unit that counts go by one of these days?
    func meets(_ gaps: [Period]) -> Bool {
        if gaps.isEmpty { return false }
        let changes = Set(gaps.flatMap { [$0.first, $0.last.next] })
        return Units(period: priced.period, policy: priced.policies.proRata).runs(attendance, changes: changes).contains { run in
            gaps.contains { $0.contains(run.day) }
        }
    }
}
