package import Domain
package import Registry
package import Wording

/// What a handler gets: looked-over parameters, whose token it is, and what day it is.
package struct OperationRequest: Sendable {
    /// How the answer is written.
    package enum Representation: Sendable, Hashable {
        case json, csv
    }

    package let shape: OperationShape
    /// As it was sent; whose it is and whether it opens anything, only the register knows.
    package let token: AccessToken?
    package let today: CivilDate
    package let language: Language
    package let representation: Representation
    let target: RequestTarget
    let values: [ParameterValue]
    /// To be told who the register says it is.
    let recognised: @Sendable (Caller) -> Void

    /// Who may do this at all.
    package var roles: Set<AccessRole> { shape.roles }

    /// The number of a thing in the path.
    package func id(_ name: String) throws -> Int64 {
        guard case .number(let number) = try value(name) else { throw UndeclaredParameter(operation: shape.id, name: name) }
        return number
    }

    /// The number of a thing in the query; nothing where it was not said.
    package func optionalID(_ name: String) throws -> Int64? {
        if case .number(let number) = try value(name) { number } else { nil }
    }

    /// A text or word; nothing where it was not said.
    package func text(_ name: String) throws -> String? {
        if case .text(let text) = try value(name) { text } else { nil }
    }

    /// A word of the domain; nothing where it was not said.
    package func word<Word: RawRepresentable<String>>(_ name: String, as: Word.Type = Word.self) throws -> Word? {
        try text(name).flatMap(Word.init(rawValue:))
    }

    package func date(_ name: String) throws -> CivilDate? {
        if case .day(let number) = try value(name) { CivilDate(daysSince2000: number) } else { nil }
    }

    /// The day asked about: `asOf`, or today.
    package func day() throws -> CivilDate { try date("asOf") ?? today }

    package func year(_ name: String = "year") throws -> Int? {
        if case .number(let number) = try value(name) { Int(number) } else { nil }
    }

    /// How many items the page has at most.
    package var limit: Int {
        guard case .number(let number) = try? value("limit") else { return OperationParameter.usualLimit }
        return Int(number)
    }

    /// Which part of a list is asked for.
    package var page: PageRequest { PageRequest(after: after, limit: limit) }

    /// The last row of the page before, by the number the list is ordered by; nothing for the first page.
    package var after: Int64? {
        guard case .number(let row) = try? value("cursor") else { return nil }
        return row
    }

    private func value(_ name: String) throws -> ParameterValue {
        guard let index = shape.parameters.firstIndex(where: { $0.name == name }) else {
            throw UndeclaredParameter(operation: shape.id, name: name)
        }
        return values[index]
    }
}

/// A handler asks for a parameter that its operation does not take: a mistake of ours, answered as one.
package struct UndeclaredParameter: Error, Sendable, Hashable {
    package let operation: String
    package let name: String
}

extension OperationRequest {
    /// Reads from the register on behalf of whoever asks, if they may ask at all.
    ///
    /// - Throws: ``AccessRefusal`` and what the register throws.
    func read<Value: Sendable>(
        _ register: ServedRegister, _ body: @Sendable (Work, Caller) async throws -> Value
    ) async throws -> Value {
        try await register.read(as: token, allowing: roles, in: shape.scope, on: today, recognised: recognised, body)
    }
}
