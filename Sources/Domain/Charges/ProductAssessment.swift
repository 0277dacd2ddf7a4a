extension AccountAssessment {
    /// The keys of one product, or of the supplier partnership: the joining fee, and for every billing period the fee, the share and the contribution.
    mutating func assessProduct(_ subject: Subject) throws(ArithmeticOverflow) {
        guard let prices = terms.prices(of: subject) else { return }
        let own = account.participations.filter { $0.subject == subject }
        try assessJoining(subject, own, prices)
        for period in prices.gaps {
            // Suppliers pay nothing unless a sheet says so; a product's participants wait for one.
            guard subject != .supplier, own.contains(where: { $0.spell(in: period) != nil }) else { continue }
            park(key(subject, .annualFee, period), .noPrice)
            // What stands posted cannot be compared with anything, and is not given back for want of a price.
            for posted in account.posted.keys.sorted() where posted.subject == subject && posted != key(subject, .annualFee, period) {
                guard let other = posted.period, other.year == period.year,
                    period.half == nil || other.half == nil || other.half == period.half
                else { continue }
                park(posted, .noPrice)
            }
        }
        for priced in prices.periods where !priced.isEmpty {
            let spells = own.compactMap { $0.spell(in: priced.period) }.sorted {
                ($0.term.first, $0.agreement) < ($1.term.first, $1.agreement)
            }
            if spells.isEmpty { continue }
            try assess(subject, priced, spells)
        }
    }

    private mutating func assess(_ subject: Subject, _ priced: PricedPeriod, _ spells: [Spell]) throws(ArithmeticOverflow) {
        let period = priced.period
        let attendance = Attendance(spells, in: period)
        guard let firstDay = attendance.firstDay, let living = attendance.span else { return }
        let charge: ChargeKind = subject == .supplier ? .supplierFee : .annualFee
        let feeKey = key(subject, charge, period)
        let shareKey = key(subject, .sharedCost, period)
        let contributionKey = key(subject, .contribution, period)
        var fee: FeeDerivation?
        var share: ShareDerivation?
        var isWhole = true
        var sizes = UsedSizes.none

        if priced.hasGap {
            park(feeKey, .noPrice)
            isWhole = false
        } else if !priced.rows.isEmpty {
            do {
                let size = priced.size(account.sizes, for: priced.rows.map(\.price))
                let found = try FeeDerivation(
                    period: period, policies: priced.policies, spells: spells, rows: priced.rows, size: size, joined: priced.joined)
                fee = found
                if size != nil { sizes.own.insert(UsedSize(account.organisation, account.sizes, in: period.year)) }
                try compare(feeKey, .fee(found), vat: vat(priced.sheet, charge, on: period.firstDay), sizes: sizes)
            } catch let unpriced as Unpriced {
                try park(feeKey, for: unpriced)
                isWhole = false
            } catch {
                throw ArithmeticOverflow()
            }
        }
        if !priced.pools.isEmpty {
            switch try slices(priced, spells, attendance, firstDay) {
            case .success(let slices):
                if slices.isEmpty { break }
                do {
                    let measured = priced.pools.contains { $0.key.usesSizes }
                    let size = measured ? priced.size(account.sizes, for: priced.pools.map { .shared(.zero, by: $0.key) }) : nil
                    let found = try ShareDerivation(
                        period: period, policies: priced.policies, lateChanges: priced.sheet.lateChanges ?? .settle, spells: spells,
                        size: size,
                        slices: slices)
                    share = found
                    var used = UsedSizes(shared: Set(priced.pools.compactMap(\.sizes)))
                    if measured { used.own.insert(UsedSize(account.organisation, account.sizes, in: period.year)) }
                    try compare(shareKey, .share(found), vat: vat(priced.sheet, .sharedCost, on: period.firstDay), sizes: used)
                    sizes.formUnion(used)
                } catch let unpriced as Unpriced {
                    try park(shareKey, for: unpriced)
                    isWhole = false
                } catch {
                    throw ArithmeticOverflow()
                }
            case .failure(let incomplete):
                park(shareKey, incomplete.reason, missing: incomplete.missing)
                isWhole = false
            }
        }
        guard priced.sheet.carriesContribution, fee != nil || share != nil || !isWhole else { return }
        // Membership is looked at on the first day in the period on which the agreement lives (rule 4).
        let isMember = account.participations.contains { membership in
            membership.subject == .association && (membership.spell(in: period)?.term ?? membership.term).contains(firstDay)
        }
        guard isWhole, let rate = terms.contribution(isMember: isMember, on: firstDay) else {
            // Without its base a contribution cannot be told; the base's own key says why.
            if isWhole || account.posted[contributionKey] != nil {
                park(contributionKey, .noPrice)
            } else {
                park(contributionKey, baseReason(feeKey, shareKey))
            }
            return
        }
        do {
            let found = try ContributionDerivation(
                period: period, rate: rate, fee: fee, share: share?.amount ?? .zero, livingDays: living)
            try compare(
                contributionKey, .contribution(found), vat: vat(priced.sheet, .contribution, on: period.firstDay), sizes: sizes)
        } catch let unpriced as Unpriced {
            try park(contributionKey, for: unpriced)
        } catch {
            throw ArithmeticOverflow()
        }
    }

    /// Why the base of a contribution is not known.
    private func baseReason(_ keys: ChargeKey...) -> ParkingReason {
        parked.last { $0.key.map(keys.contains) ?? false }?.reason ?? .noPrice
    }

    private struct Incomplete: Error {
        let reason: ParkingReason
        let missing: [String]
    }

    /// The account's part of each shared total; none where nobody shares.
    private func slices(
        _ priced: PricedPeriod, _ spells: [Spell], _ attendance: Attendance, _ firstDay: CivilDate
    ) throws(ArithmeticOverflow) -> Result<[ShareSlice], Incomplete> {
        var slices: [ShareSlice] = []
        for pool in priced.pools {
            let shared: [Identifier<Organisation>: SharePool.Slot]
            switch pool.state {
            case .unpriced: return .failure(Incomplete(reason: .noPrice, missing: []))
            case .incomplete(let missing): return .failure(Incomplete(reason: .shareIncomplete, missing: missing))
            case .empty: continue
            case .shared(let slots): shared = slots
            }
            do {
                if let slot = shared[account.organisation] {
                    slices.append(
                        try ShareSlice(
                            component: pool.component, totals: pool.totals, in: priced.period, priced.policies, day: slot.day,
                            form: slot.form,
                            measure: slot.measure, method: .part(slot.share)))
                    continue
                }
                // Nobody else's line changes for who joins in the period (rule 9).
                guard let measure = pool.key.measure(of: account.organisation, account.sizes.fact(for: priced.period.year), priced.bounds)
                else {
                    return .failure(Incomplete(reason: .shareIncomplete, missing: [account.name]))
                }
                let form = attendance.form(on: firstDay) ?? .active
                let (weight, overflow) = measure.multipliedReportingOverflow(by: priced.policies.passive.weight(of: form))
                if overflow { throw ArithmeticOverflow() }
                let units = Units(period: priced.period, policy: priced.policies.proRata)
                let counted = units.runs(attendance, changes: []).reduce(Int64(0)) { $0 + $1.count }
                slices.append(
                    try ShareSlice(
                        component: pool.component, totals: pool.totals, in: priced.period, priced.policies, day: firstDay, form: form,
                        measure: measure,
                        method: .joinedLater(weight: weight, weightSum: pool.weightSum, units: counted, of: units.total)))
            } catch Unpriced.noPrice {
                return .failure(Incomplete(reason: .noPrice, missing: []))
            } catch {
                throw ArithmeticOverflow()
            }
        }
        return .success(slices)
    }

    private func vat(_ sheet: RateSheet, _ charge: ChargeKind, on day: CivilDate) -> VATRate? {
        sheet.vat ?? terms.vat.rate(of: charge, on: day)
    }

    /// Once per organisation and product, ever: due on the first day somebody takes part actively (rule 14).
    private mutating func assessJoining(
        _ subject: Subject, _ own: [Participation], _ prices: SubjectPrices
    ) throws(ArithmeticOverflow) {
        if prices.joining.isEmpty { return }
        let key = key(subject, .joiningFee, nil)
        let first = own.compactMap { participation -> (participation: Participation, dueOn: CivilDate)? in
            guard let day = participation.forms.firstActiveDay(in: participation.term) else { return nil }
            return (participation, day)
        }.min { ($0.dueOn, $0.participation.agreement) < ($1.dueOn, $1.participation.agreement) }
        // What a predecessor took part in actively, it has paid or owes itself (rule 15).
        guard let (participation, dueOn) = first, !(participation.isTakenOver && dueOn == participation.term.first) else { return }
        guard isInWindow(key, dueOn: dueOn) else { return }
        let components = Dictionary(grouping: prices.joining, by: \.row.component)
        let held = components.sorted { $0.key < $1.key }.compactMap { _, rows -> (row: RateRow, sheet: RateSheet)? in
            rows.first { $0.row.term.contains(participation.signedOn) }
                ?? rows.filter { $0.row.term.first > participation.signedOn }.min { $0.row.term.first < $1.row.term.first }
        }
        guard let sheet = held.first?.sheet else { return park(key, .noPrice) }
        let year = participation.term.first.year
        let needsClass = held.contains { $0.row.price.needsClass }
        let needsSize = needsClass || held.contains { $0.row.price.needsInhabitants }
        let size =
            needsSize
            ? SizeUse(
                year: year, fact: account.sizes.fact(for: year),
                bounds: needsClass ? sheet.bounds ?? terms.policies.bounds.value(on: participation.term.first) : nil) : nil
        do {
            let found = try JoiningFeeDerivation(
                agreement: participation.agreement, signedOn: participation.signedOn, dueOn: dueOn, rows: held.map(\.row), size: size,
                reductions: reductions(for: subject, before: participation.term.first))
            if found.amount == .zero, found.full > .zero { waive(key, found) }
            try compare(
                key, .joiningFee(found), vat: vat(sheet, .joiningFee, on: dueOn),
                sizes: needsSize ? UsedSizes(own: [UsedSize(account.organisation, account.sizes, in: year)]) : .none)
        } catch let unpriced as Unpriced {
            try park(key, for: unpriced)
        } catch {
            throw ArithmeticOverflow()
        }
    }

    /// The pledges that were paid before the agreement began and take something off its joining fee.
    private func reductions(for subject: Subject, before first: CivilDate) -> [PaidPledge] {
        account.pledges.compactMap { pledge in
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
