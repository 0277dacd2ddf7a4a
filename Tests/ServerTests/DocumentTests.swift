import Domain
import TestSupport
import Testing

@testable import Server

struct DocumentTests {
    private static func comparison() throws -> DocumentComparison { DocumentComparison(document: try JSONValue(OpenAPIDocument.bytes)) }

    @Test func documentAndShapesAreTheSame() throws {
        #expect(try Self.comparison().differences(from: OperationShape.all) == [])
        #expect(OperationShape.all.count == 52)
    }

    @Test func whatIsServedIsDescribedAndTheReverse() {
        let served = Set((Operation.ofService(beside: Operation.ofRegister) + Operation.ofRegister).map(\.shape.id))
        #expect(served == Set(OperationShape.all.map(\.id)))
    }

    @Test func aMissingAndAnAdditionalOperationAreFound() throws {
        let comparison = try Self.comparison()
        #expect(comparison.differences(from: Array(OperationShape.all.dropLast())) == ["listAccessEntries: no such operation"])
        let more = OperationShape("getMore", "/api/v1/more", for: .everybody, answers: .item)
        #expect(comparison.differences(from: OperationShape.all + [more]) == ["getMore: not described"])
    }

    @Test(
        "Whatever differs in one operation is found",
        arguments: [
            (
                OperationShape(
                    "listPledges", "/api/v1/pledges", for: .everybody, in: .agreements, answers: .list,
                    [.id("organisation"), .id("project")]), "roles"
            ),
            (
                OperationShape(
                    "listPledges", "/api/v1/promises", for: .business, in: .agreements, answers: .list,
                    [.id("organisation"), .id("project")]), "path"
            ),
            (
                OperationShape(
                    "listPledges", "/api/v1/pledges", for: .business, in: .rates, answers: .list, [.id("organisation"), .id("project")]),
                "scope"
            ),
            (
                OperationShape("listPledges", "/api/v1/pledges", for: .business, in: .agreements, answers: .list, [.id("organisation")]),
                "parameters"
            ),
            (
                OperationShape(
                    "listPledges", "/api/v1/pledges", for: .business, in: .agreements, answers: .list,
                    [.id("organisation"), .year("project")]), "schema of project"
            ),
            (
                OperationShape(
                    "listPledges", "/api/v1/pledges", for: .business, in: .agreements, answers: .list,
                    [.id("organisation", required: true), .id("project")]), "need of organisation"
            ),
            (
                OperationShape(
                    "listPledges", "/api/v1/pledges", for: .business, in: .agreements, answers: .item,
                    [.id("organisation"), .id("project")]), "content"
            ),
        ])
    func aDifference(shape: OperationShape, word: String) throws {
        let shapes = OperationShape.all.filter { $0.id != shape.id } + [shape]
        let found = try Self.comparison().differences(from: shapes)
        #expect(found.contains { $0.contains("listPledges: \(word)") }, "\(found)")
    }

    @Test func everySchemaIsClosedAndComplete() throws {
        let document = try JSONValue(OpenAPIDocument.bytes)
        // What depends on the charge or price model says which members are always there, and lets others be.
        let open = ["Price", "Derivation"]
        for (name, schema) in document["components"]?["schemas"]?.members ?? [:] where schema["type"]?.text == "object" {
            #expect((schema["additionalProperties"] == .truth(false)) == !open.contains(name), "\(name)")
            guard name != "Problem" else { continue }
            let required = schema["required"]?.elements.compactMap(\.text).sorted()
            #expect(required == schema["properties"]?.members.keys.sorted(), "\(name)")
        }
    }

    @Test func isServedAsItIs() async throws {
        try await RunningServer.run { server in
            let answer = try await server.get("/openapi.json")
            #expect(answer.status == 200 && answer.body == OpenAPIDocument.bytes)
            #expect(answer["cache-control"] == "public, no-cache")
            let service = try JSONValue(try await server.get("/api/v1").body)
            #expect(service["links"]?.elements.compactMap { $0["id"]?.text } == ["listThings"])
        }
    }
}
