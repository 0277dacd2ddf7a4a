/// How a total falls to one of those who share it, so that it can be told and computed again without the others.
public struct Share: Sendable, Hashable {
    public let weight: Int64
    public let weightSum: Int64
    /// Single øre left over after everybody got the whole øre of their exact share.
    public let leftover: Int64
    /// The place among the largest remainders, from 0; those below `leftover` get one of the øre.
    public let rank: Int64

    public init(weight: Int64, weightSum: Int64, leftover: Int64, rank: Int64) {
        self.weight = weight
        self.weightSum = weightSum
        self.leftover = leftover
        self.rank = rank
    }

    /// The part of a total that is not negative.
    public func amount(of total: Money) throws(ArithmeticOverflow) -> Money {
        guard weightSum > 0, weight >= 0, total >= .zero else { throw ArithmeticOverflow() }
        let floor = Int128(total.minorUnits) * Int128(weight) / Int128(weightSum)
        guard let minor = Int64(exactly: floor) else { throw ArithmeticOverflow() }
        return try Money(minorUnits: minor) + Money(minorUnits: rank < leftover ? 1 : 0)
    }
}

extension Money {
    /// Splits an amount by weights with the largest remainders, so that the parts always add up to it (DOMAIN §3; also called Hamilton's method).
    ///
    /// - Parameters:
    ///   - weights: not negative, at least one above zero. Their order is the tie-break: of equal remainders the earlier gets the øre, so callers
    ///     bring them in an order of their own (by CVR number), never in the order of arrival.
    /// - Returns: the parts in the same order. A negative amount is split by its magnitude.
    /// - Throws: ``ArithmeticOverflow``, also when no weight is above zero.
    public func shares(weights: [Int64]) throws(ArithmeticOverflow) -> [Money] {
        if minorUnits < 0 {
            var parts: [Money] = []
            for part in try negated().shares(weights: weights) { parts.append(try part.negated()) }
            return parts
        }
        var parts: [Money] = []
        for share in try Money.slots(for: self, weights: weights) { parts.append(try share.amount(of: self)) }
        return parts
    }

    /// The same split, each part with how it came about.
    static func slots(for total: Money, weights: [Int64]) throws(ArithmeticOverflow) -> [Share] {
        var sum: Int64 = 0
        for weight in weights {
            let (next, overflow) = sum.addingReportingOverflow(weight)
            guard !overflow, weight >= 0 else { throw ArithmeticOverflow() }
            sum = next
        }
        guard sum > 0, total >= .zero else { throw ArithmeticOverflow() }
        let whole = Int128(sum)
        let remainders = weights.map { Int128(total.minorUnits) * Int128($0) % whole }
        let left = remainders.reduce(0, +) / whole
        var ranks = [Int64](repeating: 0, count: weights.count)
        let order = weights.indices.sorted { (remainders[$1], $0) < (remainders[$0], $1) }
        for (rank, index) in order.enumerated() { ranks[index] = Int64(rank) }
        return weights.indices.map { Share(weight: weights[$0], weightSum: sum, leftover: Int64(left), rank: ranks[$0]) }
    }

    /// The first or second half of an amount; the odd øre goes to the first (rule 5).
    func half(_ half: BillingPeriod.Half) -> Money {
        let second = minorUnits / 2
        return Money(minorUnits: half == .second ? second : minorUnits - second)
    }
}
