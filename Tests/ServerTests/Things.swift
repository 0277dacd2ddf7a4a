import Domain
import Interchange
import Registry
import Wording

@testable import Server

/// Operations that exist only here, one for each way to be answered.
enum Things {
    static let today: CivilDate = {
        guard let day = CivilDate(year: 2027, month: 2, day: 3) else { preconditionFailure("3 February 2027 exists") }
        return day
    }()
    /// Planted where nothing of it may come out again.
    static let secret = "Karoline Hemmelig"

    static let list = OperationShape(
        "listThings", "/api/v1/things", for: .everybody, in: .products, answers: .list,
        [
            .text("q", atLeast: 2), .id("organisation"), .date("asOf"), .year("year"), .word("kind", of: ["big", "small"]), .date("from"),
            .date("to"),
        ])
    static let item = OperationShape(
        "getThing", "/api/v1/things/{thing}", for: .everybody, in: .products, answers: .item, [.path("thing"), .date("asOf")])
    static let file = OperationShape(
        "getThingFile", "/api/v1/things/{thing}/file", for: .everybody, answers: .file, [.path("thing")])
    static let named = OperationShape("getNamed", "/api/v1/named", for: .named, answers: .item)
    static let slow = OperationShape("getSlow", "/api/v1/slow", for: .everybody, answers: .item)
    static let stubborn = OperationShape("getStubborn", "/api/v1/stubborn", for: .everybody, answers: .item)
    static let broken = OperationShape("getBroken", "/api/v1/broken", for: .everybody, answers: .item)
    static let refused = OperationShape(
        "getRefused", "/api/v1/refused", for: .everybody, answers: .item, [.word("as", of: ["notFound", "forbidden", "rule", "missing"])])
    static let registered = OperationShape("getRegistered", "/api/v1/registered", for: .everybody, answers: .item)

    struct Broken: Error, CustomStringConvertible {
        var description: String { "about \(Things.secret)" }
    }

    struct Thing: CSVRow, Sendable {
        let number: Int64

        static let csvHeader = ["thing", "formula"]

        var csvCells: [String] { ["\(number)", "=1+\(number)"] }
    }

    static let operations: [Server.Operation] = [
        Operation(list) { request, _ in
            .list(try Page(request.page, of: (1...130).map { Thing(number: $0) }) { $0.number }, for: request) { thing, json in
                json.object { $0.member("thing", thing.number) }
            }
        },
        Operation(item) { request, _ in
            let id = try request.id("thing")
            guard id <= 130 else { throw AccessRefusal.notFound }
            let (day, language) = (try request.day(), request.language)
            return Answer.item { json in
                json.object {
                    $0.member("thing", id)
                    $0.member("asOf", day)
                    $0.member("language", language.rawValue)
                }
            }
        },
        Operation(file) { _, _ in Answer.file([0x25, 0x50], mediaType: "application/pdf", name: "aftale \"å\".pdf") },
        Operation(named) { request, _ in
            guard request.token?.secret.hasSuffix("A") == true else { throw AccessRefusal.unauthenticated }
            return Answer.item { $0.object { $0.member("named", true) } }
        },
        Operation(slow) { _, _ in
            try await Task.sleep(for: .milliseconds(300))
            return Answer.item { $0.object { $0.member("slow", true) } }
        },
        Operation(stubborn) { _, _ in
            // Heeds no cancellation.
            for _ in 0..<30 { await Task.detached { try? await Task.sleep(for: .milliseconds(100)) }.value }
            return Answer.item { $0.object { $0.member("stubborn", true) } }
        },
        Operation(broken) { _, _ in throw Broken() },
        Operation(refused) { request, _ in
            switch try request.text("as") {
            case "forbidden": throw AccessRefusal.forbidden
            case "rule": throw Refusal(.ambiguousOrganisation, "Nygaard")
            case "missing": throw Refusal(.unknownOrganisation, Things.secret)
            default: throw AccessRefusal.notFound
            }
        },
        Operation(registered) { request, register in
            try await register.read(as: request.token, allowing: request.roles, in: request.shape.scope, on: request.today) { _, _ in
                Answer.item { $0.object { $0.member("read", true) } }
            }
        },
    ]
}
