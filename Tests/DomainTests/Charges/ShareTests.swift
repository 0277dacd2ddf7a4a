import Domain
import Testing

@Suite struct ShareTests {
    private static let vectors: [(total: Int64, weights: [Int64], parts: [Int64])] = [
        (5, [3, 7], [2, 3]), (5, [7, 3], [4, 1]), (100, [1, 1, 1], [34, 33, 33]), (101, [1, 1, 1], [34, 34, 33]),
        (1003, [50, 50], [502, 501]),
        (1003, [0, 50, 50], [0, 502, 501]), (100, [1, 3], [25, 75]), (15, [1, 1], [8, 7]), (800, [1, 1, 1], [267, 267, 266]),
        (1, [1, 1, 1], [1, 0, 0]), (0, [1, 2], [0, 0]), (-10_000, [1, 1, 1], [-3334, -3333, -3333]),
        (10_000_000, [1, 1, 1, 1, 1, 1, 1], [1_428_572, 1_428_572, 1_428_572, 1_428_571, 1_428_571, 1_428_571, 1_428_571]),
        // These tell the largest remainder from handing the rest out from the front.
        (10_000_000, [17, 112, 80, 40], [682_731, 4_497_992, 3_212_851, 1_606_426]),
        (100_000, [23_456, 58_123, 119_876, 360_221], [4176, 10_348, 21_343, 64_133]),
    ]

    @Test func everyVectorIsSplitAsPublished() throws {
        for vector in Self.vectors {
            #expect(try Money(minorUnits: vector.total).shares(weights: vector.weights).map(\.minorUnits) == vector.parts)
        }
    }

    @Test(arguments: 0..<3000)
    func partsAddUpAndDoNotDependOnTheOrder(round: Int) throws {
        var random = SeededGenerator(seed: UInt64(round))
        let total = Int64.random(in: 0...1_000_000_000_000, using: &random)
        // Different weights, so that no tie asks for an order.
        let weights = Array(Set((0..<Int.random(in: 1...20, using: &random)).map { _ in Int64.random(in: 1...1_000_000, using: &random) }))
        let parts = try Money(minorUnits: total).shares(weights: weights).map(\.minorUnits)
        #expect(parts.reduce(0, +) == total, "seed \(round)")
        // In another order everybody keeps the same part.
        let order = weights.indices.shuffled(using: &random)
        let shuffled = try Money(minorUnits: total).shares(weights: order.map { weights[$0] }).map(\.minorUnits)
        #expect(shuffled == order.map { parts[$0] }, "seed \(round)")
        let sum = weights.reduce(0, +)
        for (weight, part) in zip(weights, parts) {
            let exact = Int128(total) * Int128(weight)
            #expect((exact - Int128(part) * Int128(sum)).magnitude < Int128(sum).magnitude, "seed \(round)")
        }
    }

    @Test func noWeightAtAllIsRefused() {
        #expect(throws: ArithmeticOverflow.self) { try Money(minorUnits: 100).shares(weights: [0, 0]) }
        #expect(throws: ArithmeticOverflow.self) { try Money(minorUnits: 100).shares(weights: []) }
        #expect(throws: ArithmeticOverflow.self) { try Money(minorUnits: 100).shares(weights: [.max, .max]) }
    }
}
