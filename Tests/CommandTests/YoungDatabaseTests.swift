import Domain
import GeneratedAssociation
import Postgres
import Registry
import Testing

/// In a database too young for statistics the planner takes every table for empty. The work must still grow with the members, not with
/// their square: counted in rows that the server reads, not in time.
@Suite struct YoungDatabaseTests {
    private static let members = 1000
    /// Generous: looked up pair by pair it would be at least as many as there are members.
    private static let mostReadsPerMember: Int64 = 100

    @Test func correctingAndVerifyingReadEachRowAFewTimes() async throws {
        let place = try await CommandDatabase.empty()
        try await place.connect { try await GeneratedAssociation.fill($0, members: Self.members) }
        let actor = try Actor("tester").orThrow("no actor")
        let today = try CivilDate("2027-01-10").orThrow("no day")
        let year = try BillingPeriod(year: 2027).orThrow("no year")
        try await place.connect(as: "batch") { connection in
            try await connection.rolledBack(.repeatableRead) { transaction in
                let work = try await Work.begin("test", as: actor, on: today, in: transaction)
                #expect(try await ChargeRun.post(year, in: work).totals.invoices == Self.members)
                for (step, amount) in [2_400_000, 2_300_000].enumerated() {
                    try await transaction.execute("UPDATE dues_rate SET amount_minor = \(Int64(amount)) WHERE year = 2027")
                    let before = try await reads(transaction)
                    #expect(try await ChargeRun.post(year, in: work).totals.creditNotes == Self.members)
                    let spent = try await reads(transaction) - before
                    #expect(spent < Self.mostReadsPerMember * Int64(Self.members), "correction \(step + 1): \(spent) rows")
                }
                let before = try await reads(transaction)
                #expect(try await Verification.verify(in: work).violations.isEmpty)
                let spent = try await reads(transaction) - before
                #expect(spent < Self.mostReadsPerMember * Int64(Self.members), "verify: \(spent) rows")
            }
        }
    }

    /// Rows of posted tables that this transaction has read so far.
    private func reads(_ transaction: Transaction) async throws -> Int64 {
        try await transaction.only(
            """
            SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int8 FROM pg_stat_xact_user_tables
            WHERE relname IN ('document', 'document_line', 'document_tax')
            """, as: Int64.self)
    }
}
