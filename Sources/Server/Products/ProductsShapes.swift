import Domain

// The operations on products and suppliers, as the document describes them.

extension OperationShape {
    /// Products by name, in Danish order.
    package static let listProducts = OperationShape(
        "listProducts", "/api/v1/products", for: .everybody, in: .products, answers: .list,
        [.text("q")])

    /// A product.
    package static let getProduct = OperationShape(
        "getProduct", "/api/v1/products/{product}", for: .everybody, in: .products, answers: .item,
        [.path("product")])

    /// The suppliers of a product and their roles on it.
    package static let listProductSuppliers = OperationShape(
        "listProductSuppliers", "/api/v1/products/{product}/suppliers", for: .everybody, in: .products, answers: .list,
        [.path("product"), .date("asOf")])

    /// Suppliers with their roles on products.
    package static let listSuppliers = OperationShape(
        "listSuppliers", "/api/v1/suppliers", for: .everybody, in: .products, answers: .list,
        [.date("asOf")])
}
