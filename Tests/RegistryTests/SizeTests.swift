import Domain
import Postgres
import Registry
import Testing

/// Sizes as facts: figures by day, placements by hand, and what postings have used (rule 11).
@Suite struct SizeTests {
    private static let place = SourceLocation(file: "test", line: 1, column: 1)

    private static func play(_ body: @Sendable (Books) async throws -> Void) async throws {
        let connection = try await MigratedDatabase.connect(try await MigratedDatabase.shared.value, as: "batch")
        do {
            try await connection.rolledBack(.repeatableRead) { transaction in
                let books = Books(transaction: transaction)
                try await books.found()
                var draft = ImportDraft()
                draft.organisations = ["Københavns Kommune", "Læsø Kommune", "Region X"].enumerated().map { index, name in
                    OrganisationDraft(
                        location: place, id: "size-\(index)", kind: index == 2 ? .region : .municipality, name: name, cvr: nil,
                        municipalityCode: ["0101", "0825", nil][index], regionCode: nil, address: .unknown, glns: [],
                        billing: BillingContact())
                }
                draft.settings = [
                    SettingDraft(
                        location: place, name: .sizeBounds, from: try day("2020-01-01"), value: "24999 60000 120000", decision: nil)
                ]
                draft.placements = [
                    PlacementDraft(
                        location: place, organisation: Located("Region X", at: place), sizeClass: .veryLarge, reason: "No inhabitants",
                        decision: Located("B-1", at: place), firstYear: 2027, lastYear: nil)
                ]
                let summary = try await ImportStore.store(draft, in: try await books.work())
                #expect(summary.counts[.placements]?.added == 1)
                #expect(try await ImportStore.store(draft, in: try await books.work()).isUnchanged)
                try await body(books)
            }
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
    }

    private static func figure(_ area: String, _ day: String, _ inhabitants: Int32, line: Int = 1) throws -> AreaFigure {
        AreaFigure(
            area: Located(area, at: SourceLocation(file: "by2.csv", line: line, column: 1)),
            headcount: Headcount(inhabitants: inhabitants, countedOn: try RegistryTests.day(day)))
    }

    @Test func whatPostingsUsedStaysUntilADecision() async throws {
        try await Self.play { books in
            let work = try await books.work()
            let (laesoe, region) = (
                try await Organisations.find("0825", in: work).id, try await Organisations.find("Region X", in: work).id
            )
            _ = try await InhabitantsImport.store([try Self.figure("Læsø", "2026-01-01", 1700)], source: "S", in: work)
            let histories = try await SizeStore.histories(in: work)
            let (figure, placed) = (
                try histories[laesoe].orThrow("no history").fact(for: 2027), try histories[region].orThrow("no history").fact(for: 2027)
            )
            #expect(figure.headcount == Headcount(inhabitants: 1700, countedOn: try day("2026-01-01")))
            #expect(placed.placement?.decision.reference == "B-1" && placed.placement?.sizeClass == .veryLarge)
            try await SizeStore.freeze(
                [
                    UnfrozenSize(organisation: laesoe, year: 2027, fact: figure),
                    UnfrozenSize(organisation: region, year: 2027, fact: placed),
                    UnfrozenSize(organisation: laesoe, year: 2020, fact: .unknown),
                ], in: work)
            // What is frozen stays when it is frozen again, and when another figure arrives.
            try await SizeStore.freeze([UnfrozenSize(organisation: laesoe, year: 2027, fact: placed)], in: work)
            let report = try await InhabitantsImport.store([try Self.figure("825", "2026-01-01", 25_000)], source: "S", in: work)
            #expect(report.counts.changed == 1)
            #expect(report.superseded.map(\.year) == [2027] && report.superseded.first?.frozen == figure)
            #expect(report.classChanges.map(\.year) == [2027])
            #expect(report.classChanges.first?.classes.before == .small && report.classChanges.first?.classes.after == .medium)
            let later = try await SizeStore.histories(in: work)
            #expect(
                later[laesoe]?.fact(for: 2027) == figure && later[laesoe]?.isFrozen(2027) == true && later[laesoe]?.isFrozen(2020) == false)
            #expect(later[region]?.fact(for: 2027) == placed)
            #expect(
                try await books.refused { try await books.transaction.run(script: "UPDATE frozen_size SET inhabitants = 1") }
                    == .frozenByDecision)
            let (old, new) = try await SizeStore.refreeze(laesoe, year: 2027, decision: "B-1", in: work)
            #expect(old == figure && new.headcount?.inhabitants == 25_000)
            // From now on the year's figure names the decision, which figures of other years do not.
            let decided = try await SizeStore.histories(in: work)[laesoe]
            #expect(decided?.fact(for: 2027).headcount == new.headcount && decided?.fact(for: 2027).refrozenBy?.reference == "B-1")
            #expect(old.refrozenBy == nil && decided?.fact(for: 2028).refrozenBy == nil)
            #expect(try await SizeStore.superseded(in: work).isEmpty)
            let entry = try await AuditLog.list(record: "frozen_size", limit: 1, in: work).first
            #expect(entry?.before?.contains("1700") == true && entry?.after?.contains("25000") == true)
            // The same decision cannot do it twice, and nothing can be taken over that was never used.
            #expect(
                try await books.refused { _ = try await SizeStore.refreeze(laesoe, year: 2027, decision: "B-1", in: work) }
                    == .frozenByDecision)
            #expect(
                try await books.refused { _ = try await SizeStore.refreeze(laesoe, year: 2028, decision: "B-1", in: work) } == .notFrozen)
            // Of a body that was placed by hand as well, whose row holds no figure; and the figure that joins it later is none of the decision's.
            _ = try await SizeStore.refreeze(region, year: 2027, decision: "GF-1", in: work)
            #expect(try await SizeStore.histories(in: work)[region]?.fact(for: 2027).refrozenBy?.reference == "GF-1")
            // A figure joins the placement that was frozen without one, once; the placement stays.
            let count = Headcount(inhabitants: 900_000, countedOn: try day("2026-01-01"))
            for inhabitants in [count, Headcount(inhabitants: 1, countedOn: count.countedOn)] {
                let counted = SizeFact(headcount: inhabitants, placement: nil)
                try await SizeStore.freeze([UnfrozenSize(organisation: region, year: 2027, fact: counted)], in: work)
            }
            let joined = try await SizeStore.histories(in: work)[region]?.fact(for: 2027)
            #expect(joined?.headcount == count && joined?.placement == placed.placement && joined?.refrozenBy?.reference == "GF-1")
        }
    }

    /// A table saved under another name confirms what is on file; it is no change.
    @Test func aFigureFromAnotherFileIsUnchangedAndKeepsItsSource() async throws {
        try await Self.play { books in
            let work = try await books.work()
            let figure = try Self.figure("Læsø", "2026-01-01", 1700)
            _ = try await InhabitantsImport.store([figure], source: "First", in: work)
            let again = try await InhabitantsImport.store([figure], source: "Second", in: work)
            #expect(again.counts.unchanged == 1 && again.counts.changed == 0)
            let sources = try await books.transaction.query("SELECT source FROM inhabitants WHERE inhabitants = 1700", as: String.self)
            #expect(sources == ["First"])
        }
    }

    @Test func placementsOfABodyNeverOverlap() async throws {
        try await Self.play { books in
            let work = try await books.work()
            let region = try await Organisations.find("Region X", in: work).id
            func place(_ sizeClass: SizeClass, _ first: Int, _ last: Int?, reason: String = "R", decision: String = "B-1") async throws
                -> Rule?
            {
                try await books.refused {
                    _ = try await SizeStore.place(
                        region, in: sizeClass, because: reason, decision: decision, from: first, through: last, in: work)
                }
            }
            #expect(try await place(.large, 2030, nil) == .overlappingPlacement)
            #expect(try await place(.veryLarge, 2027, 2029) == nil)
            #expect(try await place(.large, 2030, nil) == nil)
            #expect(try await place(.large, 2026, 2027) == .overlappingPlacement)
            #expect(try await place(.large, 2031, nil, decision: "NONE") == .unknownDecision)
            #expect(try await place(.large, 2020, 2020, reason: "") == .textInvalid)
            let history = try await SizeStore.histories(in: work)[region].orThrow("no history")
            #expect(
                [2026, 2027, 2029, 2030, 2099].map { history.fact(for: $0).placement?.sizeClass } == [
                    nil, .veryLarge, .veryLarge, .large, .large,
                ])
        }
    }

    @Test func areasAreFoundByCodeAndByName() async throws {
        try await Self.play { books in
            let work = try await books.work()
            let names = ["101", "0101", "101 København", "København", "Københavns Kommune", "københavns kommune"]
            for (index, name) in names.enumerated() {
                let report = try await InhabitantsImport.store(
                    [try Self.figure(name, "20\(10 + index)-01-01", 600_000), try Self.figure("Hele landet", "2026-01-01", 6_000_000)],
                    source: "S", in: work)
                #expect(report.counts.added == 1 && report.passedOver == 1, "\(name)")
            }
            let bad: [([AreaFigure], [String])] = [
                ([try Self.figure("Nowhere", "2026-01-01", 1, line: 7)], ["7 UNKNOWN_ORGANISATION"]),
                ([try Self.figure("999", "2026-01-01", 1, line: 8)], ["8 UNKNOWN_ORGANISATION"]),
                (
                    [try Self.figure("101", "2026-01-01", 1), try Self.figure("København", "2026-01-01", 1, line: 2)],
                    ["2 ROW_DOUBLED"]
                ),
            ]
            for (figures, expected) in bad {
                let refused = try await #require(throws: ImportRefused.self) {
                    _ = try await InhabitantsImport.store(figures, source: "S", in: work)
                }
                #expect(refused.problems.map { "\($0.location.line) \($0.refusal.rule.rawValue)" } == expected)
            }
        }
    }

    @Test func theDatabaseKeepsTheRulesOfRecord() async throws {
        try await Self.play { books in
            func refused(_ script: String) async throws -> Rule? {
                try await books.refused { try await books.transaction.run(script: script) }
            }
            func freezing(_ values: String) async throws -> Rule? {
                try await refused(
                    "INSERT INTO frozen_size (organisation_id, year, inhabitants, counted_on, size_class) SELECT min(id), \(values) FROM organisation"
                )
            }
            let halves = [
                try await freezing("2027, 1, NULL, NULL"), try await freezing("2027, NULL, NULL, NULL"),
                try await freezing("2027, NULL, NULL, 'small'"), try await freezing("1999, 1, '2020-01-01', NULL"),
            ]
            #expect(halves == [.recordInvalid, .recordInvalid, .recordInvalid, .recordInvalid])
            #expect(try await freezing("2027, 1, '2020-01-01', NULL") == nil)
            #expect(try await refused("UPDATE size_placement SET last_year = 2026") == .recordInvalid)
            let setting = "INSERT INTO setting (name, valid_from, value) VALUES ('size-bound', '2020-01-01', '')"
            #expect(try await refused(setting) == .recordInvalid)
        }
    }
}
