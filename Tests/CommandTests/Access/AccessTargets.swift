import Domain
import Postgres

/// What a tenant's things are and what is somebody else's, read from the tables by the superuser, without a function or a condition of the program.
struct AccessTargets: Sendable {
    /// What there is to ask for, by what names it.
    enum Kind: String, CaseIterable {
        case organisation, person, agreement, paper, group, meeting, decision, invoice, creditNote, run, creditRun, product,
            suppliedProduct, seatedProduct, project, rateSheet
        case organisationName, organisationNumber, email, groupName, productName, subject, record, actor

        /// - Parameter target: as ``DescribedOperation/targets`` gives it.
        init?(_ target: String, of operation: String) {
            switch (operation, target) {
            case (_, "agreement+document"): self = .paper
            case ("listCreditNotes", "run"): self = .creditRun
            case ("listProductSuppliers", "product"): self = .suppliedProduct
            case ("listGroups", "product"): self = .seatedProduct
            case ("findLookup", "organisation"): self = .organisationNumber
            case ("search", "q"), ("listOrganisations", "q"): self = .organisationName
            case ("listPeople", "q"): self = .email
            case ("listGroups", "q"): self = .groupName
            case ("listProducts", "q"): self = .productName
            case (_, "number"): self = operation.hasSuffix("Invoice") || operation.hasPrefix("getInvoice") ? .invoice : .creditNote
            default:
                guard let kind = Kind(rawValue: target) else { return nil }
                self = kind
            }
        }
    }

    /// What a tenant may come upon in an answer, by the member that names it.
    struct Allowed: Sendable {
        /// The organisation's own, and those whose place it has taken.
        let own: Set<Int64>
        let numbers: [String: Set<Int64>]
        /// What gives somebody else away, wherever it stands.
        let forbiddenTexts: [String]
    }

    let own: [Kind: [String]]
    let foreign: [Kind: [String]]
    let allowed: Allowed

    /// What names nothing.
    static func unknown(_ kind: Kind) -> [String] {
        switch kind {
        case .paper: ["999999999", "999999999"]
        case .organisationName, .email, .groupName, .productName, .subject, .record, .actor: ["qqxqq"]
        // With a check digit that is right.
        case .organisationNumber: ["99999993"]
        default: ["999999999"]
        }
    }

    init(of organisation: Int64, at place: CommandPlace) async throws {
        (own, foreign, allowed) = try await place.connect { connection in
            try await connection.rolledBack { transaction in
                try await transaction.run(script: "SELECT 1;" + PolicyTests.sets(organisation) + Self.views)
                var (own, foreign) = ([Kind: [String]](), [Kind: [String]]())
                for kind in Kind.allCases {
                    guard let (ours, theirs) = Self.statements(kind, organisation) else { continue }
                    own[kind] = try await Self.first(ours, in: transaction)
                    if let theirs { foreign[kind] = try await Self.first(theirs, in: transaction) }
                }
                return (own, foreign, try await Self.allowed(in: transaction))
            }
        }
    }

    /// The tables of the policies' truths as they should look to the tenant.
    private static let views = PolicyTests.truths.filter { !["audit_entry", "access_entry"].contains($0.table) }.map {
        "CREATE TEMPORARY VIEW seen_\($0.table) AS SELECT * FROM \($0.table) WHERE \($0.condition);"
    }.joined()

    private static func first(_ text: String, in transaction: Transaction) async throws -> [String]? {
        try await texts(text, in: transaction).first?.split(separator: "+").map(String.init)
    }

    /// The column `named` of a statement that is put together here.
    private static func texts(_ text: String, in transaction: Transaction) async throws -> [String] {
        try await transaction.query(
            """
            SELECT named::text FROM xmltable('//row' PASSING query_to_xml(\(text), false, false, '') COLUMNS named text PATH 'named')
            """, as: String.self)
    }

