import Domain
import Postgres
import TestSupport
import Testing

/// Rate sheets are published, but not who shares a total with what weight: kept from everybody by the program and by the database, each alone.
@Suite struct GivenWeightTests {
    private struct Held: RowDecodable, Sendable {
        let sheet: Int64
        let product: Int64

        static var columns: SQL { "s.id, s.product_id" }

        init(row: inout Row) throws(DecodingFailure) { (sheet, product) = (try row.next(), try row.next()) }
    }

    /// A total shared by the weights 271 and 828, of organisations 777001 and 777002.
    private static func share(in place: AccessDatabase.Place) async throws -> Held {
        try await place.command.connect { connection in
            try await connection.run(
                script: """
                    SELECT set_config('os2medlem.actor', 'tester', false), set_config('os2medlem.use_case', 'test', false);
                    UPDATE rate_sheet SET late_changes = 'settle' WHERE id = (SELECT max(id) FROM rate_sheet WHERE product_id IS NOT NULL);
                    INSERT INTO rate_row (sheet_id, charge, component, during, price, decision_id)
                        SELECT id, 'sharedCost', 'Fælles', during, '{"model": "shared", "totalMinor": 5000000, "by": "given", "weights":
                            [{"organisation": 777001, "weight": 271}, {"organisation": 777002, "weight": 828}]}', decision_id
                        FROM rate_sheet WHERE id = (SELECT max(id) FROM rate_sheet WHERE product_id IS NOT NULL);
                    """)
            let held = try await connection.first(
                "SELECT \(Held.columns) FROM rate_sheet AS s JOIN rate_row AS r ON r.sheet_id = s.id WHERE r.component = 'Fælles'",
                as: Held.self)
            return try held.orThrow("the sheet")
        }
    }

    private static let secrets = ["777001", "777002", "271", "828"]

    @Test func weightsThatWereGivenAreToldToNobody() async throws {
        let place = try await AccessDatabase.copyWithHolders()
        let held = try await Self.share(in: place)
        let tokens = [nil, try place.holder(.memberContact).token, try place.holder(.finance).token]
        try await ServedProgram.run(at: place.command) { served in
            try await onThread {
                for token in tokens {
                    for path in ["/api/v1/rate-sheets/\(held.sheet)", "/api/v1/products/\(held.product)/rate-sheet?year=2027"] {
                        let answer = try served.caller(token).get(path)
                        #expect(answer.status == 200 && answer.text.contains("\"by\":\"given\",\"weights\":[]"), "\(path): \(answer.text)")
                        #expect(!Self.secrets.contains { answer.text.contains($0) }, "\(path): \(answer.text)")
                    }
                }
            }
        }
        // The database alone: no column of the row that a session may read holds them, and the whole price is none of its columns.
        for role in ["app", "readonly"] {
            try await place.command.connect(as: role == "app" ? "app" : "readonly") { connection in
                let told = try await connection.only("SELECT told_price::text FROM rate_row WHERE component = 'Fælles'", as: String.self)
                #expect(told.contains("given") && !Self.secrets.contains { told.contains($0) })
                await #expect(throws: PostgresError.self) {
                    try await connection.only("SELECT price::text FROM rate_row LIMIT 1", as: String.self)
                }
            }
        }
        // The engine reads them whole.
        let whole = try await place.command.command("rates", "list", "--format", "json").output
        #expect(Self.secrets.allSatisfy { whole.contains($0) })
    }
}
