import Domain

extension Operation {
    /// What the service says of itself, without the register.
    ///
    /// - Parameter operations: all others, for the links of the service document.
    package static func ofService(beside operations: [Operation]) -> [Operation] {
        let document = Answer.constant(OpenAPIDocument.bytes)
        let service = Answer.constant(serviceDocument(of: operations.map(\.shape)))
        return [
            Operation(.getOpenAPI, immediately: { _ in document }), Operation(.getService, immediately: { _ in service }),
        ]
    }

    /// Links to every list that can be asked for as it is.
    private static func serviceDocument(of shapes: [OperationShape]) -> [UInt8] {
        var json = CanonicalJSON()
        json.object {
            $0.member("name", "os2medlem")
            $0.member("version", "v1")
            $0.member("openapi", OperationShape.getOpenAPI.path)
            $0.name("links")
            $0.array {
                for shape in shapes where shape.form == .list && !shape.parameters.contains(where: \.isRequired) {
                    $0.object {
                        $0.member("id", shape.id)
                        $0.member("path", shape.path)
                        $0.member("scope", shape.scope?.rawValue)
                    }
                }
            }
        }
        return json.bytes
    }
}

/// The description of the API, as it is in the repository.
package enum OpenAPIDocument {
    package static var bytes: [UInt8] { PackageResources.openapi_json }
}