    /// What is one's own, and what is not and must not be shown; the other is Syddjurs' where it can be.
    private static func statements(_ kind: Kind, _ organisation: Int64) -> (own: String, foreign: String?)? {
        let other = "(SELECT id FROM organisation WHERE cvr = '\(AccessDatabase.Place.other)')"
        let bySize = "ORDER BY id = \(other) DESC, id"
        switch kind {
        case .organisation:
            return (
                "SELECT \(organisation) AS named",
                "SELECT id AS named FROM organisation WHERE id NOT IN (SELECT id FROM seen_organisation) \(bySize)"
            )
        case .organisationName:
            return (
                "SELECT name AS named FROM organisation WHERE id = \(organisation)",
                "SELECT name AS named FROM organisation WHERE id NOT IN (SELECT id FROM seen_organisation) \(bySize)"
            )
        case .organisationNumber:
            return (
                "SELECT coalesce(cvr, import_id) AS named FROM organisation WHERE id = \(organisation)",
                "SELECT cvr AS named FROM organisation WHERE id NOT IN (SELECT id FROM seen_organisation) AND cvr IS NOT NULL \(bySize)"
            )
        case .person, .email:
            let column = kind == .person ? "person_id" : "(SELECT email FROM person WHERE id = person_id)"
            return (
                "SELECT \(column) AS named FROM contact_role WHERE organisation_id = \(organisation) ORDER BY id",
                """
                SELECT \(column) AS named FROM contact_role WHERE person_id NOT IN (SELECT id FROM seen_person)
                ORDER BY organisation_id = \(other) DESC, id
                """
            )
        case .agreement:
            let papers = "(SELECT count(*) FROM agreement_document WHERE agreement_id = agreement.id) DESC"
            return (
                "SELECT id AS named FROM agreement WHERE organisation_id = \(organisation) ORDER BY \(papers), id",
                "SELECT id AS named FROM agreement WHERE id NOT IN (SELECT id FROM seen_agreement) ORDER BY \(papers), id"
            )
        case .paper:
            let columns = "SELECT agreement_id || '+' || id AS named FROM agreement_document"
            return (
                "\(columns) WHERE agreement_id IN (SELECT id FROM seen_agreement) ORDER BY id",
                "\(columns) WHERE agreement_id NOT IN (SELECT id FROM seen_agreement) ORDER BY id"
            )
        case .subject:
            return (
                """
                SELECT name AS named FROM product WHERE 'product:' || id IN (SELECT subject FROM seen_agreement) ORDER BY id
                """,
                """
                SELECT name AS named FROM product WHERE 'product:' || id IN (SELECT subject FROM agreement)
                    AND 'product:' || id NOT IN (SELECT subject FROM seen_agreement) ORDER BY id
                """
            )
        case .group, .groupName:
            let column = kind == .group ? "id" : "name"
            let shown = """
                (EXISTS (SELECT FROM meeting WHERE group_id = governance_group.id))::int
                    + (EXISTS (SELECT FROM seat WHERE group_id = governance_group.id AND during @> current_date))::int DESC
                """
            return (
                "SELECT \(column) AS named FROM governance_group WHERE id IN (SELECT id FROM sits) ORDER BY \(shown), id",
                "SELECT \(column) AS named FROM governance_group WHERE id NOT IN (SELECT id FROM seen_governance_group) ORDER BY \(shown), id"
            )
        case .meeting:
            return (
                "SELECT id AS named FROM seen_meeting ORDER BY id",
                "SELECT id AS named FROM meeting WHERE id NOT IN (SELECT id FROM seen_meeting) ORDER BY id"
            )
        case .decision:
            return (
                "SELECT id AS named FROM seen_decision ORDER BY id DESC",
                "SELECT id AS named FROM decision WHERE id NOT IN (SELECT id FROM seen_decision) ORDER BY id"
            )
        case .invoice, .creditNote:
            return (
                "SELECT number AS named FROM seen_document WHERE kind = '\(kind.rawValue)' ORDER BY number",
                """
                SELECT number AS named FROM document WHERE kind = '\(kind.rawValue)' AND NOT organisation_id IN (SELECT id FROM own)
                ORDER BY organisation_id = \(other) DESC, number
                """
            )
        case .run, .creditRun:
            let isOfKind = kind == .run ? "kind = 'charges'" : "kind = 'creditByHand'"
            return (
                "SELECT id AS named FROM seen_invoice_run WHERE \(isOfKind) ORDER BY id",
                "SELECT id AS named FROM invoice_run WHERE \(isOfKind) AND id NOT IN (SELECT id FROM seen_invoice_run) ORDER BY id"
            )
        case .project:
            return (
                "SELECT project_id AS named FROM seen_pledge ORDER BY 1",
                "SELECT project_id AS named FROM pledge WHERE project_id NOT IN (SELECT project_id FROM seen_pledge) ORDER BY 1"
            )
        // Products are everybody's.
        case .product: return ("SELECT product_id AS named FROM rate_sheet WHERE product_id IS NOT NULL ORDER BY 1", nil)
        case .productName: return ("SELECT name AS named FROM product ORDER BY id", nil)
        case .suppliedProduct: return ("SELECT product_id AS named FROM supplier_role ORDER BY 1", nil)
        case .seatedProduct:
            return (
                "SELECT product_id AS named FROM governance_group WHERE product_id IS NOT NULL AND id IN (SELECT id FROM sits) ORDER BY 1",
                """
                SELECT product_id AS named FROM governance_group
                WHERE product_id IS NOT NULL AND product_id NOT IN (SELECT product_id FROM governance_group WHERE id IN (SELECT id FROM sits) AND product_id IS NOT NULL)
                ORDER BY 1
                """
            )
        case .rateSheet: return ("SELECT id AS named FROM rate_sheet ORDER BY id", nil)
        case .record: return ("SELECT 'agreement' AS named", nil)
        case .actor: return ("SELECT actor AS named FROM audit_entry ORDER BY id", nil)
        }
    }

    private static func allowed(in transaction: Transaction) async throws -> Allowed {
        func numbers(_ text: String) async throws -> Set<Int64> { Set(try await texts(text, in: transaction).compactMap { Int64($0) }) }
        return Allowed(
            own: try await numbers("SELECT id AS named FROM own"),
            numbers: [
                "organisationId": try await numbers("SELECT id AS named FROM seen_organisation"),
                "personId": try await numbers("SELECT id AS named FROM seen_person"),
                "agreement": try await numbers("SELECT id AS named FROM seen_agreement"),
                "groupId": try await numbers("SELECT id AS named FROM seen_governance_group"),
                "seat": try await numbers("SELECT id AS named FROM seen_seat"),
                "meeting": try await numbers("SELECT id AS named FROM seen_meeting"),
                "contact": try await numbers("SELECT id AS named FROM seen_contact_role"),
                "pledge": try await numbers("SELECT id AS named FROM seen_pledge"),
                "number": try await numbers("SELECT number AS named FROM seen_document"),
            ],
            forbiddenTexts: try await texts(
                """
                SELECT cvr AS named FROM organisation WHERE id NOT IN (SELECT id FROM seen_organisation) AND cvr IS NOT NULL
                UNION SELECT email FROM person WHERE id NOT IN (SELECT id FROM seen_person)
                UNION SELECT '"' || name || '"' FROM organisation WHERE id NOT IN (SELECT id FROM seen_organisation)
                UNION SELECT '"' || name || '"' FROM person WHERE id NOT IN (SELECT id FROM seen_person)
                """, in: transaction))
    }
}
