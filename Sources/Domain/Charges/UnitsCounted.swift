/// How many units of a billing period count in a participant's fee (rule 4): `108 of 181 days`.
public struct UnitsCounted: Sendable, Hashable {
    public let period: BillingPeriod
    public let policy: ProRata
    public let counted: Int64
    /// Of the whole period.
    public let total: Int64

    /// Are both the same part of their periods? A whole year is, whether it has 365 days or 366.
    func isSamePart(as other: UnitsCounted) -> Bool { Int128(counted) * Int128(other.total) == Int128(other.counted) * Int128(total) }
}

extension UnitsCounted {
    fileprivate init(_ spells: [Spell], in period: BillingPeriod, by policy: ProRata) {
        let units = Units(period: period, policy: policy)
        self.init(
            period: period, policy: policy,
            counted: units.runs(Attendance(spells, in: period), changes: []).reduce(Int64(0)) { $0 + $1.count }, total: units.total)
    }
}

extension ChargeBasis {
    /// How much of its billing period a fee is charged for; nothing where the charge is none by units.
    var feeUnits: UnitsCounted? {
        guard let fee else { return nil }
        return UnitsCounted(fee.spells, in: fee.period, by: fee.policies.proRata)
    }

    /// The same of a fee or a share. What units do to a share its weights tell by themselves.
    var units: UnitsCounted? {
        if let feeUnits { return feeUnits }
        guard let share else { return nil }
        return UnitsCounted(share.spells, in: share.period, by: share.policies.proRata)
    }

    private var fee: FeeDerivation? {
        switch self {
        case .fee(let fee): fee
        case .contribution(let contribution): contribution.fee
        case .dues, .share, .joiningFee, .pledge, .nothing, .reversal: nil
        }
    }

    private var share: ShareDerivation? {
        switch self {
        case .share(let share): share
        case .contribution(let contribution): contribution.share
        case .dues, .fee, .joiningFee, .pledge, .nothing, .reversal: nil
        }
    }
}
