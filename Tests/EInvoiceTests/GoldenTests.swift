import Domain
import Foundation
import Testing

/// Golden files change only on purpose: `make golden` writes them anew, and the change is then read like any other.
@Suite("A posted document as Peppol BIS Billing 3.0")
struct GoldenTests {
    struct Golden: Sendable, CustomTestStringConvertible {
        let name: String
        let document: @Sendable () throws -> PostedDocument
        var testDescription: String { name }

        /// In `fixtures/golden`, seen from this file, unless the environment names another folder to compare with.
        var file: URL {
            let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            let folder = Self.environment["OS2MEDLEM_GOLDEN"].map { URL(filePath: $0) } ?? root.appending(path: "fixtures/golden")
            return folder.appending(path: "\(name).xml")
        }

        static var environment: [String: String] { ProcessInfo.processInfo.environment }
    }

    static let all = [
        Golden(name: "invoice-with-order-and-account", document: Specimens.orderedInvoice),
        Golden(name: "invoice-to-cvr-address-unknown", document: Specimens.plainInvoice),
        Golden(name: "credit-note", document: Specimens.creditNote),
        Golden(name: "invoice-exempt", document: Specimens.exemptInvoice),
    ]

    @Test("is the golden file, byte for byte", arguments: all)
    func matches(_ golden: Golden) throws {
        let written = Data(try Specimens.write(golden.document()).utf8)
        if Golden.environment["OS2MEDLEM_WRITE_GOLDEN"] == "yes" { try written.write(to: golden.file, options: .atomic) }
        #expect(try Data(contentsOf: golden.file) == written)
    }

    @Test("has one golden file for each specimen and no others")
    func noStrays() throws {
        let folder = try #require(Self.all.first).file.deletingLastPathComponent()
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(files == Self.all.map { "\($0.name).xml" }.sorted())
    }

    @Test("is the same every time it is written", arguments: all)
    func repeats(_ golden: Golden) throws {
        #expect(try Specimens.write(golden.document()) == Specimens.write(golden.document()))
    }
}
