import Domain

extension Storing {
    private mutating func project(_ draft: ProjectDraft) async throws {
        try await row(.projects, at: draft.location, key: draft.name.lowercased(), identity: [draft.name]) { work, references in
            var product: Identifier<Product>?
            if let name = draft.product { product = try await references.product(name) }
            return try await Projects.store(
                draft, becoming: product, decision: try await references.optionalDecision(draft.decision), in: work)
        }
    }

    private mutating func pledge(_ draft: PledgeDraft) async throws {
        let key = "\(draft.project.value.lowercased()) \(draft.organisation.value)"
        try await row(.pledges, at: draft.location, key: key) { work, references in
            let organisation = try references.organisation(draft.organisation)
            let project = try await references.project(draft.project)
            return try await Pledges.store(
                draft.facts, of: organisation.id, to: project, decision: try await references.optionalDecision(draft.decision), in: work)
        }
    }

    /// Every project, then every pledge, then what they come to together.
    mutating func projects(of draft: ImportDraft) async throws {
        let paid = try await Pledges.paid(in: work)
        for project in draft.projects { try await self.project(project) }
        for pledge in draft.pledges { try await self.pledge(pledge) }
        try await checkProjects(of: draft, paidBefore: paid)
    }

    /// A project's rules look at all of its pledges, so they are checked when every row is in: at the row of the pledge that breaks them, or else at
    /// the project's own. A payment that was on record before is not asked for its invoice again.
    private mutating func checkProjects(of draft: ImportDraft, paidBefore: Set<Identifier<Pledge>>) async throws {
        let projects = try await Projects.list(in: work)
        for project in projects {
            let own = draft.projects.first { $0.name.lowercased() == project.name.lowercased() }
            let rows = draft.pledges.filter { $0.project.value.lowercased() == project.name.lowercased() }
            guard let place = own?.location ?? rows.first?.location else { continue }
            let references = references
            func location(of pledge: PledgeRecord) -> SourceLocation {
                rows.first { (try? references.organisation($0.organisation).id) == pledge.organisation }?.location ?? place
            }
            if let fault = try project.fault() {
                problems.append(ImportProblem(at: location(of: fault.pledge), fault.refusal))
                continue
            }
            for pledge in project.pledges where pledge.paidOn != nil && !paidBefore.contains(pledge.id) {
                guard let refusal = try await Pledges.notInvoiced(pledge, of: project, in: work) else { continue }
                problems.append(ImportProblem(at: location(of: pledge), refusal))
            }
        }
    }
}

extension References {
    /// The project of a name, those of the same folder among them.
    func project(_ name: Located<String>) async throws -> Identifier<Project> {
        try await located(name) { try await Projects.find(name.value, in: work).id }
    }
}
