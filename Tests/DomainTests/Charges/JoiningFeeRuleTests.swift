import Domain
import Foundation
import Testing

/// The fee for joining a product (DOMAIN §3, rule 14).
@Suite struct JoiningFeeRuleTests {
    @Test(arguments: [
        ("2020-02-01", "60000.00"), ("2020-02-02", "120000.00"), ("2020-12-31", "120000.00"), ("2021-01-01", "240000.00"),
        ("2018-05-01", "60000.00"),
    ])
    func rule14TheJoiningFeeIsTheSigningDates(signed: String, fee: String) throws {
        var world = World()
        try world.sheet(try Self.joiningRows(&world))
        try world.body(1, from: "2026-05-01", signed: signed)
        #expect(try world.run("2026") == ["1 joiningFee \(fee)"])
        #expect(try world.run("2027") == [])
    }

    /// The older sheet's fee has no end, and a newer sheet names its components otherwise: one sheet holds, whole, and nothing is added up across them.
    @Test(arguments: [
        ("2022-05-01", "100.00"), ("2025-06-01", "100.00"), ("2026-06-30", "100.00"), ("2026-07-01", "570.00"), ("2030-01-01", "570.00"),
        ("2010-01-01", "100.00"),
    ])
    func rule14OneSheetsRowsHoldOnTheDayOfSignature(signed: String, fee: String) throws {
        var world = World()
        try world.sheet(
            [try world.row(try World.amount("100"), charge: .joiningFee, component: "join", from: "2015-01-01")],
            frequency: .halfYearly, until: "2026-06-30")
        try world.sheet(
            [
                try world.row(try World.amount("500"), charge: .joiningFee, component: "entry", from: "2025-01-01"),
                try world.row(try World.amount("70"), charge: .joiningFee, component: "introduction", from: "2025-01-01"),
            ], frequency: .halfYearly, from: "2026-07-01")
        try world.body(1, from: "2030-05-01", signed: signed)
        #expect(try world.run("2030") == ["1 joiningFee \(fee)"])
    }

    private static func joiningRows(_ world: inout World) throws -> [RateRow] {
        [
            try world.row(try World.amount("60000"), charge: .joiningFee, component: "join", from: "2019-01-01", until: "2020-02-01"),
            try world.row(try World.amount("120000"), charge: .joiningFee, component: "join", from: "2020-02-02", until: "2020-12-31"),
            try world.row(try World.amount("240000"), charge: .joiningFee, component: "join", from: "2021-01-01"),
        ]
    }

    @Test func rule14APassiveParticipantsFeeIsLockedUntilItBecomesActive() throws {
        var world = World()
        try world.sheet(try Self.joiningRows(&world))
        let forms = FormHistory(.passive, changes: [.init(from: try World.day("2028-03-01"), form: .active)])
        try world.body(1, from: "2020-01-01", forms: forms, signed: "2019-12-01")
        #expect(try world.run("2027") == [])
        #expect(try world.run("2028") == ["1 joiningFee 60000.00"])
    }

    @Test func rule14PaidPledgesReduceTheFeeAndTheLineShowsTheProof() throws {
        var world = World()
        try world.sheet(try Self.joiningRows(&world))
        for (index, reduction) in [PledgeReduction.amount, .whole, .nothing].enumerated() {
            try world.body(index + 1, from: "2026-05-01", signed: "2019-06-01")
            world.bodies[Identifier(Int64(index + 1))]?.pledges = [
                Pledge(
                    id: Identifier(Int64(index + 1)), project: Identifier(1), projectName: "P", product: Identifier(1),
                    amount: try World.kroner("30000"), decision: World.decision, reachedOn: try World.day("2019-01-01"),
                    paidOn: try World.day("2019-03-01"), proof: "faktura 7", reduction: reduction)
            ]
        }
        let waived = try world.outcomes("2026").flatMap(\.waived)
        #expect(waived.map(\.key.organisation) == [Identifier(2)] && waived.first?.derivation.reductions.first?.proof == "faktura 7")
        #expect(try world.run("2026") == ["1 joiningFee 30000.00", "3 joiningFee 60000.00"])
    }

    @Test func rule14LeavingDoesNotLowerTheFeeButAWrongFactDoes() throws {
        var world = World()
        try world.sheet(try Self.joiningRows(&world))
        try world.body(1, from: "2026-05-01", signed: "2021-06-01")
        try world.run("2026")
        world.bodies[Identifier(1)]?.participations.removeLast()
        try world.body(1, from: "2026-05-01", until: "2026-12-31", signed: "2021-06-01")
        #expect(try world.run("2027") == [])
        world.bodies[Identifier(1)]?.participations.removeLast()
        try world.body(1, from: "2026-05-01", signed: "2020-06-01")
        #expect(try world.run("2027") == ["1 joiningFee -120000.00"])
    }

    /// A stored waiver is computed again from its facts, so that it cannot say what they do not give.
    @Test func rule14AWaiverThatItsFactsDoNotGiveIsNoWaiver() throws {
        var world = World()
        try world.sheet([try world.row(try World.amount("60000"), charge: .joiningFee, component: "join")])
        try world.body(1, from: "2026-05-01")
        world.bodies[Identifier(1)]?.pledges = [
            Pledge(
                id: Identifier(1), project: Identifier(1), projectName: "P", product: Identifier(1), amount: try World.kroner("5"),
                decision: World.decision, reachedOn: try World.day("2019-01-01"), paidOn: try World.day("2019-03-01"), proof: "faktura 7",
                reduction: .whole)
        ]
        let waiver = try #require(try world.outcomes("2026").flatMap(\.waived).first)
        var json = CanonicalJSON()
        waiver.write(to: &json)
        #expect(try JSONDecoder().decode(Waiver.self, from: Data(json.bytes)) == waiver)
        let forged = String(decoding: json.bytes, as: UTF8.self).replacing("\"reduction\":\"whole\"", with: "\"reduction\":\"amount\"")
        #expect(forged.contains("\"reduction\":\"amount\""))
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Waiver.self, from: Data(forged.utf8)) }
        let owed = forged.replacing("\"amountMinor\":0", with: "\"amountMinor\":5999500")
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Waiver.self, from: Data(owed.utf8)) }
    }

    /// What a pledge takes off whole is owed by nobody, whatever the class: it waits for no figure.
    @Test func rule14AFeeThatIsWaivedWholeNeedsNoSize() throws {
        var world = World()
        try world.sheet([try world.row(try World.classes("1", "2", "3", "4"), charge: .joiningFee, component: "join")])
        try world.body(1, from: "2026-05-01")
        #expect(try world.parked("2026") == ["1 joiningFee NO_SIZE_CLASS"])
        world.bodies[Identifier(1)]?.pledges = [
            Pledge(
                id: Identifier(1), project: Identifier(1), projectName: "P", product: Identifier(1), amount: try World.kroner("5"),
                decision: World.decision, reachedOn: try World.day("2019-01-01"), paidOn: try World.day("2019-03-01"), proof: "faktura 7",
                reduction: .whole)
        ]
        #expect(try world.parked("2026") == [])
        #expect(try world.outcomes("2026").flatMap(\.waived).map(\.derivation.full) == [nil])
        #expect(try world.run("2026") == [])
    }
}
