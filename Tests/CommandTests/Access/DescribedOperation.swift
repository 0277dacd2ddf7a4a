import Foundation
import TestSupport

/// An operation as the API's document describes it.
struct DescribedOperation: Sendable {
    enum Form: Sendable { case item, list, file }

    struct Parameter: Sendable {
        let name: String
        let isRequired: Bool
        /// A number or text that may name a thing that is somebody's: no day, year, word or page.
        let namesThings: Bool
    }

    let id: String
    let path: String
    let roles: Set<String>
    /// Nothing for what every token opens.
    let scope: String?
    let form: Form
    let pathParameters: [String]
    let query: [Parameter]

    static let document = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../Sources/Server/openapi.json").standardized

    /// All operations, in the order of the paths.
    static func all() throws -> [DescribedOperation] {
        try all(in: JSONValue([UInt8](Data(contentsOf: document))))
    }

    static func all(in document: JSONValue) throws -> [DescribedOperation] {
        try (document["paths"]?.members ?? [:]).sorted { $0.key < $1.key }.flatMap { path, item in
            try item.members.values.map { try DescribedOperation($0, at: path, in: document) }
        }
    }

    private init(_ operation: JSONValue, at path: String, in document: JSONValue) throws {
        func resolved(_ value: JSONValue) -> JSONValue {
            guard let reference = value["$ref"]?.text else { return value }
            return reference.split(separator: "/").dropFirst().reduce(document) { $0[String($1)] ?? .null }
        }
        id = try (operation["operationId"]?.text).orThrow("an operation's id at \(path)")
        self.path = path
        roles = Set((operation["x-roles"]?.elements ?? []).compactMap(\.text))
        scope = operation["tags"]?.elements.first?.text.flatMap { $0 == "service" ? nil : $0 }
        let content = operation["responses"]?["200"]?["content"]?.members ?? [:]
        form = content["text/csv"] != nil ? .list : content["application/json"] != nil ? .item : .file
        let parameters = (operation["parameters"]?.elements ?? []).map(resolved)
        pathParameters = parameters.filter { $0["in"]?.text == "path" }.compactMap { $0["name"]?.text }
        query = parameters.filter { $0["in"]?.text == "query" && $0["name"]?.text != "cursor" }.compactMap { parameter in
            guard let name = parameter["name"]?.text else { return nil }
            let schema = parameter["schema"].map(resolved) ?? .null
            let isFree = schema["type"]?.text == "string" && schema["enum"] == nil && schema["format"] == nil
            return Parameter(
                name: name, isRequired: parameter["required"] == .truth(true),
                namesThings: isFree || schema["format"]?.text == "int64")
        }
    }

    /// The ways to name a thing that is somebody's: by the path, else by each parameter that can. Empty is to ask for nothing in particular.
    var targets: [String] {
        if !pathParameters.isEmpty { return [pathParameters.joined(separator: "+")] }
        let named = query.filter(\.namesThings)
        return (named.contains(where: \.isRequired) ? [] : [""]) + named.map(\.name)
    }

    /// Where to ask for a thing.
    ///
    /// - Parameter values: one for each part of the target.
    func address(_ target: String, _ values: [String], _ more: [String] = []) -> String {
        let names = target.split(separator: "+").map(String.init)
        var (address, query) = (path, more)
        for (name, value) in zip(names, values) {
            if pathParameters.contains(name) {
                address = address.replacing("{\(name)}", with: value)
            } else {
                query.append("\(name)=\(Self.encoded(value))")
            }
        }
        // A year that the register has something about.
        if self.query.contains(where: { $0.name == "year" && $0.isRequired }) { query.append("year=2027") }
        return query.isEmpty ? address : "\(address)?\(query.joined(separator: "&"))"
    }

    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}
