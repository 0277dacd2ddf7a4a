import Domain
import Interchange
import Testing

@Suite struct CSVTests {
    private func read(_ text: String) throws -> CSVTable { try CSVReader.read(try SourceText(file: "f.csv", bytes: Array(text.utf8))) }

    @Test(arguments: [
        "a,b\n1,2\n", "a,b\r\n1,2\r\n", "a;b\n1;2", "\u{FEFF}a,b\n1,2\n", "a,b\n\n1,2\n\n", "\"a\",\"b\"\n\"1\",\"2\"\n",
    ])
    func everyUsualFormReadsTheSame(text: String) throws {
        let table = try read(text)
        #expect(table.header.map(\.value) == ["a", "b"])
        #expect(table.rows.map { $0.map(\.value) } == [["1", "2"]])
    }

    @Test func quotesHoldSeparatorsLineBreaksAndQuotes() throws {
        let table = try read("a,b\n\"x,y\",\"he said \"\"no\"\"\nand left\"\nz,w\n")
        #expect(table.rows[0].map(\.value) == ["x,y", "he said \"no\"\nand left"])
        #expect(table.rows[1][0].location == SourceLocation(file: "f.csv", line: 4, column: 1))
    }

    @Test(
        arguments: [
            ("a,b\n1\n", .rowRagged, 2, 1), ("a,b\n1,2,3\n", .rowRagged, 2, 1), ("a,a\n1,2\n", .columnDoubled, 1, 3),
            ("a,b\n\"1,2\n", .csvMalformed, 2, 1), ("a,b\n\"1\"x,2\n", .csvMalformed, 2, 4), ("a,b\n1,2\"3\n", .csvMalformed, 2, 4),
            ("", .csvMalformed, 1, 1),
        ] as [(String, Rule, Int, Int)])
    func whatIsWrongIsNamedWithItsPlace(text: String, rule: Rule, line: Int, column: Int) {
        let refused = #expect(throws: ImportRefused.self) { try read(text) }
        #expect(refused?.problems.first?.refusal.rule == rule)
        #expect(refused?.problems.first?.location == SourceLocation(file: "f.csv", line: line, column: column))
    }

    @Test func aMillionCharactersAreTooMany() {
        let refused = #expect(throws: ImportRefused.self) { try read("a,b\n1," + String(repeating: "x", count: 1_000_000)) }
        #expect(refused?.problems == [ImportProblem(at: SourceLocation(file: "f.csv", line: 2, column: 3), Refusal(.cellTooLong, "10000"))])
    }

    @Test func latin1AndNULAreRefusedWhereTheyStand() {
        let latin = #expect(throws: ImportProblem.self) {
            try SourceText(file: "f.csv", bytes: Array("a,b\nK".utf8) + [0xF8] + Array("benhavn,1\n".utf8))
        }
        #expect(latin == ImportProblem(at: SourceLocation(file: "f.csv", line: 2, column: 2), Refusal(.fileEncoding, "0xF8")))
        let nul = #expect(throws: ImportProblem.self) { try SourceText(file: "f.csv", bytes: Array("a,b\næ".utf8) + [0]) }
        #expect(nul == ImportProblem(at: SourceLocation(file: "f.csv", line: 2, column: 2), Refusal(.fileEncoding, "NUL")))
    }

    @Test func writtenCellsRunNoFormulas() {
        var writer = CSVWriter(header: ["name", "net"])
        writer.row(["=cmd()", "-25000.00"])
        writer.row(["@x", "+1"])
        writer.row(["plain, \"quoted\"", "1"])
        #expect(writer.text == "name,net\r\n'=cmd(),-25000.00\r\n'@x,'+1\r\n\"plain, \"\"quoted\"\"\",1\r\n")
    }
}
