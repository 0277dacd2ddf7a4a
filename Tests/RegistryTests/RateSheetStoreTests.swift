import Domain
import Interchange
import Postgres
import Registry
import Testing

/// Rate sheets in the database: what the import stores, what it changes, and what the database itself refuses.
@Suite struct RateSheetStoreTests {
    /// Two sheets of one product that no other test knows.
    private static let sheets = """
        dues: []
        vat: []
        sheets:
          - product: Sheet product
            from: 2023-01-01
            until: 2023-12-31
            frequency: yearly
            pro-rata: days
            passive: 1/3
            late-changes: settle
            contribution: yes
            bounds: { small: 25000, medium: 60000, large: 120000 }
            vat: { category: S, percent: 25 }
            decision: GF-1
            rows:
              - { component: Fee, charge: annualFee, from: 2023-01-01, until: 2023-06-30, amount: 100 }
              - { component: Fee, charge: annualFee, from: 2023-07-01, amount: 200, decision: GF-2 }
              - { component: Share, charge: sharedCost, shared: { total: 1, by: given, weights: [ { organisation: The association, weight: 3 } ] } }
          - product: Sheet product
            from: 2024-01-01
            frequency: halfYearly
            pro-rata: none
            passive: 0
            contribution: no
            decision: GF-1
            rows:
              - { component: Each, charge: annualFee, per-inhabitant: { amount: 1.25, cap: 50000 } }
              - { component: Steps, charge: annualFee, step-down: [ { from: 1, amount: 3 }, { from: 10, amount: 2 } ] }
              - { component: Tenth, charge: annualFee, fraction: { of: Each, share: 1/10 } }
              - { component: Join, charge: joiningFee, from: 2019-01-01, until: 2020-02-01, per-class: { small: 7 } }

        """

