import Domain

/// What a register holds of an association, as plain facts, and what is owed once or once a year by the rules' own words: day by day, with no code of the
/// engine's. What a product costs in a period is ``ReferenceModel``'s, which gets the days from here.
struct ReferenceRegister {
    /// A membership, or an agreement on the one product.
    struct Agreement {
        let id: Int64
        let organisation: Int64
        let isMembership: Bool
        let first: CivilDate
        var last: CivilDate?
        let forms: FormHistory
        let signedOn: CivilDate
        /// A succession ended it: the successor stands in its place from the day after its last.
        var isSucceeded = false
        /// The end that had been notified when the succession came.
        var notifiedLast: CivilDate?
        /// The predecessor's agreement that it goes on with.
        var takenOverFrom: Int64?

        func lives(on day: CivilDate) -> Bool { first <= day && (last.map { day <= $0 } ?? true) }
    }

    struct Project {
        let id: Int64
        let isOfProduct: Bool
        let target: Int64
        let deadline: CivilDate
    }

    struct Pledge {
        let id: Int64
        let project: Int64
        let organisation: Int64
        let amount: Int64
        let pledgedOn: CivilDate
        var withdrawnOn: CivilDate?
        var paidOn: CivilDate?
        var reduction: PledgeReduction
    }

    struct Succession {
        let predecessors: [Int64]
        let successor: Int64
        let on: CivilDate
    }

    /// A year's dues: an amount in øre, or the year before's times `figure / previous`.
    enum Dues {
        case amount(Int64)
        case indexed(figure: Int64, previous: Int64)
    }

    var agreements: [Agreement] = []
    var successions: [Succession] = []
    var projects: [Project] = []
    var pledges: [Pledge] = []
    var dues: [Int: Dues] = [:]
    /// The rows of each component of the joining fee, without gaps from the first day on.
    var joining: [[(term: Term, price: ReferenceModel.Price)]] = []

    // The days that count (rule 15)

    /// A period that began before a succession stays with the predecessor, as if the agreement went on: to the end that had been notified, if any. And
    /// for such a period a successor owes nothing through what it took over.
    private func counted(_ agreement: Agreement, in period: BillingPeriod) -> (first: CivilDate, last: CivilDate?)? {
        if agreement.takenOverFrom != nil && period.firstDay < agreement.first { return nil }
        if agreement.isSucceeded, let last = agreement.last, period.firstDay <= last { return (agreement.first, agreement.notifiedLast) }
        return (agreement.first, agreement.last)
    }

    private func agreements(of organisation: Int64, isMembership: Bool) -> [Agreement] {
        agreements.filter { $0.organisation == organisation && $0.isMembership == isMembership }
    }

    /// The days of an organisation's agreements on the product, as they count in a period.
    func spells(of organisation: Int64, in period: BillingPeriod) -> [Spell] {
        agreements(of: organisation, isMembership: false).compactMap { agreement in
            counted(agreement, in: period).flatMap { Term(first: $0.first, last: $0.last) }.map {
                Spell(agreement: Identifier(agreement.id), term: $0, forms: agreement.forms)
            }
        }
    }

    /// The days on which it is a member, as they count in a period. Being a member through what was taken over is being one: only what is owed waits for
    /// the next period.
    func memberships(of organisation: Int64, in period: BillingPeriod) -> [Term] {
        agreements(of: organisation, isMembership: true).compactMap { agreement in
            let days = counted(agreement, in: period) ?? (agreement.first, agreement.last)
            return Term(first: days.first, last: days.last)
        }
    }

    // Dues (DOMAIN §3)

    func fullDues(of year: Int) -> Int64 {
        switch dues[year] {
        case .amount(let amount)?: return amount
        case .indexed(let figure, let previous)?:
            let kroner = ReferenceModel.Exact(Int128(fullDues(of: year - 1)) * Int128(figure), 100 * Int128(previous))
            return Int64(kroner.rounded * 100)
        case nil: return 0
        }
    }

    /// In full for a day of membership on or before 1 July, else half; nothing without a day.
    func dues(of organisation: Int64, in year: BillingPeriod) -> Int128 {
        let members = agreements(of: organisation, isMembership: true).compactMap { counted($0, in: year) }
        var day = year.firstDay
        while day <= year.lastDay {
            if members.contains(where: { $0.first <= day && ($0.last.map { last in day <= last } ?? true) }) {
                let full = Int128(fullDues(of: year.year))
                let (_, month, number) = day.components
                return month < 7 || (month == 7 && number == 1) ? full : ReferenceModel.Exact(full, 2).rounded
            }
            day = day.adding(days: 1) ?? .epoch
        }
        return 0
    }

