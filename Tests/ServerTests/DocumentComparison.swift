import Domain
import TestSupport

@testable import Server

/// Holds the document against the shapes of the operations, both ways, and names every difference.
struct DocumentComparison {
    let document: JSONValue

    func differences(from shapes: [OperationShape]) -> [String] {
        var found: [String] = []
        var described: Set<String> = []
        for (path, item) in document["paths"]?.members ?? [:] {
            if item.members.keys.sorted() != ["get"] { found.append("\(path): methods \(item.members.keys.sorted())") }
            let id = item["get"]?["operationId"]?.text ?? "?"
            if !described.insert(id).inserted { found.append("\(id): there twice") }
            guard let shape = shapes.first(where: { $0.id == id }) else {
                found.append("\(id): no such operation")
                continue
            }
            if shape.path != path { found.append("\(id): path \(path), not \(shape.path)") }
            if let operation = item["get"] { found += compare(operation, with: shape) }
        }
        found += shapes.filter { !described.contains($0.id) }.map { "\($0.id): not described" }
        return found.sorted()
    }

    private func compare(_ operation: JSONValue, with shape: OperationShape) -> [String] {
        var found: [String] = []
        func expect(_ what: String, _ described: some Equatable, _ own: some Equatable) {
            let (left, right) = (String(describing: described), String(describing: own))
            if left != right { found.append("\(shape.id): \(what) is described as \(left), and is \(right)") }
        }
        expect("roles", operation["x-roles"]?.elements.compactMap(\.text).sorted() ?? [], shape.roles.map(\.rawValue).sorted())
        expect("scope", operation["tags"]?.elements.compactMap(\.text) ?? [], [shape.scope?.rawValue ?? "service"])
        let isOpen = operation["security"]?.elements.contains(.object([:])) ?? false
        expect("open to all", isOpen, shape.roles.contains(.anonymous))
        let content = operation["responses"]?["200"]?["content"]?.members.keys.sorted() ?? []
        switch shape.form {
        case .item: expect("content", content, ["application/json"])
        case .list: expect("content", content, ["application/json", "text/csv"])
        case .file: expect("content has JSON", content.contains("application/json"), false)
        }
        let parameters = (operation["parameters"]?.elements ?? []).map(resolved).filter { $0["in"]?.text != "header" }
        expect("parameters", parameters.compactMap { $0["name"]?.text }.sorted(), shape.parameters.map(\.name).sorted())
        for parameter in shape.parameters {
            guard let described = parameters.first(where: { $0["name"]?.text == parameter.name }) else { continue }
            expect("place of \(parameter.name)", described["in"]?.text ?? "", parameter.place == .path ? "path" : "query")
            expect("need of \(parameter.name)", described["required"] ?? .null, JSONValue.truth(parameter.isRequired))
            var schema = described["schema"].map(resolved) ?? .null
            for ornament in ["examples", "description"] { schema[ornament] = nil }
            let own = JSONValue.object(Self.schema(of: parameter))
            if schema != own { found.append("\(shape.id): schema of \(parameter.name) is described as \(schema), and is \(own)") }
        }
        return found
    }

    private static func schema(of parameter: OperationParameter) -> [String: JSONValue] {
        func integer(_ bounds: ClosedRange<Int64>) -> [String: JSONValue] {
            ["type": .text("integer"), "minimum": .number(bounds.lowerBound), "maximum": .number(bounds.upperBound)]
        }
        return switch parameter.kind {
        case .id: integer(1 ... .max).merging(["format": .text("int64")]) { $1 }
        case .text(let least):
            [
                "type": .text("string"), "minLength": .number(Int64(least)), "maxLength": .number(Int64(OperationParameter.longestText)),
                "pattern": .text("^[^\\u0000-\\u001f\\u007f-\\u009f]*$"),
            ]
        case .date: ["type": .text("string"), "format": .text("date")]
        case .year: integer(OperationParameter.years)
        case .word(let words): ["type": .text("string"), "enum": .array(words.map { .text($0) })]
        case .limit: integer(OperationParameter.limits).merging(["default": .number(Int64(OperationParameter.usualLimit))]) { $1 }
        case .cursor: ["type": .text("string"), "pattern": .text("^[A-Za-z0-9_-]{18}$")]
        }
    }

    private func resolved(_ value: JSONValue) -> JSONValue {
        guard let reference = value["$ref"]?.text else { return value }
        return reference.split(separator: "/").dropFirst().reduce(document) { $0[String($1)] ?? .null }
    }
}
