public import Domain
import Postgres

/// A rate sheet and what it is of, as people name it.
public struct NamedRateSheet: Sendable {
    /// The product's name; nothing on the supplier partnership's.
    public let product: String?
    public let sheet: RateSheet
}

/// Rate sheets to look at.
public enum PriceLists {
    /// Every sheet, by product in Danish order, the supplier partnership's first, and by first day.
    public static func sheets(in work: Work) async throws -> [NamedRateSheet] {
        let products = try await work.transaction.query(
            "SELECT \(ProductName.columns) FROM product ORDER BY name COLLATE \"da-x-icu\", id", as: ProductName.self)
        let bySubject = Dictionary(grouping: try await RateSheetStore.sheets(in: work), by: \.subject)
        let subjects: [(Subject, String?)] = [(.supplier, nil)] + products.map { (.product($0.id), $0.name) }
        return subjects.flatMap { subject, name in
            (bySubject[subject] ?? []).sorted { $0.term.first < $1.term.first }.map { NamedRateSheet(product: name, sheet: $0) }
        }
    }

    /// A year of a product's sheet, or of the partnership's where the name is `supplier`, as the public *takstblad* prints it; two where the sheet changes
    /// on 1 July.
    ///
    /// - Throws: ``Refusal`` by `UNKNOWN_PRODUCT`, `UNKNOWN_RATE_SHEET` when the year has none, `SETTING_MISSING` when the contribution is not known.
    public static func lists(of name: String, in year: BillingPeriod, in work: Work) async throws -> [PriceList] {
        let subject: Subject = name == "supplier" ? .supplier : .product(try await RateSheetStore.product(name, in: work))
        let sheets = try await RateSheetStore.sheets(told: true, in: work).filter {
            $0.subject == subject && $0.term.overlap(with: year.days) != nil
        }
        guard !sheets.isEmpty else { throw Refusal(.unknownRateSheet, name, String(year.year)) }
        let settings = try await SettingStore.load(in: work)
        let bounds = try? settings.sizeBounds(on: year.firstDay)
        var lists: [PriceList] = []
        for sheet in sheets.sorted(by: { $0.term.first < $1.term.first }) {
            // Only a sheet that carries the contribution needs to know it.
            let rates =
                sheet.carriesContribution
                ? try settings.contribution(on: year.firstDay) : ContributionRates(member: .zero, nonMember: .zero)
            lists.append(try PriceList(sheet, in: year, bounds: bounds, contribution: rates))
        }
        return lists
    }
}

private struct ProductName: RowDecodable, Sendable {
    let id: Identifier<Product>
    let name: String

    static var columns: SQL { "id, name" }

    init(row: inout Row) throws(DecodingFailure) {
        id = try row.identifier()
        name = try row.next()
    }
}
