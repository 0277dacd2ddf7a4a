/// Consecutive units of a billing period that are priced alike: some days on which an agreement lives, and how many units they make.
struct UnitRun: Equatable {
    /// The unit's first day, or the first living day in it if later: the day whose row and form hold.
    let day: CivilDate
    /// From the first to the last living day.
    let covers: Period
    /// How many units count.
    let count: Int64
}

/// The units into which a policy cuts a billing period (rule 4).
struct Units {
    let period: BillingPeriod
    let policy: ProRata

    /// How many units the whole period has.
    var total: Int64 { policy == .days ? Int64(period.days.length) : Int64(bounds.count) }

    /// The units that count, as runs: a day each for `days`, cut where something changes; else one run a unit.
    ///
    /// - Parameter changes: the days on which rows or forms may change.
    func runs(_ attendance: Attendance, changes: Set<CivilDate>) -> [UnitRun] {
        guard policy == .days else {
            return bounds.compactMap { unit in
                let days = attendance.living.compactMap { stretch in Term(first: unit.first, last: unit.last)?.overlap(with: stretch.days) }
                guard let first = days.map(\.first).min(), let last = days.map(\.last).max() else { return nil }
                return UnitRun(day: first, covers: Period(ordered: first, last), count: 1)
            }
        }
        var runs: [UnitRun] = []
        var counted = period.firstDay
        for stretch in attendance.living where stretch.days.last >= counted {
            var first = max(stretch.days.first, counted)
            let inside = changes.filter { $0 > first && $0 <= stretch.days.last }.sorted()
            for cut in inside + [stretch.days.last.next] {
                let last = cut.previous
                runs.append(UnitRun(day: first, covers: Period(ordered: first, last), count: Int64(Period(ordered: first, last).length)))
                first = cut
            }
            counted = stretch.days.last.next
        }
        return runs
    }

    /// How many units count in each form, active first.
    func byForm(_ attendance: Attendance) -> [(form: AgreementForm, units: Int64)] {
        let changes = Set(attendance.living.flatMap { $0.forms.changes.map(\.from) })
        var counts: [AgreementForm: Int64] = [:]
        for run in runs(attendance, changes: changes) { counts[attendance.form(on: run.day) ?? .active, default: 0] += run.count }
        return AgreementForm.allCases.compactMap { form in counts[form].map { (form, $0) } }
    }

    /// The whole period, as if an agreement lived on all its days.
    func runs(changes: Set<CivilDate>) -> [UnitRun] {
        let whole = Spell(agreement: Identifier(0), term: Term(ordered: period.days))
        return runs(Attendance([whole], in: period), changes: changes)
    }

    private var bounds: [Period] {
        let months: Int
        switch policy {
        case .none, .days: return [period.days]
        case .halfYear: months = period.half == nil ? 6 : 3
        case .startedMonths: months = 1
        }
        let first = period.half == .second ? 7 : 1
        let last = period.half == .first ? 6 : 12
        return stride(from: first, through: last, by: months).map { month in
            let end = month + months - 1
            return Period(
                ordered: CivilDate(existing: period.year, month, 1),
                CivilDate(existing: period.year, end, CivilDate.length(ofMonth: end, in: period.year)))
        }
    }
}

extension Period {
    /// Days, 1 or more.
    public var length: Int { Int(last.daysSince2000 - first.daysSince2000) + 1 }
}

extension Term {
    init(ordered period: Period) {
        first = period.first
        last = period.last
    }
}

extension CivilDate {
    /// The day after a day inside a billing period, whose years are bounded.
    var next: CivilDate { adding(days: 1) ?? self }
    var previous: CivilDate { adding(days: -1) ?? self }
}

extension FeeDerivation {
    /// How many units of the policy the whole period has.
    public var unitsOfPeriod: Int64 { Units(period: period, policy: policies.proRata).total }
}
