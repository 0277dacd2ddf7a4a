package import Registry

/// An operation and how it is answered.
package struct Operation: Sendable {
    package typealias Handler = @Sendable (OperationRequest, ServedRegister) async throws -> Answer

    enum Way: Sendable {
        /// Asks the register, within the deadline.
        case register(Handler)
        /// Asks the register in one pipeline, which keeps the deadline by itself: nobody has to race it.
        case pipeline(Handler)
        /// Knows the answer.
        case immediate(@Sendable (OperationRequest) throws -> Answer)
    }

    package let shape: OperationShape
    let way: Way

    /// - Parameter answer: asks with ``ServedRegister/read(as:allowing:on:_:)``, `as: request.token, allowing: request.roles, on: request.today`.
    package init(_ shape: OperationShape, answer: @escaping Handler) {
        self.shape = shape
        way = .register(answer)
    }

    /// - Parameter answer: awaits nothing but one pipeline.
    package static func inOnePipeline(_ shape: OperationShape, _ answer: @escaping Handler) -> Operation {
        Operation(shape: shape, way: .pipeline(answer))
    }

    private init(shape: OperationShape, way: Way) { (self.shape, self.way) = (shape, way) }

    /// An operation that needs no register.
    package init(_ shape: OperationShape, immediately answer: @escaping @Sendable (OperationRequest) throws -> Answer) {
        self.shape = shape
        way = .immediate(answer)
    }
}

/// Why the program does not start with a list of operations.
package struct OperationFault: Error, Sendable, Hashable, CustomStringConvertible {
    package let operation: String
    package let reason: String

    package var description: String { "operation \(operation): \(reason)" }
}

extension Operation {
    /// Looks over all operations before the first request. What nobody thought of is refused, never served.
    ///
    /// - Throws: ``OperationFault`` for an operation without roles, one whose id or path is there twice, or whose path and parameters do not fit.
    package static func check(_ operations: [Operation]) throws(OperationFault) {
        var ids: Set<String> = []
        var paths: Set<String> = []
        for shape in operations.map(\.shape) {
            func fault(_ reason: String) -> OperationFault { OperationFault(operation: shape.id, reason: reason) }
            guard !shape.roles.isEmpty else { throw fault("no role may ask for it") }
            guard ids.insert(shape.id).inserted else { throw fault("its id is there twice") }
            // Two paths that differ in a parameter's name only are one to the router.
            let place = shape.path.split(separator: "/").map { $0.hasPrefix("{") ? "{}" : String($0) }.joined(separator: "/")
            guard paths.insert(place).inserted else { throw fault("its path \(shape.path) is there twice") }
            guard shape.path.hasPrefix("/"), !shape.path.hasSuffix("/"), !shape.path.contains("//") else {
                throw fault("\(shape.path) is not a path")
            }
            let declared = shape.parameters.filter { $0.place == .path }.map(\.name)
            guard declared == shape.pathParameters else {
                throw fault("its path takes \(shape.pathParameters), declared are \(declared)")
            }
            guard Set(shape.parameters.map(\.name)).count == shape.parameters.count else { throw fault("a parameter is declared twice") }
        }
    }
}

extension OperationShape {
    /// The names in braces, in the order of the path.
    package var pathParameters: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") && $0.hasSuffix("}") }.map { String($0.dropFirst().dropLast()) }
    }
}