    /// Plays with the association, the product and its sheets in a transaction that is rolled back.
    private static func play(_ body: @Sendable (Books) async throws -> Void) async throws {
        let connection = try await MigratedDatabase.connect(try await MigratedDatabase.shared.value, as: "batch")
        do {
            try await connection.rolledBack(.repeatableRead) { transaction in
                let books = Books(transaction: transaction)
                try await books.found()
                try await transaction.execute("INSERT INTO product (name) VALUES ('Sheet product') ON CONFLICT DO NOTHING")
                try await body(books)
            }
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
    }

    @discardableResult
    private static func store(_ yaml: String, in books: Books) async throws -> ImportSummary {
        let (draft, problems) = ImportFolder.readAll { (file) throws(ImportProblem) in file == "rates.yaml" ? Array(yaml.utf8) : nil }
        return try await ImportStore.store(
            draft, found: problems.filter { $0.refusal.rule != .fileMissing }, in: try await books.work())
    }

    private static func changed(_ changes: (String, String)...) -> String {
        changes.reduce(sheets) { text, change in
            text.split(separator: change.0, maxSplits: 1, omittingEmptySubsequences: false).joined(separator: change.1)
        }
    }

    @Test func whatIsStoredComesBack() async throws {
        try await Self.play { books in
            let first = try await Self.store(Self.sheets, in: books)
            #expect(first.counts[.rateSheets]?.added == 2 && first.counts[.rateRows]?.added == 7)
            let work = try await books.work()
            let product = try await RateSheetStore.product("Sheet product", in: work)
            let sheets = try await RateSheetStore.sheets(in: work).filter { $0.subject == .product(product) }
            #expect(sheets.map(\.term.first) == [try day("2023-01-01"), try day("2024-01-01")])
            #expect(sheets[0].passive == Ratio(1, over: 3) && sheets[0].lateChanges == .settle && sheets[0].vat?.basisPoints == 2500)
            #expect(sheets[0].bounds == SizeBounds(small: 25_000, medium: 60_000, large: 120_000) && sheets[0].carriesContribution)
            #expect(sheets[0].rows.map(\.component) == ["Fee", "Fee", "Share"] && sheets[0].rows.map(\.decision.reference)[1] == "GF-2")
            let association = try await Organisations.find("The association", in: work)
            #expect(sheets[0].rows[2].price == .shared(try kroner("1"), by: .given([association.id: 3])))
            #expect(
                sheets[1].frequency == .halfYearly && sheets[1].proRata == .none && sheets[1].passive == .zero && sheets[1].bounds == nil)
            #expect(sheets[1].rows.map(\.component) == ["Each", "Steps", "Tenth", "Join"])
            #expect(
                sheets[1].rows[0].price == .perInhabitant(try DecimalFigure("1.25").orThrow("figure"), floor: nil, cap: try kroner("50000"))
            )
            #expect(try await Self.store(Self.sheets, in: books).isUnchanged)
        }
    }

    @Test func aChangedRowIsOneRecordedChangeAndAVoidedOneIsLeftOut() async throws {
        try await Self.play { books in
            try await Self.store(Self.sheets, in: books)
            let dearer = try await Self.store(Self.changed(("amount: 100", "amount: 150")), in: books)
            #expect(dearer.counts[.rateRows] == .init(added: 0, changed: 1, unchanged: 6) && dearer.counts[.rateSheets]?.changed == 0)
            let newest = try await AuditLog.list(limit: 1, in: try await books.work()).first
            #expect(
                newest?.record.record == "rate_row" && newest?.before?.contains("10000") == true && newest?.after?.contains("15000") == true
            )
            // A row whose first day moves is a void row and a new one, and they make room for each other.
            let moved = Self.changed(
                ("until: 2023-06-30, amount: 100 }", "until: 2023-08-31, amount: 100 }"),
                ("from: 2023-07-01, amount: 200, decision: GF-2 }", "from: 2023-09-01, amount: 200 }"),
                (
                    "      - { component: Share",
                    "      - { component: Fee, charge: annualFee, from: 2023-07-01, void: yes }\n      - { component: Share"
                ))
            let summary = try await Self.store(moved, in: books)
            #expect(summary.counts[.rateRows] == .init(added: 1, changed: 2, unchanged: 5))
            #expect(try await Self.store(moved, in: books).isUnchanged)
            let fees = try await RateSheetStore.sheets(in: try await books.work()).flatMap(\.rows).filter { $0.component == "Fee" }
            #expect(fees.map(\.term.first) == [try day("2023-01-01"), try day("2023-09-01")])
            // Stated again, a voided row stands again.
            let back = Self.changed(("amount: 100 }", "amount: 100, void: yes }"), ("from: 2023-07-01", "from: 2023-09-01"))
            #expect(try await Self.store(back, in: books).counts[.rateRows]?.changed == 2)
            let again = Self.changed(("from: 2023-07-01", "from: 2023-09-01"))
            #expect(try await Self.store(again, in: books).counts[.rateRows]?.changed == 1)
        }
    }

    @Test func whatIsWrongAgainstTheRegisterIsRefusedAtItsLine() async throws {
        let faults: [((String, String), String)] = [
            (("product: Sheet product", "product: No product"), "4:14 UNKNOWN_PRODUCT"),
            (("    decision: GF-1\n", "    decision: NONE\n"), "14:15 UNKNOWN_DECISION"),
            (("decision: GF-2", "decision: NONE"), "17:87 UNKNOWN_DECISION"),
            (("organisation: The association", "organisation: Nobody"), "18:107 UNKNOWN_ORGANISATION"),
            (
                (
                    "weights: [ { organisation: The association, weight: 3 } ]",
                    "weights: [ { organisation: The association, weight: 3 }, { organisation: 41849983, weight: 1 } ]"
                ), "18:153 ROW_DOUBLED"
            ),
            (("until: 2023-12-31", "until: 2024-12-31"), "19:5 OVERLAPPING_RATE_SHEET"),
        ]
        for (change, expected) in faults {
            try await Self.play { books in
                let refused = try await #require(throws: ImportRefused.self) { try await Self.store(Self.changed(change), in: books) }
                let found = refused.problems.map { "\($0.location.line):\($0.location.column) \($0.refusal.rule.rawValue)" }
                #expect(found == [expected], "\(change.1)")
            }
        }
    }

    /// The folder alone is in order; what it meets is on record.
    @Test func aRowOverARecordedOneIsRefusedWithItsDays() async throws {
        try await Self.play { books in
            try await Self.store(Self.sheets, in: books)
            let refused = try await #require(throws: ImportRefused.self) {
                try await Self.store(Self.changed(("from: 2023-07-01", "from: 2023-08-01")), in: books)
            }
            #expect(refused.problems.map(\.refusal) == [Refusal(.overlappingRateRow, "Fee", "2023-07-01–2023-12-31")])
            #expect(refused.problems.map(\.location.line) == [17])
        }
    }

    /// A row that a folder does not mention still has to fit the sheet that the folder shortens.
    @Test func aSheetIsNotShortenedUnderItsRows() async throws {
        try await Self.play { books in
            try await Self.store(Self.sheets.split(separator: "  - product").prefix(2).joined(separator: "  - product"), in: books)
            let shorter = """
                dues: []
                vat: []
                sheets:
                  - { product: Sheet product, from: 2023-01-01, until: 2023-06-30, frequency: halfYearly, pro-rata: none, passive: 1, contribution: no,
                      decision: GF-1, rows: [] }

                """
            let refused = try await #require(throws: ImportRefused.self) { try await Self.store(shorter, in: books) }
            #expect(refused.problems.map(\.refusal.rule) == [.rateRowOutsideSheet])
            #expect(refused.problems.first?.location.line == 4)
        }
    }

    /// Past everything the program checks, the database refuses the same by itself.
    @Test func theDatabaseKeepsTheRulesOfRecord() async throws {
        try await Self.play { books in
            try await Self.store(Self.sheets, in: books)
            func sheet(_ changes: [String: String]) async throws -> Rule? {
                var values = [
                    "subject": "'supplier'", "during": "daterange('2023-01-01', '2024-01-01')", "frequency": "'yearly'",
                    "pro_rata": "'none'",
                    "passive_numerator": "1", "passive_denominator": "3", "carries_contribution": "false",
                    "decision_id": "(SELECT min(id) FROM decision)",
                ]
                values.merge(changes) { _, new in new }
                let columns = values.keys.sorted()
                return try await refused(
                    "INSERT INTO rate_sheet (\(columns.joined(separator: ", "))) VALUES (\(columns.compactMap { values[$0] }.joined(separator: ", ")))"
                )
            }
            func row(_ price: String, charge: String = "annualFee", component: String = "Other", during: String = "[2023-01-01,2024-01-01)")
                async throws -> Rule?
            {
                try await refused(
                    """
                    INSERT INTO rate_row (sheet_id, charge, component, during, price, decision_id)
                    SELECT sheet_id, '\(charge)', '\(component)', '\(during)', '\(price)', decision_id FROM rate_row WHERE component = 'Share';
                    SET CONSTRAINTS ALL IMMEDIATE;
                    SET CONSTRAINTS ALL DEFERRED
                    """)
            }
            func refused(_ script: String) async throws -> Rule? {
                try await books.refused { try await books.transaction.run(script: script) }
            }
            #expect(try await sheet([:]) == nil)
            #expect(try await sheet([:]) == .overlappingRateSheet)
            let later = ["during": "daterange('2024-01-01', '2025-01-01')"]
            func changed(_ column: String, _ value: String) -> [String: String] { later.merging([column: value]) { _, new in new } }
            #expect(try await sheet(changed("during", "daterange('2024-01-01', '2024-07-01')")) == .ratePeriodNotWhole)
            #expect(try await sheet(changed("passive_numerator", "4")) == .percentageInvalid)
            #expect(try await sheet(changed("bound_small", "1")) == .overlappingBrackets)
            #expect(try await sheet(changed("subject", "'product:999999'")) == .recordInvalid)
            #expect(try await row(#"{"model":"amount","amountMinor":1}"#) == nil)
            #expect(
                try await row(#"{"model":"amount","amountMinor":1}"#, component: "Fee", during: "[2023-06-30,2023-07-01)")
                    == .overlappingRateRow)
            #expect(try await row(#"{"model":"amount","amountMinor":-1}"#, component: "A") == .amountInvalid)
            #expect(try await row(#"{"model":"stepDown","steps":[{"from":1,"amountMinor":-1}]}"#, component: "A") == .amountInvalid)
            #expect(try await row(#"{"model":"perInhabitant","kronerEach":"-1"}"#, component: "A") == .amountInvalid)
            #expect(try await row(#"{"amountMinor":1}"#, component: "A") == .recordInvalid)
            #expect(try await row(#"{"model":"guess"}"#, component: "A") == .recordInvalid)
            #expect(try await row(#"{"model":"shared","totalMinor":1,"by":"equal"}"#, component: "A") == .priceUnfit)
            #expect(try await row(#"{"model":"amount","amountMinor":1}"#, charge: "sharedCost", component: "A") == .priceUnfit)
            #expect(
                try await row(
                    #"{"model":"shared","totalMinor":1,"by":"given","weights":[{"organisation":0,"weight":0}]}"#, charge: "sharedCost",
                    component: "A") == .weightsAllZero)
            #expect(
                try await row(#"{"model":"amount","amountMinor":1}"#, component: "A", during: "[2023-01-01,2025-01-01)")
                    == .rateRowOutsideSheet)
            #expect(
                try await row(#"{"model":"amount","amountMinor":1}"#, charge: "joiningFee", component: "A", during: "[2010-01-01,)") == nil)
            #expect(try await refused("UPDATE rate_sheet SET late_changes = NULL; SET CONSTRAINTS ALL IMMEDIATE") == .lateChangesMissing)
        }
    }
}
