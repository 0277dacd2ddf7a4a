import Domain

extension FolderTable {
    static let products = FolderTable(
        file: "products.csv", columns: ["name", "account", "repository", "level", "coordinator"], identity: ["name"], isOptional: true
    ) { row, draft in
        let name = row.productName("name")
        let account = row.optional("account", atMost: 100)?.value
        let repository = row.optional("repository")?.value
        let level = row.value("level", row.optional("level"), .numberInvalid) { GovernanceLevel($0) }
        let coordinator = row.optional("coordinator", atMost: 254)
        guard let name else { return }
        draft.products.append(
            ProductDraft(
                location: row.location, name: name, account: account, repository: repository, level: level, coordinator: coordinator))
    }

    static let supplierRoles = FolderTable(
        file: "supplier_roles.csv", columns: ["organisation", "product", "role", "from", "until"], isOptional: true
    ) { row, draft in
        let organisation = row.required("organisation")
        let product = row.required("product", atMost: 100)
        let role = row.word("role", SupplierRole.self)
        let from = row.requiredDate("from")
        let until = row.date("until")
        guard let organisation, let product, let role, let from else { return }
        guard let term = Term(first: from, last: until) else {
            row.refuse(Refusal(.endBeforeStart, until?.description ?? "", from.description))
            return
        }
        draft.supplierRoles.append(
            SupplierRoleDraft(location: row.location, organisation: organisation, product: product, role: role, term: term))
    }
}

extension RowReader {
    fileprivate mutating func productName(_ column: String) -> ProductName? {
        guard let cell = required(column, atMost: 100) else { return nil }
        do throws(Refusal) {
            return try ProductName(cell.value)
        } catch {
            refuse(cell, error)
            return nil
        }
    }
}
