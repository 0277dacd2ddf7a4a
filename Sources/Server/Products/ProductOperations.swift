import Domain
import Interchange
import Registry

extension Operation {
    /// Products and who supplies what on them, as the association publishes it.
    package static let products: [Operation] = [
        .list(
            .listProducts,
            { try await Products.page(matching: try $0.text("q"), by: .name, $0.page, for: $1, in: $2) }, { $0.write(to: &$1) }),
        .item(.getProduct, { try await Products.find(try $0.identifier("product"), for: $1, in: $2) }, { $0.write(to: &$1) }),
        .list(
            .listProductSuppliers,
            { request, _, work in
                try await SupplierRoles.page(on: try request.identifier("product"), on: try request.day(), request.page, in: work)
            }, { $0.write(to: &$1) }),
        .list(
            .listSuppliers, { request, _, work in try await SupplierRoles.suppliers(on: try request.day(), request.page, in: work) },
            { $0.write(to: &$1) }),
    ]
}
