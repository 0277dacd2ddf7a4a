public import Domain
public import Postgres

// Rate sheets as they are served: published, the same for every caller.

extension PriceLists {
    /// Rate sheets by number.
    ///
    /// - Parameter product: only its own, where it is given.
    /// - Parameter year: only those in force on a day of it, where it is given.
    public static func page(
        of product: Identifier<Product>? = nil, duringYear year: BillingPeriod? = nil, _ request: PageRequest, in work: Work
    ) async throws -> Page<RateSheetEntry> {
        try await Listing(table: RateSheetEntry.table, key: "s.id").page(
            request,
            where: """
                (\(product?.value)::bigint IS NULL OR s.product_id = \(product?.value))
                AND (\(year?.days.stored)::daterange IS NULL OR s.during && \(year?.days.stored))
                """, in: work)
    }

    /// A whole sheet, voided rows left out; two statements.
    ///
    /// - Throws: ``AccessRefusal/notFound``.
    public static func find(_ id: Identifier<RateSheet>, in work: Work) async throws -> RateSheetRecord {
        let entry = try await work.transaction.first(
            "SELECT \(RateSheetEntry.columns) FROM \(RateSheetEntry.table) WHERE s.id = \(id.value)", as: RateSheetEntry.self)
        guard let entry, let sheet = try await RateSheetStore.sheets(numbered: id, told: true, in: work).first else {
            throw AccessRefusal.notFound
        }
        return RateSheetRecord(sheet: sheet, productName: entry.productName)
    }

    /// A product's prices in a year. Where the sheet changes on 1 July it is the one in force today, if that is a day of the year, or else the first;
    /// its last day says that another one follows.
    ///
    /// - Returns: the product's name as well.
    /// - Throws: ``AccessRefusal/notFound`` where there is no such product, or no sheet in the year; ``Refusal`` by `SETTING_MISSING`.
    public static func find(
        of product: Identifier<Product>, in year: BillingPeriod, in work: Work
    ) async throws -> (product: String, list: PriceList) {
        guard let name = try await work.transaction.first("SELECT name FROM product WHERE id = \(product.value)", as: String.self) else {
            throw AccessRefusal.notFound
        }
        do {
            let lists = try await lists(of: name, in: year, in: work)
            guard let list = lists.first(where: { $0.sheet.term.contains(work.today) }) ?? lists.first else { throw AccessRefusal.notFound }
            return (name, list)
        } catch let refusal as Refusal where refusal.rule == .unknownRateSheet {
            throw AccessRefusal.notFound
        }
    }
}

extension RateSheetEntry: RowDecodable {
    static var table: SQL { "rate_sheet AS s JOIN decision AS d ON d.id = s.decision_id LEFT JOIN product AS p ON p.id = s.product_id" }

    public static var columns: SQL { "s.id, s.subject, p.name, s.during, s.frequency, d.reference" }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            id: try row.identifier(), subject: try row.domain(try row.next(String.self)) { Subject($0) }, productName: try row.next(),
            term: try row.term(), frequency: try row.word(), decision: try row.next())
    }
}
