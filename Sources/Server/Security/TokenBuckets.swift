/// How many requests somebody may make: so many at once, and so many a second after that.
package struct RateLimit: Sendable, Hashable {
    package var burst: Int
    package var perSecond: Int

    package init(burst: Int, perSecond: Int) {
        self.burst = max(1, burst)
        self.perSecond = max(1, perSecond)
    }
}

/// A token bucket for each key that asks, in a table that never grows. It knows no clock: whoever asks says how late it is, in nanoseconds.
///
/// A key has four places in the table; where all are taken, the fullest bucket goes, whose owner has asked least and loses least. Whoever is pushed out comes
/// back with a full bucket, so an attacker with very many keys gets at most what very many honest callers would.
package struct TokenBuckets: Sendable {
    package enum Verdict: Sendable, Hashable {
        case allowed
        /// - Parameter seconds: whole ones, until there is room again; at least 1.
        case refused(seconds: Int)
    }

    private struct Bucket {
        /// Zero is nobody's.
        var key: UInt64 = 0
        /// Counted in nanoseconds of refilling, so that nothing is rounded.
        var level: Int64 = 0
        var at: Int64 = 0
    }

    private var buckets: [Bucket]
    private let sets: Int
    /// What one request costs, and what a bucket holds.
    private let cost: Int64
    private let capacity: Int64
    private static let ways = 4

    /// - Parameter keys: how many are remembered at least; rounded up to a power of two.
    package init(_ limit: RateLimit, keys: Int) {
        var sets = 1
        while sets * TokenBuckets.ways < keys { sets *= 2 }
        self.sets = sets
        buckets = Array(repeating: Bucket(), count: sets * TokenBuckets.ways)
        cost = max(1, 1_000_000_000 / Int64(limit.perSecond))
        capacity = cost * Int64(limit.burst)
    }

    /// How many keys the table has room for.
    package var places: Int { buckets.count }

    /// Takes one request's worth, or says when to come again. A clock that goes backwards refills nothing.
    package mutating func take(_ key: UInt64, at now: Int64) -> Verdict {
        let key = key == 0 ? 1 : key
        let start = Int(truncatingIfNeeded: key & UInt64(sets - 1)) * TokenBuckets.ways
        var chosen = start
        var fullest: Int64 = -1
        for index in start..<start + TokenBuckets.ways {
            if buckets[index].key == key {
                chosen = index
                break
            }
            let level = buckets[index].key == 0 ? Int64.max : level(of: buckets[index], at: now)
            if level > fullest { (fullest, chosen) = (level, index) }
        }
        if buckets[chosen].key != key { buckets[chosen] = Bucket(key: key, level: capacity, at: now) }
        let level = level(of: buckets[chosen], at: now)
        guard level >= cost else {
            let wait = cost - level
            return .refused(seconds: Int((wait + 999_999_999) / 1_000_000_000))
        }
        buckets[chosen].level = level - cost
        buckets[chosen].at = max(now, buckets[chosen].at)
        return .allowed
    }

    private func level(of bucket: Bucket, at now: Int64) -> Int64 {
        // Nobody waits longer than until the bucket is full.
        min(capacity, bucket.level + min(capacity, max(0, now - bucket.at)))
    }
}
