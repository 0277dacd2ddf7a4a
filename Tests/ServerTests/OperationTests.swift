import Domain
import Testing

@testable import Server

struct OperationTests {
    private static func operation(
        _ id: String, _ path: String, for roles: Set<AccessRole> = .everybody, _ parameters: [OperationParameter] = []
    ) -> Server.Operation {
        Operation(OperationShape(id, path, for: roles, answers: .item, parameters), immediately: { _ in Answer.item { $0.null() } })
    }

    @Test(
        "A list that would serve what nobody thought of stops the start",
        arguments: [
            ("no role", [operation("a", "/a", for: [])]),
            ("its id is there twice", [operation("a", "/a"), operation("a", "/b")]),
            ("its path /a/{y} is there twice", [operation("a", "/a/{x}", [.path("x")]), operation("b", "/a/{y}", [.path("y")])]),
            ("its path takes [\"x\"]", [operation("a", "/a/{x}")]),
            ("declared are [\"x\"]", [operation("a", "/a", [.path("x")])]),
            ("is not a path", [operation("a", "/a/")]),
            ("declared twice", [operation("a", "/a", [.text("q"), .id("q")])]),
        ])
    func faults(reason: String, operations: [Server.Operation]) throws {
        let fault = #expect(throws: OperationFault.self) { try Operation.check(operations) }
        #expect(fault?.description.contains(reason) == true, "\(fault?.description ?? "")")
    }

    @Test func everyShapeOfTheDocumentMayStart() throws {
        try Operation.check(OperationShape.all.map { Operation($0, immediately: { _ in Answer.item { $0.null() } }) })
    }

    @Test func aServerDoesNotStartWithOne() async throws {
        await #expect(throws: OperationFault.self) {
            try await RunningServer.run([OperationTests.operation("a", "/a", for: [])]) { _ in }
        }
    }
}
