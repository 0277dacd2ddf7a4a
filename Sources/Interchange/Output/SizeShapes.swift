public import Domain

// The public shapes of sizes.

extension SizeFact {
    /// A fact, or null.
    public static func write(_ fact: SizeFact?, to json: inout CanonicalJSON) {
        guard let fact else { return json.null() }
        json.object {
            $0.member("inhabitants", fact.headcount?.inhabitants)
            $0.member("countedOn", fact.headcount?.countedOn)
            $0.member("placedIn", fact.placement?.sizeClass.rawValue)
            $0.member("reason", fact.placement?.reason)
            $0.member("decision", fact.placement?.decision.reference)
        }
    }
}

extension OrganisationRecord {
    /// The members by which an organisation is known everywhere.
    public func writeReference(to json: inout CanonicalJSON) { json.organisation(cvr: cvr, id: id, name: name) }
}
