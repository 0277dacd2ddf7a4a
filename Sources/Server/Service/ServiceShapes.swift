// The operations on what the service says of itself and of its callers, as the document describes them.

extension OperationShape {
    /// This document.
    package static let getOpenAPI = OperationShape(
        "getOpenAPI", "/openapi.json", for: .everybody, answers: .item)

    /// Where everything is.
    package static let getService = OperationShape(
        "getService", "/api/v1", for: .everybody, answers: .item)

    /// Who the caller is to the register.
    package static let getCaller = OperationShape(
        "getCaller", "/api/v1/me", for: .named, answers: .item)

    /// Find organisations, people, products and groups, the best hits first; there is one page.
    package static let search = OperationShape(
        "search", "/api/v1/search", for: .business, answers: .list,
        [.text("q", atLeast: 2, required: true), .word("kind", of: ["organisation", "person", "product", "group"])])
}
