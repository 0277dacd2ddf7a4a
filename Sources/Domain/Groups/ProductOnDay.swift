// What a product's level asks for beyond its groups themselves (DOMAIN §4).

extension GovernanceFacts {
    /// Levels 2 and 3 ask for a steering group, level 1 for a contact person; the sandbox, and a product that nobody has placed, for nothing.
    func observations(of product: ProductRecord, on day: CivilDate) -> [Observation] {
        let own = groups.filter { $0.product == product.id && $0.exists(on: day) }
        switch product.level {
        case .two, .three:
            if own.contains(where: { $0.kind == .steeringGroup }) { return [] }
            return [Observation(key: .init(kind: .steeringGroupMissing), facts: [product.level?.description ?? ""])]
        case .one:
            if product.coordinator != nil || own.contains(where: { !$0.roster(on: day).contacts.isEmpty }) { return [] }
            return [Observation(key: .init(kind: .productContactMissing))]
        case .sandbox, nil: return []
        }
    }
}
