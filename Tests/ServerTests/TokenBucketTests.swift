import Testing

@testable import Server

struct TokenBucketTests {
    private static let second: Int64 = 1_000_000_000

    @Test(
        "burst 3, two a second: when a request comes, and what it is told",
        arguments: [
            [(0, 0), (0, 0), (0, 0), (0, 1)],
            // Half a second fills one.
            [(0, 0), (0, 0), (0, 0), (500, 0), (500, 1), (999, 1), (1000, 0)],
            // An hour fills no more than the bucket holds.
            [(0, 0), (3_600_000, 0), (3_600_000, 0), (3_600_000, 0), (3_600_000, 1)],
            // A clock that goes back gives nothing, and takes nothing.
            [(1000, 0), (1000, 0), (1000, 0), (0, 1), (1500, 0), (1500, 1)],
        ])
    func table(asked: [(milliseconds: Int64, wait: Int)]) {
        var buckets = TokenBuckets(RateLimit(burst: 3, perSecond: 2), keys: 64)
        for (milliseconds, wait) in asked {
            let verdict = buckets.take(7, at: milliseconds * 1_000_000)
            #expect(verdict == (wait == 0 ? .allowed : .refused(seconds: wait)), "at \(milliseconds)")
        }
    }

    @Test func sayForHowLong() {
        var buckets = TokenBuckets(RateLimit(burst: 1, perSecond: 1), keys: 8)
        #expect(buckets.take(9, at: 0) == .allowed)
        #expect(buckets.take(9, at: 1) == .refused(seconds: 1))
        #expect(buckets.take(9, at: Self.second) == .allowed)
    }

    @Test func keysDoNotShareAndMemoryDoesNotGrow() {
        var buckets = TokenBuckets(RateLimit(burst: 1, perSecond: 1), keys: 1000)
        let places = buckets.places
        #expect(places >= 1000 && places <= 2048)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<10_000 { _ = buckets.take(generator.next(), at: 0) }
        #expect(buckets.places == places)
        // Somebody who asks all the time is not forgotten for the sake of many who ask once: theirs are no emptier, and later ones push those out.
        var crowded = TokenBuckets(RateLimit(burst: 10, perSecond: 1), keys: 4)
        for _ in 0..<10 { #expect(crowded.take(4, at: 0) == .allowed) }
        for key in 1...100 as ClosedRange<UInt64> { _ = crowded.take(key * 8, at: 0) }
        #expect(crowded.take(4, at: 0) == .refused(seconds: 1))
    }
}
