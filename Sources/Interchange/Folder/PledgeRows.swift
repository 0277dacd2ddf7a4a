import Domain

extension FolderTable {
    static let projects = FolderTable(
        file: "projects.csv", columns: ["name", "product", "target", "deadline", "decision"], identity: ["name"], isOptional: true
    ) { row, draft in
        let name = row.required("name", atMost: 200)
        let product = row.optional("product", atMost: 100)
        let target = row.amount("target")
        let deadline = row.date("deadline")
        let decision = row.optional("decision", atMost: 100)
        guard let name, row.problems.isEmpty else { return }
        draft.projects.append(
            ProjectDraft(
                location: row.location, name: name.value, product: product, target: target, deadline: deadline, decision: decision))
    }

    static let pledges = FolderTable(
        file: "pledges.csv",
        columns: [
            "project", "organisation", "amount", "pledged_on", "withdrawn_on", "paid_on", "proof", "joining_fee_reduction", "decision",
            "void",
        ], isOptional: true
    ) { row, draft in
        let project = row.required("project", atMost: 200)
        let organisation = row.required("organisation")
        let facts = PledgeFacts(
            amount: row.amount("amount"), pledgedOn: row.date("pledged_on"), withdrawnOn: row.date("withdrawn_on"),
            paidOn: row.date("paid_on"), proof: row.optional("proof")?.value,
            reduction: row.optionalWord("joining_fee_reduction", PledgeReduction.self),
            isVoid: row.value("void", row.optional("void"), .valueUnknown) { ["yes": true, "no": false][$0] })
        let decision = row.optional("decision", atMost: 100)
        guard let project, let organisation, row.problems.isEmpty else { return }
        draft.pledges.append(
            PledgeDraft(location: row.location, project: project, organisation: organisation, decision: decision, facts: facts))
    }
}

extension RowReader {
    /// Kroner, more than zero; nothing when blank.
    fileprivate mutating func amount(_ column: String) -> Money? {
        value(column, optional(column), .amountInvalid) { text in
            guard let money = try? Money(kroner: text), money > .zero else { return nil }
            return money
        }
    }
}
