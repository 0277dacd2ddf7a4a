import Domain
import Foundation
import Postgres

/// A rate sheet as the database holds it, still without its rows.
struct RateSheetRow: RowDecodable, Sendable {
    let id: Identifier<RateSheet>
    private let subject: Subject
    private let term: Term
    private let frequency: BillingFrequency
    private let proRata: ProRata
    private let passive: Ratio
    private let lateChanges: LateChanges?
    private let carriesContribution: Bool
    private let bounds: SizeBounds?
    private let vat: VATRate?
    private let decision: DecisionReference

    static var columns: SQL {
        """
        s.id, s.subject, s.during, s.frequency, s.pro_rata, s.passive_numerator, s.passive_denominator, s.late_changes, s.carries_contribution,
        s.bound_small, s.bound_medium, s.bound_large, s.vat_category, s.vat_basis_points, d.id, d.reference
        """
    }

    init(row: inout Row) throws(DecodingFailure) {
        id = try row.identifier()
        subject = try row.domain(try row.next(String.self)) { Subject($0) }
        term = try row.term()
        frequency = try row.word()
        proRata = try row.word()
        let (top, bottom) = (try row.next(Int32.self), try row.next(Int32.self))
        passive = try row.domain(top) { Ratio(Int64($0), over: Int64(bottom)) }
        lateChanges = try row.optionalWord()
        carriesContribution = try row.next()
        let (small, medium, large) = (try row.next(Int32?.self), try row.next(Int32?.self), try row.next(Int32?.self))
        bounds = try row.optional(small) { small in
            medium.flatMap { medium in large.flatMap { SizeBounds(small: small, medium: medium, large: $0) } }
        }
        let category = try row.optionalWord(VATRate.Category.self)
        let points = try row.next(Int32?.self)
        vat = try row.optional(category) { category in points.flatMap { VATRate(category, basisPoints: $0) } }
        decision = DecisionReference(id: try row.identifier(), reference: try row.next())
    }

    /// - Throws: ``DecodingFailure`` when the stored days are not whole billing periods.
    func sheet(with rows: [RateRow]) throws(DecodingFailure) -> RateSheet {
        let sheet = RateSheet(
            id: id, subject: subject, term: term, frequency: frequency, proRata: proRata, passive: passive, lateChanges: lateChanges,
            carriesContribution: carriesContribution, bounds: bounds, vat: vat, decision: decision, rows: rows)
        guard let sheet else { throw DecodingFailure(expected: "whole billing periods", found: "\(term)") }
        return sheet
    }
}

/// A row of a sheet and the sheet it is of.
struct RateRowRow: RowDecodable, Sendable {
    let sheet: Identifier<RateSheet>
    let row: RateRow

    static var columns: SQL { columns(told: false) }

    static func columns(told: Bool) -> SQL {
        let price: SQL = told ? "r.told_price" : "r.price"
        return "r.sheet_id, r.id, r.component, r.charge, r.during, \(price), d.id, d.reference"
    }

    init(row: inout Row) throws(DecodingFailure) {
        sheet = try row.identifier()
        self.row = RateRow(
            id: try row.identifier(), component: try row.next(), charge: try row.word(), term: try row.term(),
            price: try row.domain(try row.next(JSONB.self)) { try? JSONDecoder().decode(PriceModel.self, from: Data($0.text.utf8)) },
            decision: DecisionReference(id: try row.identifier(), reference: try row.next()))
    }
}

extension PriceModel {
    /// The form a rate row and a derivation keep.
    var stored: JSONB {
        var json = CanonicalJSON()
        write(to: &json)
        return JSONB(String(decoding: json.bytes, as: UTF8.self))
    }
}
