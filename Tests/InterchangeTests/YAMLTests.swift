import Domain
import Interchange
import Testing

@Suite struct YAMLTests {
    private func read(_ text: String) throws -> YAMLValue { try YAMLReader.read(try SourceText(file: "f.yaml", bytes: Array(text.utf8))) }

    @Test(arguments: ["no", "010", "1_000.10", "0x10", "1e3", "null", "~", "2027-01-01", ".5", "true"])
    func nothingIsInterpreted(text: String) throws {
        guard case .mapping(let pairs, _) = try read("a: \(text)"), case .text(let value) = pairs[0].value else {
            Issue.record("not a text")
            return
        }
        #expect(value.value == text)
    }

    @Test(arguments: ["a: &x 1\nb: *x", "a: &x [1]\nb: 2", "a: 1\na: 2", "a: [1", "? [a]\n: 1", "", "\t- x", "a: b: c"])
    func whatAReaderCouldMistakeIsRefused(text: String) {
        let problem = #expect(throws: ImportProblem.self) { try read(text) }
        #expect(problem?.refusal.rule == .yamlMalformed)
        #expect(problem?.location.file == "f.yaml")
    }

    /// What the parser would leave out, and what it does not take, with their places.
    @Test(arguments: [("a: b\nå: 'c\u{FEFF}d'", 6), ("a: b\nå: \"\u{FEFF}\"", 5), ("a: b\nå: 'c\u{07}'", 6)])
    func anInvisibleCharacterIsRefused(text: String, column: Int) {
        let problem = #expect(throws: ImportProblem.self) { try read(text) }
        #expect(problem?.refusal.rule == .yamlMalformed)
        #expect(problem?.location == Domain.SourceLocation(file: "f.yaml", line: 2, column: column))
    }

    @Test func anEscapedNULIsRefusedWhereItStands() {
        let problem = #expect(throws: ImportProblem.self) { try read("a: b\nc: \"d\\0\"") }
        #expect(problem?.refusal.rule == .fileEncoding)
        #expect(problem?.location == Domain.SourceLocation(file: "f.yaml", line: 2, column: 4))
    }

    @Test func depthIsBounded() {
        let text = String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000)
        #expect(throws: ImportProblem.self) { try read(text) }
    }

    @Test func placesAreTheValues() throws {
        guard case .mapping(let pairs, _) = try read("dues:\n  - year: 2027\n    amount: 25000.00\n"),
            case .list(let items, _) = pairs[0].value,
            case .mapping(let fields, _) = items[0]
        else {
            Issue.record("not the shape")
            return
        }
        #expect(fields[1].value.location == SourceLocation(file: "f.yaml", line: 3, column: 13))
    }
}
