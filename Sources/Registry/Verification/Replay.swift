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
        var falls = Falls()
        for kind in DocumentKind.allCases {
            let last = try await work.transaction.only(
                "SELECT coalesce(max(number), 0) FROM document WHERE kind = \(kind.rawValue)", as: Int64.self)
            for first in stride(from: Int64(1), through: last, by: 1000) {
                try await replay(kind, first, min(first + 999, last), into: &result, &falls, in: work)
            }
        }
        result.differing += try falls.wrong().map(violation)
        return result
    }

    /// One document.
    /// - Throws: ``Refusal`` by `UNKNOWN_INVOICE`, `UNKNOWN_CREDIT_NOTE`.
    public static func one(_ kind: DocumentKind, _ number: Int64, in work: Work) async throws -> Result {
        let exists = try await work.transaction.only(
            "SELECT EXISTS (SELECT FROM document WHERE kind = \(kind.rawValue) AND number = \(number))", as: Bool.self)
        guard exists else { throw Refusal(kind == .invoice ? .unknownInvoice : .unknownCreditNote, String(number)) }
        var result = Result()
        var falls = Falls()
        try await replay(kind, number, number, into: &result, &falls, in: work)
        if kind == .creditNote && result.differing.isEmpty {
            for other in try await notes(beside: number, in: work) {
                for note in try await Documents.load(.creditNote, from: other, through: other, in: work) { try falls.add(note) }
            }
            result.differing += try falls.wrong().filter { $0.note == number }.map(violation)
        }
        return result
    }

    /// The credit notes that the same run gave the same receiver.
    private static func notes(beside number: Int64, in work: Work) async throws -> [Int64] {
        try await work.transaction.query(
            """
            SELECT other.number FROM document AS d JOIN document AS other
                ON other.kind = 'creditNote' AND other.run_id = d.run_id AND other.organisation_id = d.organisation_id AND other.number <> d.number
            WHERE d.kind = 'creditNote' AND d.number = \(number)
            """, as: Int64.self)
    }

    private static func violation(_ place: (note: Int64, line: Int32)) -> VerificationReport.Violation {
        .init(invariant: replayed, place: "creditNote \(place.note) line \(place.line)")
    }

    /// A stretch; one that does not even read back is halved until the document is found.
    private static func replay(
        _ kind: DocumentKind, _ first: Int64, _ last: Int64, into result: inout Result, _ falls: inout Falls, in work: Work
    ) async throws {
        do {
            let documents = try await Documents.load(kind, from: first, through: last, in: work)
            result.lines += documents.reduce(0) { $0 + $1.lines.count }
            for document in documents {
                guard case .invoice(_, let payment) = document.role else {
                    try falls.add(document)
                    continue
                }
                for line in try document.linesWithoutReason() {
                    result.differing.append(.init(invariant: replayed, place: "invoice \(document.number) line \(line.line)"))
                }
                if payment != FIKReference(invoiceNumber: document.number) {
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
            try await replay(kind, first, middle, into: &result, &falls, in: work)
            try await replay(kind, middle + 1, last, into: &result, &falls, in: work)
        }
    }

    private static let replayed = "documents read back whole, and every line follows from its derivation"
}

extension PostedDocument {
    /// The lines of an invoice that do not follow from their derivation: each has the amount of its part, or one that of the whole difference.
    fileprivate func linesWithoutReason() throws(ArithmeticOverflow) -> [PostedLine] {
        var wrong: [PostedLine] = []
        for (_, posting) in Dictionary(grouping: lines, by: \.key) {
            guard let first = posting.first else { continue }
            let expected = try first.derivation.chargedAmounts()
            let isOneReason = posting.allSatisfy { $0.derivation == first.derivation }
            if !isOneReason || posting.count != expected.count {
                wrong += posting
            } else {
                wrong += zip(posting, expected).filter { $0.net != $1 }.map(\.0)
            }
        }
        return wrong.sorted { $0.line < $1.line }
    }
}

/// What credit notes gave back. The lines of one fall of a key may stand on several notes, newest invoice first, and only together come to what its
/// derivation says.
private struct Falls {
    private struct Posting: Hashable {
        let key: ChargeKey
        let revision: Int32
    }

    private struct Fall {
        var given: Money
        let derivation: LineDerivation
        var isOneReason = true
        var places: [(note: Int64, line: Int32)]
    }

    private var falls: [Posting: Fall] = [:]

    mutating func add(_ note: PostedDocument) throws(ArithmeticOverflow) {
        for line in note.lines {
            let posting = Posting(key: line.key, revision: line.revision)
            guard var fall = falls[posting] else {
                falls[posting] = Fall(given: line.net, derivation: line.derivation, places: [(note.number, line.line)])
                continue
            }
            fall.given = try fall.given + line.net
            fall.isOneReason = fall.isOneReason && line.derivation == fall.derivation
            fall.places.append((note.number, line.line))
            falls[posting] = fall
        }
    }

    /// The lines of falls that do not come to what they are said to be.
    func wrong() throws(ArithmeticOverflow) -> [(note: Int64, line: Int32)] {
        var wrong: [(note: Int64, line: Int32)] = []
        for (_, fall) in falls {
            let owed = try fall.derivation.postedBefore - fall.derivation.now.owed
            if !fall.isOneReason || fall.given != owed { wrong += fall.places }
        }
        return wrong.sorted { ($0.note, $0.line) < ($1.note, $1.line) }
    }
}
