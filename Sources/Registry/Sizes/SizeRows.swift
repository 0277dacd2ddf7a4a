import Domain
import Postgres

/// One count of an organisation's inhabitants.
struct HeadcountRow: RowDecodable, Sendable {
    let organisation: Identifier<Organisation>
    let headcount: Headcount

    static var columns: SQL { "organisation_id, inhabitants, counted_on" }

    init(row: inout Row) throws(DecodingFailure) {
        organisation = try row.identifier()
        headcount = Headcount(inhabitants: try row.next(), countedOn: try row.date())
    }
}

/// One placement by hand and the invoicing years it holds for; without an end, every year that billing knows.
struct PlacementRow: RowDecodable, Sendable {
    let organisation: Identifier<Organisation>
    let years: ClosedRange<Int>
    let placement: SizePlacement

    static var columns: SQL { "p.organisation_id, p.first_year, p.last_year, p.size_class, p.reason, d.id, d.reference" }

    init(row: inout Row) throws(DecodingFailure) {
        organisation = try row.identifier()
        let first = Int(try row.next(Int32.self))
        let last = try row.next(Int32?.self).map(Int.init) ?? 9998
        years = try row.domain(last) { first <= $0 ? first...$0 : nil }
        placement = SizePlacement(
            sizeClass: try row.word(), reason: try row.next(),
            decision: DecisionReference(id: try row.identifier(), reference: try row.next()))
    }
}

/// What postings of one invoicing year used.
struct FrozenRow: RowDecodable, Sendable {
    let organisation: Identifier<Organisation>
    let year: Int
    let fact: SizeFact

    static var columns: SQL {
        "f.organisation_id, f.year, f.inhabitants, f.counted_on, f.size_class, f.reason, d.id, d.reference, r.id, r.reference"
    }

    init(row: inout Row) throws(DecodingFailure) {
        organisation = try row.identifier()
        year = Int(try row.next(Int32.self))
        let inhabitants = try row.next(Int32?.self)
        let day = try row.optionalDate()
        let headcount = inhabitants.flatMap { number in day.map { Headcount(inhabitants: number, countedOn: $0) } }
        let sizeClass = try row.optionalWord(SizeClass.self)
        let reason = try row.next(String?.self)
        var placement: SizePlacement?
        if let decision = try row.decision(), let sizeClass, let reason {
            placement = SizePlacement(sizeClass: sizeClass, reason: reason, decision: decision)
        }
        fact = SizeFact(headcount: headcount, placement: placement, refrozenBy: try row.decision())
    }
}

extension Row {
    /// Number and reference of a decision that may be none.
    fileprivate mutating func decision() throws(DecodingFailure) -> DecisionReference? {
        let (id, reference) = (try next(Int64?.self), try next(String?.self))
        guard let id, let reference else { return nil }
        return DecisionReference(id: Identifier(id), reference: reference)
    }
}
