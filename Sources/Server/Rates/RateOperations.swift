import Domain
import Interchange
import Registry

extension Operation {
    /// Rate sheets, as the association publishes them.
    package static let rates: [Operation] = [
        .item(
            .getProductRateSheet,
            { request, _, work in
                guard let year = BillingPeriod(year: try request.year() ?? request.today.year, half: nil) else {
                    throw AccessRefusal.notFound
                }
                return try await PriceLists.find(of: try request.identifier("product"), in: year, in: work)
            }, { $0.list.write(to: &$1, product: $0.product) }),
        .list(
            .listRateSheets,
            { request, _, work in
                try await PriceLists.page(
                    of: try request.optionalIdentifier("product"), duringYear: try request.wholeYear(), request.page, in: work)
            }, { $0.write(to: &$1) }),
        .item(
            .getRateSheet, { request, _, work in try await PriceLists.find(try request.identifier("rateSheet"), in: work) },
            { $0.write(to: &$1) }),
    ]
}
