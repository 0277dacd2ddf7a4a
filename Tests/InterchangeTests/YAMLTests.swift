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
