public import Domain

// Products and suppliers as rows of a table, and the public shape of a supplier as everybody may see it.

extension ProductRecord: CSVRow {
    public static var csvHeader: [String] {
        ["product", "productId", "account", "repository", "level", "coordinator", "coordinatorEmail"]
    }

    public var csvCells: [String] {
        [
            name, id.description, cell(account), cell(repository), cell(level?.rawValue), cell(coordinator?.name), cell(coordinator?.email),
        ]
    }
}

extension SupplierRoleRecord: CSVRow {
    public static var csvHeader: [String] { ["organisation", "organisationId", "name", "product", "productId", "role", "from", "to"] }

    public var csvCells: [String] {
        [
            cell(organisationCVR), organisation.description, organisationName, productName, product.description, role.rawValue,
            term.first.description, cell(term.last),
        ]
    }
}

extension SupplierEntry: CSVRow {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.organisation(organisation)
            $0.name("roles")
            $0.array { for role in roles { role.write(to: &$0) } }
        }
    }

    public static var csvHeader: [String] { ["organisation", "organisationId", "name", "roles"] }

    /// A role is its word, then the product's name.
    public var csvCells: [String] {
        [
            cell(organisation.cvr), organisation.id.description, organisation.name,
            roles.map { "\($0.role.rawValue) \($0.productName)" }.joined(separator: "; "),
        ]
    }
}