    // Joining fees (rules 14 and 15)

    struct JoiningFee {
        let dueOn: CivilDate
        let amount: Int128
        /// Whose class of which year it goes by; nothing where it goes by none.
        let size: (organisation: Int64, year: Int)?
    }

    /// The first day on which an agreement is active, looked for day by day.
    private func firstActiveDay(of agreement: Agreement) -> CivilDate? {
        var day = agreement.first
        while day.components.year < 2031, agreement.lives(on: day) {
            if agreement.forms.form(on: day) == .active { return day }
            day = day.adding(days: 1) ?? .epoch
        }
        return nil
    }

    /// Those whose place an organisation takes, directly or through others, and from when it stands there.
    private func predecessors(of organisation: Int64) -> [(organisation: Int64, from: CivilDate)] {
        successions.filter { $0.successor == organisation }.flatMap { succession in
            succession.predecessors.flatMap { predecessor in
                [(predecessor, succession.on)] + predecessors(of: predecessor).map { ($0.organisation, succession.on) }
            }
        }
    }

    /// Nothing where no fee is owed at all.
    func joiningFee(of organisation: Int64, inhabitants: (Int64, Int) -> Int64) -> JoiningFee? {
        if joining.isEmpty { return nil }
        let active = agreements(of: organisation, isMembership: false).compactMap { agreement in
            firstActiveDay(of: agreement).map { (agreement: agreement, dueOn: $0) }
        }
        guard let (agreement, dueOn) = active.min(by: { ($0.dueOn, $0.agreement.id) < ($1.dueOn, $1.agreement.id) }) else { return nil }
        // Once ever: what a predecessor took part in, it paid for.
        let line = predecessors(of: organisation)
        for (predecessor, from) in line where from <= dueOn {
            if agreements(of: predecessor, isMembership: false).contains(where: { firstActiveDay(of: $0) != nil }) { return nil }
        }
        // Who signed, when it began and how large it was then: of the agreement that it goes on with, at the start of the line.
        var origin = agreement
        while let earlier = agreements.first(where: { $0.id == origin.takenOverFrom }) { origin = earlier }
        let year = origin.first.components.year
        var full = Int128(0)
        var isByClass = false
        for rows in joining {
            guard let row = rows.first(where: { $0.term.contains(agreement.signedOn) }) ?? rows.first else { continue }
            switch row.price {
            case .amount(let amount): full += Int128(amount)
            case .byClass(let amounts):
                isByClass = true
                full += Int128(amounts[ReferenceModel.Price.sizeClass(inhabitants(origin.organisation, year))])
            case .steps, .perInhabitant, .hundredths: continue
            }
        }
        var left = full
        let contributors = Set([organisation] + line.map(\.organisation))
        for pledge in pledges where contributors.contains(pledge.organisation) {
            guard let paidOn = pledge.paidOn, paidOn < origin.first, projects.contains(where: { $0.id == pledge.project && $0.isOfProduct })
            else { continue }
            switch pledge.reduction {
            case .nothing: continue
            case .amount: left -= Int128(pledge.amount)
            case .whole: left = -full
            }
        }
        return JoiningFee(dueOn: dueOn, amount: max(0, left), size: isByClass ? (origin.organisation, year) : nil)
    }

    // Pledges (rule 16)

    /// The first day no later than the deadline on which the promises that stand come to the target, looked for day by day.
    func reachedOn(_ project: Project) -> CivilDate? {
        let own = pledges.filter { $0.project == project.id }
        guard var day = own.map(\.pledgedOn).min() else { return nil }
        while day <= project.deadline {
            let standing = own.filter { $0.pledgedOn <= day && ($0.withdrawnOn.map { withdrawn in day < withdrawn } ?? true) }
            if standing.reduce(Int128(0), { $0 + Int128($1.amount) }) >= Int128(project.target) { return day }
            day = day.adding(days: 1) ?? .epoch
        }
        return nil
    }

    /// The day from which a pledge is owed; nothing where the project never gets that far, or the pledge was withdrawn before.
    func dueOn(_ pledge: Pledge) -> CivilDate? {
        guard let project = projects.first(where: { $0.id == pledge.project }), let reached = reachedOn(project) else { return nil }
        if let withdrawn = pledge.withdrawnOn, withdrawn <= reached { return nil }
        return max(reached, pledge.pledgedOn)
    }
}
