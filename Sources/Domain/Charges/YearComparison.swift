/// One organisation's charge for a product in a year, beside the year before.
public struct YearChange: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        case new, gone, changed, same
        /// The later year cannot be told yet.
        case parked
    }

    public let organisation: Identifier<Organisation>
    public let name: String
    public let subject: Subject
    public let charge: ChargeKind
    public let before: Money
    public let after: Money
    /// The facts that differ between the newest derivations of the two years.
    public let causes: [Cause]
    /// What a charge that is new stands on: the agreements, the joining or the pledge behind it. Nothing where there was a charge before.
    public let grounds: [Fact]
    /// By what its charges end, or begin, between the years; nothing where that changed nothing.
    public let successions: [SuccessionRecord]
    /// Why a part of the later year could not be charged.
    public let parked: ParkingReason?

    public var kind: Kind {
        if parked != nil { return .parked }
        if before == after { return .same }
        if before == .zero { return .new }
        return after == .zero ? .gone : .changed
    }
}

/// Sums charges by organisation, subject and kind over two years.
package struct YearComparison {
    /// A year's sum and the derivation of its latest period.
    private struct Side {
        var net = Money.zero
        var latest: (day: CivilDate, derivation: Derivation)?
        var parked: ParkingReason?
        var isBilledInHalves = false
    }

    private let years: ComparedYears
    private var sides: [PartyCharge: (before: Side, after: Side)] = [:]

    package init(target: BillingPeriod) { years = ComparedYears(target: target) }

    /// Counts an amount of a key, positive or negative, in the year it belongs to. Other years are left out.
    package mutating func add(_ key: ChargeKey, on covered: CivilDate, _ net: Money, _ derivation: Derivation) throws(ArithmeticOverflow) {
        let day = key.period?.firstDay ?? covered
        guard let year = years.side(of: key, chargedFor: covered) else { return }
        var pair = sides[PartyCharge(key)] ?? (Side(), Side())
        var side = year == .now ? pair.after : pair.before
        side.net = try side.net + net
        if key.period?.half != nil { side.isBilledInHalves = true }
        if side.latest.map({ $0.day <= day }) ?? true { side.latest = (day, derivation) }
        if year == .now { pair.after = side } else { pair.before = side }
        sides[PartyCharge(key)] = pair
    }

    /// Notes that a key of the later year could not be charged.
    package mutating func park(_ key: ChargeKey, for reason: ParkingReason) {
        guard years.side(of: key, chargedFor: years.target.firstDay) == .now else { return }
        sides[PartyCharge(key), default: (Side(), Side())].after.parked = reason
    }

    /// By name, subject and charge.
    ///
    /// - Parameter successions: all there were, by day.
    package func changes(after successions: [ChargeSuccession], named name: (Identifier<Organisation>) -> String) -> [YearChange] {
        sides.map { charged, pair in
            let causes: [Cause]
            if let before = pair.before.latest?.derivation, let after = pair.after.latest?.derivation {
                causes = Cause.betweenYears(before, and: after)
            } else {
                causes = []
            }
            let isNew = pair.before.net == .zero && pair.after.net != .zero
            let inHalves = pair.before.isBilledInHalves || pair.after.isBilledInHalves
            let parting = pair.before.net == pair.after.net ? [] : successions.filter { $0.parts(charged, years, inHalves: inHalves) }
            return YearChange(
                organisation: charged.place.organisation, name: name(charged.place.organisation), subject: charged.place.subject,
                charge: charged.charge,
                before: pair.before.net, after: pair.after.net, causes: causes,
                grounds: isNew ? pair.after.latest?.derivation.facts.filter(\.isGround) ?? [] : [],
                successions: parting.map(\.record), parked: pair.after.parked)
        }.filter { $0.before != .zero || $0.after != .zero || $0.parked != nil }
            .sorted { ($0.name, $0.organisation, $0.subject, $0.charge.place) < ($1.name, $1.organisation, $1.subject, $1.charge.place) }
    }
}
