import Domain
import Interchange
import Testing

/// StatBank's tables of inhabitants: every shape they are saved in, and a place for whatever could be read in two ways.
@Suite struct StatbankTests {
    private func read(_ text: String) throws -> [String] { try read(Array(text.utf8)) }

    private func read(_ bytes: [UInt8]) throws -> [String] {
        try StatbankTable.read(file: "by2.csv", bytes: bytes).map { "\($0.area.value) \($0.countedOn) \($0.inhabitants)" }
    }

    private static let good: [(String, [String])] = [
        ("OMRÅDE;TID;INDHOLD\r\nKøbenhavn;2026;667099\r\n", ["København 2026-01-01 667099"]),
        ("\u{FEFF}OMRÅDE;TID;INDHOLD\n101;2026K1;667099\n", ["101 2026-01-01 667099"]),
        ("KOMK;TID;INDHOLD\n0101;2026Q3;1\n", ["0101 2026-07-01 1"]),
        ("\"OMRÅDE\";\"TID\";\"INDHOLD\"\n\"101 København\";\"1. januar 2026\";5", ["101 København 2026-01-01 5"]),
        (
            "Folketal 1. januar efter kommune;\n\nOMRÅDE;TID;INDHOLD\nLæsø;2026;1700\n\nKilde: Danmarks Statistik\n",
            ["Læsø 2026-01-01 1700"]
        ),
        // Rows are summed where no total is among them, and never with it.
        (
            "KOMK;BYST;ALDER;KØN;TID;INDHOLD\nLæsø;Byer;I alt;Mænd;2026;1\nLæsø;Byer;I alt;Kvinder;2026;2\nLæsø;Land;I alt;Mænd;2026;4\n"
                + "Læsø;Land;I alt;Kvinder;2026;8\n", ["Læsø 2026-01-01 15"]
        ),
        ("OMRÅDE;KØN;TID;INDHOLD\nLæsø;I alt;2026;3\nLæsø;Mænd;2026;1\nLæsø;Kvinder;2026;2\n", ["Læsø 2026-01-01 3"]),
        ("OMRÅDE;ALDER;TID;INDHOLD\nLæsø;0-49 år;2026;3\nLæsø;50-89 år;2026;4\nLæsø;90 år og derover;2026;5\n", ["Læsø 2026-01-01 12"]),
        ("OMRÅDE;CIVILSTAND;TID;INDHOLD\nLæsø;Ugift;2026;3\nLæsø;I alt;2026;9\n", ["Læsø 2026-01-01 9"]),
        // A column for each day.
        (
            "\"Folketal\"\n\n\"\";\"2025\";\"2026\"\n\"Læsø\";1701;1700\n\"Fanø\";3400;3401\n",
            ["Læsø 2025-01-01 1701", "Læsø 2026-01-01 1700", "Fanø 2025-01-01 3400", "Fanø 2026-01-01 3401"]
        ),
    ]

    @Test(arguments: good.indices)
    func everyShapeIsRead(index: Int) throws {
        let (text, figures) = Self.good[index]
        #expect(try read(text) == figures)
    }

    @Test func latinOneIsRead() throws {
        let latin = "OMRÅDE;TID;INDHOLD\r\nÆrø;2026;5900\r\n".unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        #expect(try read(latin) == ["Ærø 2026-01-01 5900"])
    }

    private static let bad: [(String, String)] = [
        ("", "1:1 FIGURES_AMBIGUOUS"), ("Hello\nworld\n", "1:1 FIGURES_AMBIGUOUS"), ("OMRÅDE;TID\nLæsø;2026\n", "1:1 FIGURES_AMBIGUOUS"),
        ("OMRÅDE;TID;INDHOLD\n", "2:1 CSV_MALFORMED"),
        ("OMRÅDE;TID;INDHOLD\nLæsø;26;1\n", "2:6 DATE_INVALID"), ("OMRÅDE;TID;INDHOLD\nLæsø;2026K5;1\n", "2:6 DATE_INVALID"),
        ("OMRÅDE;TID;INDHOLD\nLæsø;2026;..\n", "2:11 NUMBER_INVALID"), ("OMRÅDE;TID;INDHOLD\nLæsø;2026;1.700\n", "2:11 NUMBER_INVALID"),
        ("OMRÅDE;TID;INDHOLD\nLæsø;2026;-1\n", "2:11 NUMBER_INVALID"), ("OMRÅDE;TID;INDHOLD\nLæsø;2026;\n", "2:11 NUMBER_INVALID"),
        ("OMRÅDE;TID;INDHOLD\nLæsø;2026;9999999999\n", "2:11 NUMBER_INVALID"), ("OMRÅDE;TID;INDHOLD\nLæsø;2026\n", "2:1 ROW_RAGGED"),
        ("OMRÅDE;TID;INDHOLD\nFanø;2026;1\nLæsø\n", "3:1 ROW_RAGGED"),
        ("OMRÅDE;TID;INDHOLD\nLæsø;2026;1\nLæsø;2026;2\n", "3:1 FIGURES_AMBIGUOUS"),
        ("OMRÅDE;KØN;TID;INDHOLD\nLæsø;Mænd;2026;1\n", "1:8 FIGURES_AMBIGUOUS"),
        ("OMRÅDE;ALDER;TID;INDHOLD\nLæsø;0-17 år;2026;1\nLæsø;18-24 år;2026;1\n", "1:8 FIGURES_AMBIGUOUS"),
        ("OMRÅDE;CIVILSTAND;TID;INDHOLD\nLæsø;Ugift;2026;1\nLæsø;Gift;2026;1\n", "1:8 FIGURES_AMBIGUOUS"),
        ("OMRÅDE;ALDER;TID;INDHOLD\nLæsø;I alt;2026;1\nLæsø;Børn i alt;2026;1\n", "1:8 FIGURES_AMBIGUOUS"),
        ("Title\nOMRÅDE;TID;INDHOLD\n\"Læsø;2026;1\n", "3:1 CSV_MALFORMED"), ("OMRÅDE;TID;INDHOLD\nL\0sø;2026;1\n", "2:2 FILE_ENCODING"),
    ]

    @Test(arguments: bad.indices)
    func whatCouldBeReadInTwoWaysIsRefusedAtItsPlace(index: Int) throws {
        let (text, expected) = Self.bad[index]
        let refused = try #require(throws: ImportRefused.self) { _ = try read(text) }
        #expect(refused.problems.map { "\($0.location.line):\($0.location.column) \($0.refusal.rule.rawValue)" } == [expected])
    }
}
