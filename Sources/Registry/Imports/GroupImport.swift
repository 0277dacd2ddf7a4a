import Domain

extension Storing {
    /// Stores what a folder says of groups: each, then who sits in them, then their meetings and documents.
    mutating func groups(of draft: ImportDraft) async throws {
        for group in draft.groups { try await self.group(group) }
        // What was recorded by mistake makes room first; then by first day, so that a seat that ends does, whatever the order of the rows.
        let inOrder = draft.seats.sorted {
            ($0.facts.isVoid == true ? 0 : 1, $0.facts.term.first) < ($1.facts.isVoid == true ? 0 : 1, $1.facts.term.first)
        }
        for seat in inOrder { try await self.seat(seat) }
        for meeting in draft.meetings { try await self.meeting(meeting) }
        for commission in draft.commissions {
            let key = "\(commission.group.value.lowercased()) \(commission.version)"
            try await row(.commissions, at: commission.location, key: key) { work, references in
                let group = try await references.group(commission.group)
                return try await Commissions.store(
                    commission.version, of: group.id, commission.signature, link: commission.link, in: work)
            }
        }
    }

    private mutating func group(_ draft: GroupDraft) async throws {
        try await row(.groups, at: draft.location, key: draft.name.lowercased(), identity: [draft.name]) { work, references in
            var product: Identifier<Product>?
            if let name = draft.product { product = try await references.product(name) }
            return try await Groups.store(
                draft, of: product, decision: try await references.optionalDecision(draft.decision), in: work)
        }
    }

    private mutating func seat(_ draft: SeatDraft) async throws {
        let identity = SeatDraft.identity(of: draft.email.value, in: draft.group.value)
        let key = "\(identity) \(draft.organisation.value) \(draft.facts.role) \(draft.facts.term.first)"
        try await row(.seats, at: draft.location, key: key, identity: [identity]) { work, references in
            let group = try await references.group(draft.group)
            let organisation = try references.organisation(draft.organisation)
            let person = try await references.located(draft.email) { try await People.find(draft.email.value, in: work) }
            return try await Seats.store(
                draft.facts, of: person, for: organisation, in: group, decision: try await references.optionalDecision(draft.decision),
                work: work)
        }
    }

    /// A meeting and who was there are one row.
    private mutating func meeting(_ draft: MeetingDraft) async throws {
        try await row(.meetings, at: draft.location, key: "\(draft.group.value.lowercased()) \(draft.heldOn)") { work, references in
            let group = try await references.group(draft.group)
            var outcome = try await Meetings.store(draft.facts, on: draft.heldOn, of: group.id, in: work)
            let occasion = Meetings.Occasion(group: group, day: draft.heldOn)
            for (email, isPresent) in draft.attendance {
                let attended = try await references.located(email, meaning: SeatDraft.identity(of: email.value, in: draft.group.value)) {
                    try await Meetings.attend(email.value, occasion, isPresent: isPresent, in: work)
                }
                if attended != .unchanged, outcome == .unchanged { outcome = .changed }
            }
            return outcome
        }
    }
}

extension References {
    /// The group of a name, those of the same folder among them.
    func group(_ name: Located<String>) async throws -> GroupRecord {
        try await located(name) { try await Groups.find(name.value, in: work) }
    }
}
