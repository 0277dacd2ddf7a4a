/// One who may take part in shared totals and step-downs of a product.
public struct Participant: Sendable {
    public let organisation: Identifier<Organisation>
    public let name: String
    public let cvr: CVRNumber?
    /// All on one subject.
    public let participations: [Participation]
    public let sizes: SizeHistory

    public init(
        organisation: Identifier<Organisation>, name: String, cvr: CVRNumber?, participations: [Participation], sizes: SizeHistory
    ) {
        self.organisation = organisation
        self.name = name
        self.cvr = cvr
        self.participations = participations
        self.sizes = sizes
    }
}

/// A shared total of one billing period and everybody's part in it, computed once a run.
struct SharePool: Sendable {
    struct Slot: Sendable {
        let share: Share
        let day: CivilDate
        let form: AgreementForm
        let measure: Int64
    }

    enum State: Sendable {
        case shared([Identifier<Organisation>: Slot])
        /// The names of those whose weight is not known.
        case incomplete([String])
        /// A unit of the period has no row.
        case unpriced
        /// None of those who share it weighs anything: they owe nothing, and the total is shared by who joins later, or by nobody.
        case weightless(Set<Identifier<Organisation>>)
    }

    let component: String
    let key: ShareKey
    let totals: [SharedTotal]
    /// What the period shares out; zero where it has no price.
    let total: Money
    let state: State
    /// Nobody takes part who weighs anything, at any time of the period.
    let isUnshared: Bool
    let weightSum: Int64
    /// The sizes that the shares of all participants stand on; nothing where no size is asked for.
    let sizes: SharedSizes?

    /// - Parameters:
    ///   - gaps: days between two rows of the component, which have no price.
    ///   - isAlone: nothing else is priced, so that days without a total have no price either.
    ///   - participants: in the order that breaks ties: by CVR number, those without one last, by id.
    init(
        component: String, rows: [RateRow], gaps: [Period], isAlone: Bool, period: BillingPeriod, policies: FeePolicies,
        lateChanges: LateChanges, bounds: SizeBounds?,
        participants: [Participant]
    ) throws(ArithmeticOverflow) {
        self.component = component
        var key = ShareKey.equal
        var totals: [SharedTotal] = []
        for row in rows {
            // All rows of a period share by the same key: a price's model changes only where a billing period begins (rule 1).
            guard case .shared(let total, let by) = row.price else { continue }
            key = by
            totals.append(SharedTotal(row: row.id, term: row.term, total: total, decision: row.decision))
        }
        self.key = key
        self.totals = totals
        do throws(Unpriced) {
            let days = Units(period: period, policy: policies.proRata).runs(changes: Set(gaps.flatMap { [$0.first, $0.last.next] }))
            if days.contains(where: { run in gaps.contains { $0.contains(run.day) } }) { throw Unpriced.noPrice }
            total = try ShareSlice.total(of: totals, in: period, policies, isWhole: isAlone)
        } catch {
            if error == .overflow { throw ArithmeticOverflow() }
            (total, state, isUnshared, weightSum, sizes) = (.zero, .unpriced, false, 0, nil)
            return
        }
        let present = participants.compactMap { Presence($0, in: period) }
        let members = SharePool.members(present, in: period, policies, lateChanges)
        sizes = SizeQuestion(asked: [.shared(total, by: key)]).map { question in
            SharedSizes(members.map { UsedSize($0.id, $0.sizes, in: period.year, for: question) })
        }
        func measure(of participant: Participant) -> Int64? {
            key.measure(of: participant.organisation, participant.sizes.fact(for: period.year), bounds)
        }
        var weights: [Int64] = []
        var measures: [Int64] = []
        var missing: [String] = []
        for member in members {
            guard let measure = measure(of: member.presence.participant) else {
                missing.append(member.presence.participant.name)
                continue
            }
            let (weight, overflow) = measure.multipliedReportingOverflow(by: member.time)
            if overflow { throw ArithmeticOverflow() }
            measures.append(measure)
            weights.append(weight)
        }
        if !missing.isEmpty {
            (state, isUnshared, weightSum) = (.incomplete(missing), false, 0)
        } else if weights.contains(where: { $0 > 0 }) {
            var slots: [Identifier<Organisation>: Slot] = [:]
            let shares = try Money.slots(for: total, weights: weights)
            for (index, member) in members.enumerated() {
                slots[member.id] = Slot(
                    share: shares[index], day: member.presence.firstDay, form: member.presence.form, measure: measures[index])
            }
            (state, isUnshared, weightSum) = (.shared(slots), false, shares.first?.weightSum ?? 0)
        } else {
            let weightless = Set(members.map(\.id))
            state = .weightless(weightless)
            // Who joins later and weighs something, or has an unknown weight, takes part in it.
            isUnshared =
                total > .zero
                && present.allSatisfy { weightless.contains($0.participant.organisation) || measure(of: $0.participant) == 0 }
            weightSum = 0
        }
    }

    /// One who takes part on some day of the period.
    private struct Presence {
        let participant: Participant
        let attendance: Attendance
        let firstDay: CivilDate
        /// On the first day.
        let form: AgreementForm

        init?(_ participant: Participant, in period: BillingPeriod) {
            attendance = Attendance(participant.participations.compactMap { $0.spell(in: period) }, in: period)
            guard let first = attendance.firstDay else { return nil }
            self.participant = participant
            firstDay = first
            form = attendance.form(on: first) ?? .active
        }
    }

    /// One of those who share the total.
    private struct Member {
        let presence: Presence
        /// What the measure is multiplied by: the form's weight, and under `settle` the units too.
        let time: Int64

        var id: Identifier<Organisation> { presence.participant.organisation }
        var sizes: SizeHistory { presence.participant.sizes }
    }

    /// Who shares the total: all who were there (`settle`), or those of the first day on which somebody was (`nextPeriod`).
    private static func members(
        _ present: [Presence], in period: BillingPeriod, _ policies: FeePolicies, _ lateChanges: LateChanges
    ) -> [Member] {
        switch lateChanges {
        case .nextPeriod:
            let opening = present.map(\.firstDay).min()
            return present.filter { $0.firstDay == opening }.map { Member(presence: $0, time: policies.passive.weight(of: $0.form)) }
        case .settle:
            let units = Units(period: period, policy: policies.proRata)
            return present.map { presence in
                let time = units.byForm(presence.attendance).reduce(Int64(0)) { sum, stretch in
                    sum + stretch.units * policies.passive.weight(of: stretch.form)
                }
                return Member(presence: presence, time: time)
            }
        }
    }
}

extension SharePool {
    /// The total as a price, which says what it asks of a participant's size.
    var price: PriceModel { .shared(total, by: key) }
}

extension ShareKey {
    /// A participant's own measure; nothing when it is not known.
    func measure(of organisation: Identifier<Organisation>, _ fact: SizeFact, _ bounds: SizeBounds?) -> Int64? {
        switch self {
        case .equal: 1
        case .inhabitants: fact.headcount.map { Int64($0.inhabitants) }
        case .sizeClass(let weights): bounds.flatMap { fact.sizeClass(by: $0) }.flatMap { weights[$0] }
        case .given(let weights): weights[organisation]
        }
    }
}

extension Ratio {
    /// A passive participant weighs the numerator where an active one weighs the denominator.
    func weight(of form: AgreementForm) -> Int64 { form == .passive ? numerator : denominator }
}
