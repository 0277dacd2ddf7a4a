import Domain
import Foundation
import TestSupport
import Testing

/// The lists of which README says that they have the same columns on the command line and over HTTP.
@Suite struct SharedColumnTests {
    private static let lists: [(command: String, target: String)] = [
        ("organisation list", "organisations"), ("agreement list", "agreements"), ("product list", "products"), ("group roster", "seats"),
        ("invoice list", "invoices"), ("invoice list --kind creditNote", "credit-notes"), ("invoice runs", "invoice-runs"),
        ("audit", "audit-entries"), ("token reads", "access-entries"),
    ]

    @Test func bothSidesWriteTheSameColumns() async throws {
        let place = try await AccessDatabase.shared.value
        let token = try place.holder(.auditor).token
        let served = try await ServedProgram.run(at: place.command) { served in
            try await onThread {
                let caller = served.caller(token)
                return try Self.lists.map { try caller.get("/api/v1/\($0.target)?format=csv").text }
            }
        }
        let readme = try String(contentsOf: URL(fileURLWithPath: ExampleFolder.path + "/../../README.md"), encoding: .utf8)
        let said = try readme.split(separator: "(`signed_on`). ").last.orThrow("the sentence on columns").prefix { $0 != "." }
        #expect(said.split(separator: "`").filter { $0.first?.isLetter ?? false }.map(String.init) == Self.lists.map(\.command))
        for (list, answer) in zip(Self.lists, served) {
            let printed = try await place.command.command.run(list.command.split(separator: " ").map(String.init) + ["--format", "csv"])
            #expect(printed.status == 0, "\(list.command): \(printed.errors)")
            let columns = [printed.output, answer].map { $0.split(whereSeparator: \.isNewline).first.map(String.init) ?? "" }
            #expect(columns[0] == columns[1] && columns[0].contains(","), "\(list.command): \(columns)")
        }
    }
}
