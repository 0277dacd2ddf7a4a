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

extension FeeDerivation {
    fileprivate var units: UnitsCounted {
        UnitsCounted(
            period: period, policy: policies.proRata, counted: parts.reduce(Int64(0)) { $0 + $1.units }, total: unitsOfPeriod)
    }
}

extension ChargeBasis {
    /// How much of its billing period is charged; nothing where that is no fee by units. A share tells of its own.
    var units: UnitsCounted? {
        switch self {
        case .fee(let fee): fee.units
        case .contribution(let contribution): contribution.fee?.units
        case .dues, .share, .joiningFee, .pledge, .nothing, .reversal: nil
        }
    }
}
