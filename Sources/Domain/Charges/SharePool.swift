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
        /// Nobody takes part in the period, or nobody weighs anything.
        case empty
    }

    let component: String
    let key: ShareKey
    let totals: [SharedTotal]
    let state: State
    let weightSum: Int64
    /// The sizes that the shares of all participants stand on; nothing where no size is asked for.
    let sizes: SharedSizes?

    /// - Parameter participants: in the order that breaks ties: by CVR number, those without one last, by id.
    init(
        component: String, rows: [RateRow], period: BillingPeriod, policies: FeePolicies, lateChanges: LateChanges, bounds: SizeBounds?,
        participants: [Participant]
    ) throws(ArithmeticOverflow) {
        self.component = component
        var key = ShareKey.equal
        var totals: [SharedTotal] = []
        for row in rows {
            guard case .shared(let total, let by) = row.price else { continue }
            key = by
            totals.append(SharedTotal(row: row.id, term: row.term, total: total, decision: row.decision))
        }
        self.key = key
        self.totals = totals
        let total: Money
        do {
            total = try ShareSlice.total(of: totals, in: period, policies)
        } catch {
            if error == .overflow { throw ArithmeticOverflow() }
            (state, weightSum, sizes) = (.unpriced, 0, nil)
            return
        }
        let present = participants.compactMap { participant -> (Participant, Attendance)? in
            let attendance = Attendance(participant.participations.compactMap { $0.spell(in: period) }, in: period)
            return attendance.firstDay == nil ? nil : (participant, attendance)
        }
        let opening = present.compactMap(\.1.firstDay).min()
        let units = Units(period: period, policy: policies.proRata)
        var members: [(participant: Participant, day: CivilDate, form: AgreementForm, time: Int64)] = []
        for (participant, attendance) in present {
            guard let first = attendance.firstDay, let opening else { continue }
            let form = attendance.form(on: first) ?? .active
            switch lateChanges {
            case .nextPeriod:
                if first == opening { members.append((participant, first, form, policies.passive.weight(of: form))) }
            case .settle:
                let changes = Set(participant.participations.flatMap { $0.forms.changes.map(\.from) })
                let time = units.runs(attendance, changes: changes).reduce(Int64(0)) { sum, run in
                    sum + run.count * policies.passive.weight(of: attendance.form(on: run.day) ?? .active)
                }
                members.append((participant, first, form, time))
            }
        }
        sizes =
            key.usesSizes
            ? SharedSizes(members.map { UsedSize($0.participant.organisation, $0.participant.sizes, in: period.year) }) : nil
        var weights: [Int64] = []
        var measures: [Int64] = []
        var missing: [String] = []
        for member in members {
            guard let measure = key.measure(of: member.participant.organisation, member.participant.sizes.fact(for: period.year), bounds)
            else {
                missing.append(member.participant.name)
                continue
            }
            let (weight, overflow) = measure.multipliedReportingOverflow(by: member.time)
            if overflow { throw ArithmeticOverflow() }
            measures.append(measure)
            weights.append(weight)
        }
        guard missing.isEmpty else {
            (state, weightSum) = (.incomplete(missing), 0)
            return
        }
        guard weights.contains(where: { $0 > 0 }) else {
            (state, weightSum) = (.empty, 0)
            return
        }
        var slots: [Identifier<Organisation>: Slot] = [:]
        let shares = try Money.slots(for: total, weights: weights)
        for (index, member) in members.enumerated() {
            slots[member.participant.organisation] = Slot(
                share: shares[index], day: member.day, form: member.form, measure: measures[index])
        }
        state = .shared(slots)
        weightSum = shares.first?.weightSum ?? 0
    }
}

extension ShareKey {
    var usesSizes: Bool {
        switch self {
        case .inhabitants, .sizeClass: true
        case .equal, .given: false
        }
    }

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
