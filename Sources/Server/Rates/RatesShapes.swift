import Domain

// The operations on rate sheets, as the document describes them.

extension OperationShape {
    /// A product's prices in a year.
    package static let getProductRateSheet = OperationShape(
        "getProductRateSheet", "/api/v1/products/{product}/rate-sheet", for: .everybody, in: .rates, answers: .item,
        [.path("product"), .year("year")])

    /// Rate sheets by id.
    package static let listRateSheets = OperationShape(
        "listRateSheets", "/api/v1/rate-sheets", for: .everybody, in: .rates, answers: .list,
        [.id("product"), .year("year")])

    /// A rate sheet.
    package static let getRateSheet = OperationShape(
        "getRateSheet", "/api/v1/rate-sheets/{rateSheet}", for: .everybody, in: .rates, answers: .item,
        [.path("rateSheet")])
}
