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
    /// The facts that differ between the newest derivations of the two years, half by half where it is billed in halves.
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
    /// A year's sum, and what its periods stand on.
    private struct Side {
        var net = Money.zero
        /// The newest of each half, or of the year as a whole.
        var periods: [BillingPeriod.Half?: (day: CivilDate, derivation: Derivation)] = [:]
        var parked: ParkingReason?
        var isBilledInHalves = false

        private var latest: Derivation? { periods.values.max { $0.day < $1.day }?.derivation }
        var grounds: [Fact] { latest?.facts.filter(\.isGround) ?? [] }

        /// What differs between a half and the same half of the other year, each thing once. Halves that come to the same tell nothing beside others that do
        /// not; a half that only one of the years has is told by how much of it is charged; where no two belong together, the latest are told
        /// against each other.
        func causes(to later: Side) -> [Cause] {
            var pairs: [(before: Derivation, after: Derivation)] = []
            var alone: [Cause] = []
            for half in [nil, .first, .second] as [BillingPeriod.Half?] {
                let (before, after) = (periods[half]?.derivation, later.periods[half]?.derivation)
                if let before, let after {
                    pairs.append((before, after))
                } else if let units = before?.basis.units ?? after?.basis.units {
                    alone.append(before == nil ? Cause(from: nil, to: .units(units)) : Cause(from: .units(units), to: nil))
                }
            }
            if pairs.isEmpty, let latest, let after = later.latest { pairs = [(latest, after)] }
            let differing = pairs.filter { $0.before.owed != $0.after.owed }
            var causes: [Cause] = []
            for pair in differing.isEmpty ? pairs : differing {
                causes += Cause.betweenYears(pair.before, and: pair.after).filter { !causes.contains($0) }
            }
            return pairs.isEmpty || later.parked != nil ? causes : causes + alone
        }
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
        let half = key.period?.half
        if side.periods[half].map({ $0.day <= day }) ?? true { side.periods[half] = (day, derivation) }
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
            let causes = pair.before.causes(to: pair.after)
            let isNew = pair.before.net == .zero && pair.after.net != .zero
            let inHalves = pair.before.isBilledInHalves || pair.after.isBilledInHalves
            let parting = pair.before.net == pair.after.net ? [] : successions.filter { $0.parts(charged, years, inHalves: inHalves) }
            return YearChange(
                organisation: charged.place.organisation, name: name(charged.place.organisation), subject: charged.place.subject,
                charge: charged.charge,
                before: pair.before.net, after: pair.after.net, causes: causes,
                grounds: isNew ? pair.after.grounds : [],
                successions: parting.map(\.record), parked: pair.after.parked)
        }.filter { $0.before != .zero || $0.after != .zero || $0.parked != nil }
            .sorted { ($0.name, $0.organisation, $0.subject, $0.charge.place) < ($1.name, $1.organisation, $1.subject, $1.charge.place) }
    }
}
