public import Domain
import Postgres

/// Computes posted lines again from what is stored with them, each from its own facts and date.
public enum Replay {
    /// How many lines gave the same øre again, and where one does not.
    public struct Result: Sendable, Equatable {
        public var lines = 0
        public var differing: [VerificationReport.Violation] = []
    }

    /// Every document of both kinds.
    public static func all(in work: Work) async throws -> Result {
        var result = Result()
        for kind in DocumentKind.allCases {
            let last = try await work.transaction.only(
                "SELECT coalesce(max(number), 0) FROM document WHERE kind = \(kind.rawValue)", as: Int64.self)
            for first in stride(from: Int64(1), through: last, by: 1000) {
                try await replay(kind, first, min(first + 999, last), into: &result, in: work)
            }
        }
        return result
    }

    /// One document.
    /// - Throws: ``Refusal`` by `UNKNOWN_INVOICE`, `UNKNOWN_CREDIT_NOTE`.
    public static func one(_ kind: DocumentKind, _ number: Int64, in work: Work) async throws -> Result {
        let exists = try await work.transaction.only(
            "SELECT EXISTS (SELECT FROM document WHERE kind = \(kind.rawValue) AND number = \(number))", as: Bool.self)
        guard exists else { throw Refusal(kind == .invoice ? .unknownInvoice : .unknownCreditNote, String(number)) }
        var result = Result()
        try await replay(kind, number, number, into: &result, in: work)
        return result
    }

    /// A stretch; one that does not even read back is halved until the document is found.
    private static func replay(
        _ kind: DocumentKind, _ first: Int64, _ last: Int64, into result: inout Result, in work: Work
    ) async throws {
        do {
            let documents = try await Documents.load(kind, from: first, through: last, in: work)
            result.lines += documents.reduce(0) { $0 + $1.lines.count }
            for document in documents {
                for line in try document.linesWithoutReason() {
                    result.differing.append(.init(invariant: replayed, place: "\(kind.rawValue) \(document.number) line \(line.line)"))
                }
                if case .invoice(_, let payment) = document.role, payment != FIKReference(invoiceNumber: document.number) {
                    result.differing.append(
                        .init(invariant: "payment references have their check digit", place: "invoice \(document.number)"))
                }
            }
        } catch PostgresError.decoding(let failure) {
            guard first < last else {
                result.differing.append(.init(invariant: replayed, place: "\(kind.rawValue) \(first): \(failure)"))
                return
            }
            let middle = first + (last - first) / 2
            try await replay(kind, first, middle, into: &result, in: work)
            try await replay(kind, middle + 1, last, into: &result, in: work)
        }
    }

    private static let replayed = "documents read back whole, and every line follows from its derivation"
}

extension PostedDocument {
    /// The lines that do not follow from their derivation. The lines of one posting of a key on an invoice add up to the difference; those of a
    /// fall may be spread over several credit notes, so each is at most the fall, and the database adds them up.
    func linesWithoutReason() throws(ArithmeticOverflow) -> [PostedLine] {
        var wrong: [PostedLine] = []
        for (_, posting) in Dictionary(grouping: lines, by: \.key) {
            guard let first = posting.first else { continue }
            let difference = try first.derivation.owed - first.derivation.postedBefore
            let sum = try Money.sum(posting.map(\.net))
            let isRight = kind == .invoice ? difference == sum : try sum <= difference.negated()
            if !isRight || posting.contains(where: { $0.derivation != first.derivation }) { wrong += posting }
        }
        return wrong
    }
}
