extension AccountAssessment {
    /// The account's part of the sheet's shared totals; nothing where it shares none.
    func share(of stay: Stay) throws(Unpriced) -> ShareDerivation? {
        let priced = stay.priced
        var slices: [ShareSlice] = []
        for pool in priced.pools {
            if let slice = try slice(of: pool, for: stay) { slices.append(slice) }
        }
        if slices.isEmpty { return nil }
        return try ShareDerivation(
            period: priced.period, policies: priced.policies, lateChanges: priced.sheet.lateChanges ?? .settle, spells: stay.spells,
            size: priced.size(account.sizes, for: priced.pools.map(\.price)), slices: slices)
    }

    private func slice(of pool: SharePool, for stay: Stay) throws(Unpriced) -> ShareSlice? {
        let (period, policies) = (stay.priced.period, stay.priced.policies)
        switch pool.state {
        case .unpriced: throw .noPrice
        case .incomplete(let missing): throw .shareIncomplete(missing)
        case .weightless(let members):
            if members.contains(account.organisation) { return nil }
        case .shared(let slots):
            if let slot = slots[account.organisation] {
                return try ShareSlice(
                    component: pool.component, totals: pool.totals, in: period, policies, day: slot.day, form: slot.form,
                    measure: slot.measure, method: .part(slot.share))
            }
        }
        // Nobody else's line changes for who joins in the period (rule 9).
        guard let measure = pool.key.measure(of: account.organisation, account.sizes.fact(for: period.year), stay.priced.bounds) else {
            throw .shareIncomplete([account.name])
        }
        let form = stay.attendance.form(on: stay.firstDay) ?? .active
        let (weight, overflow) = measure.multipliedReportingOverflow(by: policies.passive.weight(of: form))
        if overflow { throw .overflow }
        let units = Units(period: period, policy: policies.proRata)
        let counted = units.runs(stay.attendance, changes: []).reduce(Int64(0)) { $0 + $1.count }
        return try ShareSlice(
            component: pool.component, totals: pool.totals, in: period, policies, day: stay.firstDay, form: form, measure: measure,
            method: .joinedLater(weight: weight, weightSum: pool.weightSum, units: counted, of: units.total))
    }
}
