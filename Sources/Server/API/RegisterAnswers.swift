import Domain
import Interchange
import Registry

// Most operations ask the register one question and write what it says. What differs between them is the question and the shape.

extension Operation {
    /// An operation that answers with one thing.
    static func item<Record: Sendable>(
        _ shape: OperationShape, _ find: @escaping @Sendable (OperationRequest, Caller, Work) async throws -> Record,
        _ write: @escaping @Sendable (Record, inout CanonicalJSON) throws -> Void
    ) -> Operation {
        Operation(shape) { request, register in
            let record = try await request.read(register) { try await find(request, $1, $0) }
            return try .item { try write(record, &$0) }
        }
    }

    /// An operation that answers with a page of rows.
    static func list<Row: CSVRow & Sendable>(
        _ shape: OperationShape, _ page: @escaping @Sendable (OperationRequest, Caller, Work) async throws -> Page<Row>,
        _ write: @escaping @Sendable (Row, inout CanonicalJSON) throws -> Void
    ) -> Operation {
        Operation(shape) { request, register in
            let page = try await request.read(register) { try await page(request, $1, $0) }
            return try .list(page, for: request, write)
        }
    }
}

extension OperationRequest {
    /// The thing of a path.
    func identifier<Entity>(_ name: String, of _: Entity.Type = Entity.self) throws -> Identifier<Entity> { Identifier(try id(name)) }

    /// A thing that only some are asked of; nothing where it was not said.
    func optionalIdentifier<Entity>(_ name: String, of _: Entity.Type = Entity.self) throws -> Identifier<Entity>? {
        try optionalID(name).map { Identifier($0) }
    }

    /// A whole year; nothing where none was said.
    func wholeYear() throws -> BillingPeriod? { try year().flatMap { BillingPeriod(year: $0, half: nil) } }
}
