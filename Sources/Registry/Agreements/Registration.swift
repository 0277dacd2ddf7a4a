public import Domain

/// Everything an application for membership brings along.
public struct MembershipApplication: Sendable {
    public var organisation: OrganisationDraft
    public var contact: PersonDraft?
    public var signature: Signature
    /// Without it the agreement waits for the chair.
    public var countersignature: Signature?
    /// The first day in force; by default the day of the countersignature.
    public var firstDay: CivilDate?
    public var document: (name: String, content: [UInt8])?

    public init(
        organisation: OrganisationDraft, contact: PersonDraft?, signature: Signature, countersignature: Signature?, firstDay: CivilDate?,
        document: (name: String, content: [UInt8])?
    ) {
        self.organisation = organisation
        self.contact = contact
        self.signature = signature
        self.countersignature = countersignature
        self.firstDay = firstDay
        self.document = document
    }
}

/// A member from application to profile, in one piece.
public enum Registration {
    /// Registers the organisation, or finds it when it is known; its primary contact, in the place of an earlier one; and its agreement: drafted, sent, signed and, where the
    /// chair has signed, in force.
    ///
    /// - Throws: ``Refusal`` by any rule of the parts. Nothing is registered then.
    public static func register(_ application: MembershipApplication, in work: Work) async throws -> AgreementRecord {
        let organisation = try await organisation(of: application, in: work)
        let agreement = try await Agreements.draft(.association, with: organisation, in: work)
        try await Agreements.move(agreement, .send(application.signature.date), in: work)
        try await Agreements.move(agreement, .sign(application.signature), in: work)
        if let document = application.document {
            try await Agreements.attach(document.content, named: document.name, to: agreement, in: work)
        }
        if let countersignature = application.countersignature {
            try await Agreements.move(agreement, .countersign(countersignature, firstDay: application.firstDay), in: work)
        }
        if let contact = application.contact {
            _ = try await People.store(contact, in: work)
            let since = application.firstDay ?? application.countersignature?.date ?? application.signature.date
            try await People.makePrimary(contact.email.description, at: organisation.id, since: since, in: work)
        }
        return try await Agreements.find(agreement, in: work)
    }

    /// Found by CVR number, municipality code or name, in this order. A known organisation keeps its kind; a name that is not its own is
    /// refused; what the application says of its address and its invoices is taken over.
    private static func organisation(of application: MembershipApplication, in work: Work) async throws -> OrganisationRecord {
        var draft = application.organisation
        for key in [draft.cvr?.description, draft.municipalityCode, draft.name].compactMap({ $0 }) {
            do {
                let known = try await Organisations.find(key, in: work)
                // A digit wrong may well be somebody else's number.
                guard known.name.lowercased() == draft.name.lowercased() else { throw Refusal(.nameMismatch, key, known.name, draft.name) }
                draft.kind = known.kind
                draft.name = known.name
                _ = try await Organisations.update(known, to: draft, in: work)
                return try await Organisations.get(known.id, in: work)
            } catch let refusal as Refusal where refusal.rule == .unknownOrganisation {
                continue
            }
        }
        return try await Organisations.get(try await Organisations.add(draft, in: work), in: work)
    }
}
