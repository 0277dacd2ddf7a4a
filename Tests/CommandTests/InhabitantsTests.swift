import Domain
import Foundation
import Interchange
import Postgres
import TestSupport
import Testing

/// Statistics Denmark's figures, as a person takes them over.
@Suite struct InhabitantsTests {
    private struct Report: Decodable {
        struct Change: Decodable {
            let name: String
            let year: Int
            let classBefore: String?
            let classAfter: String?
        }
        let added: Int
        let changed: Int
        let unchanged: Int
        let passedOver: Int
        let classChanges: [Change]
    }

    private static func file(_ bytes: [UInt8]) throws -> String {
        let path = ThrowawayFolder.make() + "/by2.csv"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    private static func file(_ text: String) throws -> String { try file(Array(text.utf8)) }

    /// The short name of every municipality, as public tables have it.
    private static func names() throws -> [String] {
        let folder = ExampleFolder.path + "/../reference"
        let bytes = try FolderFiles.read("municipalities.csv", in: folder).orThrow("no municipalities")
        let table = try CSVReader.read(try SourceText(file: "municipalities.csv", bytes: bytes))
        let column = try table.header.firstIndex { $0.value == "name" }.orThrow("no names")
        return table.rows.map { $0[column].value }
    }

    @Test func everyMunicipalityIsFoundByItsNameInLatinOne() async throws {
        let place = try await CommandDatabase.example()
        let rows = try Self.names().map { "\($0);2026K1;\($0 == "Ballerup" ? 60_001 : 30_000)\r\n" }
        let text = "OMRÅDE;TID;INDHOLD\r\nHele landet;2026K1;6000000\r\n" + rows.joined() + "Christiansø;2026K1;90\r\n"
        let file = try Self.file(text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
        let imported = try await place.command("inhabitants", "import", file, "--format", "json")
        let report: Report = try imported.decoded()
        #expect(report.added == 98 && report.passedOver == 2)
        let ballerup = report.classChanges.first { $0.name == "Ballerup Kommune" }
        #expect(ballerup?.classBefore == "medium" && ballerup?.classAfter == "large" && ballerup?.year == 2027)
        let before = try await place.digest()
        let again = try await place.command("inhabitants", "import", file, "--lang", "en")
        #expect(again.output.contains("0 new, 0 changed and 98 unchanged figures; 2 areas are no municipalities"))
        #expect(again.output.contains("0 change class"))
        #expect(try await place.digest() == before)
    }

    @Test func whoChangesClassIsListed() async throws {
        let place = try await CommandDatabase.example()
        let file = try Self.file("Folketal\n\nKOMK;KØN;TID;INDHOLD\n151;Mænd;2026;30000\n151;Kvinder;2026;30001\n")
        let imported = try await place.command("inhabitants", "import", file, "--lang", "en")
        #expect(imported.status == 0, "\(imported.errors)")
        #expect(imported.output.contains("1 new, 0 changed and 0 unchanged figures"))
        #expect(
            imported.output.contains("CLASS_CHANGED  Ballerup Kommune  2027  medium: 48602 inhabitants on 1 January 2020  large: 60001"))
    }

    @Test(
        arguments: [
            ("OMRÅDE;TID;INDHOLD\nBallerup;2026;1\nAtlantis;2026;1\n", "by2.csv:3:1: UNKNOWN_ORGANISATION", 65),
            ("OMRÅDE;TID;INDHOLD\nBallerup;2026;1\n151;2026;2\n", "by2.csv:3:1: ROW_DOUBLED", 65),
            ("OMRÅDE;TID;INDHOLD\nBallerup;2026;1\nFurness;2026;..\n", "by2.csv:3:14: NUMBER_INVALID", 65),
            ("OMRÅDE;KØN;TID;INDHOLD\nBallerup;Mænd;2026;1\n", "by2.csv:1:8: FIGURES_AMBIGUOUS", 65),
            ("navn;antal\nBallerup;1\n", "by2.csv:1:1: FIGURES_AMBIGUOUS", 65),
        ] as [(String, String, Int32)])
    func badTablesChangeNothing(text: String, line: String, status: Int32) async throws {
        let place = try await CommandDatabase.shared.value
        let before = try await place.digest()
        let result = try await place.command("inhabitants", "import", try Self.file(text))
        #expect(result.status == status && result.errors.hasPrefix(line), "\(result.errors)")
        #expect(try await place.digest() == before)
    }

    @Test func aFileThatIsNotThereIsNoInput() async throws {
        let place = try await CommandDatabase.shared.value
        let result = try await place.command("inhabitants", "import", ThrowawayFolder.make() + "/nothing.csv")
        #expect(result.status == 66 && result.errors.contains("FILE_MISSING"))
    }

    @Test func figuresOfADayThatHasNotBegunAreRefused() async throws {
        let place = try await CommandDatabase.shared.value
        let before = try await place.digest()
        let file = try Self.file("KOMK;TID;INDHOLD\n151;2028K1;50000\n")
        let result = try await place.command("inhabitants", "import", file, "--today", "2027-12-31")
        #expect(result.status == 65 && result.errors.contains("DAY_IN_FUTURE: et indbyggertal kan ikke registreres pr. 2028-01-01"))
        let folder = try ExampleFolder()
        try folder.replace(",2020-01-01,48602,", with: ",2028-01-01,48602,", in: "inhabitants.csv")
        let imported = try await place.command("import", folder.path, "--today", "2027-01-10")
        #expect(imported.status == 65 && imported.errors.contains("DAY_IN_FUTURE"))
        #expect(try await place.digest() == before)
    }

    @Test func aBodyIsPlacedByHandAndFindingsTellTheirReason() async throws {
        let place = try await CommandDatabase.example()
        let placing = [
            "organisation", "place", "0151", "--class", "large", "--from-year", "2027", "--reason", "Joint operation", "--lang", "en",
        ]
        let placed = try await place.command.run(placing + ["--decision", "EKS-B-2026-8"])
        #expect(placed.status == 0 && placed.output.contains("placed as large (EKS-B-2026-8)"), "\(placed.errors)")
        // What it replaces is told beside it.
        #expect(placed.output.components(separatedBy: "48602 inhabitants").count == 3, "\(placed.output)")
        let undecided = try await place.command.run(placing + ["--decision", "NONE"])
        #expect(undecided.status == 65 && undecided.code == "UNKNOWN_DECISION")
        let overlapping = try await place.command(
            "organisation", "place", "0151", "--class", "small", "--from-year", "2029", "--reason", "R", "--decision", "EKS-B-2026-8")
        #expect(overlapping.status == 65 && overlapping.code == "OVERLAPPING_PLACEMENT")
        let unused = try await place.command("organisation", "refreeze", "0151", "--year", "2027", "--decision", "EKS-B-2026-8")
        #expect(unused.status == 65 && unused.code == "NOT_FROZEN")
        try await place.connect { connection in
            try await connection.run(
                script: """
                    INSERT INTO frozen_size (organisation_id, year, inhabitants, counted_on)
                    SELECT id, 2027, 48602, '2020-01-01' FROM organisation WHERE municipality_code = '0151'
                    """)
        }
        let findings = try await place.command("organisation", "findings", "--today", "2027-01-10", "--lang", "en").output
        #expect(findings.contains("NO_PRIMARY_CONTACT"))
        #expect(findings.contains("FROZEN_SIZE_SUPERSEDED  2027  48602 inhabitants on 1 January 2020 → 48602"))
        let taken = try await place.command(
            "organisation", "refreeze", "0151", "--year", "2027", "--decision", "EKS-B-2026-8", "--lang", "en")
        #expect(taken.status == 0 && taken.output.contains("placed as large"), "\(taken.errors)")
        let after = try await place.command("organisation", "findings", "--today", "2027-01-10").output
        #expect(!after.contains("FROZEN_SIZE"))
    }
}
