import Domain
import Interchange
import Postgres
import Registry

/// A list of the register, whatever it is of: what its rows say, and where the next page begins.
struct ServedList: Sendable, CustomStringConvertible {
    let description: String
    /// The members of an element, as the API's document names them in its order.
    let members: [String]
    /// Whether it is the same for every caller.
    let isPublished: Bool
    let read: @Sendable (PageRequest, Caller, Work) async throws -> ServedPage

    struct ServedPage: Sendable {
        /// Everything a table says of each element, so that two who see the same read the same.
        let rows: [String]
        /// The elements as JSON.
        let elements: [String]
        let next: Int64?
    }

    init<Element: CSVRow & Sendable>(
        _ description: String, published isPublished: Bool = false, _ members: String,
        _ write: @escaping @Sendable (Element, inout CanonicalJSON) throws -> Void,
        _ read: @escaping @Sendable (PageRequest, Caller, Work) async throws -> Page<Element>
    ) {
        self.description = description
        self.isPublished = isPublished
        self.members = members.split(separator: " ").map(String.init)
        self.read = { request, caller, work in
            let page = try await read(request, caller, work)
            guard page.elements.allSatisfy({ $0.csvCells.count == Element.csvHeader.count }) else { throw Unexpected("a ragged table") }
            return ServedPage(
                rows: page.elements.map { $0.csvCells.joined(separator: "|") },
                elements: try page.elements.map { element in
                    var json = CanonicalJSON()
                    try write(element, &json)
                    return String(decoding: json.bytes, as: UTF8.self)
                }, next: page.next)
        }
    }

    /// Every element, page by page.
    func all(by limit: Int = 200, for caller: Caller, in work: Work) async throws -> [String] {
        var (rows, after): ([String], Int64?) = ([], nil)
        repeat {
            let page = try await read(PageRequest(after: after, limit: limit), caller, work)
            guard page.rows.count <= limit, page.next == nil || page.rows.count == limit else {
                throw Unexpected("a page of \(page.rows.count) rows under a limit of \(limit)")
            }
            rows += page.rows
            after = page.next
        } while after != nil
        return rows
    }

    /// Those of which every caller sees a part.
    static let shared: [ServedList] = [
        ServedList(
            "organisations", "organisation organisationId name kind municipalityCode regionCode address glns billing",
            { $0.write(to: &$1) }
        ) { try await Organisations.page($0, for: $1, in: $2) },
        ServedList(
            "organisations by name", "organisation organisationId name kind municipalityCode regionCode address glns billing",
            { $0.write(to: &$1) }
        ) { try await Organisations.page(by: .name, $0, for: $1, in: $2) },
        ServedList("inhabitants", "organisation organisationId name inhabitants countedOn", { $0.write(to: &$1) }) {
            try await Inhabitants.page($0, for: $1, in: $2)
        },
        ServedList("people", "person personId email phone organisation organisationId name roles", { $0.write(to: &$1) }) {
            try await People.page($0, for: $1, in: $2)
        },
        ServedList(
            "contact roles", "contact person personId email phone role organisation organisationId name from to", { $0.write(to: &$1) }
        ) { try await People.contacts($0, for: $1, in: $2) },
        ServedList(
            "agreements",
            "agreement organisation organisationId name subject state from to sentOn signature countersignature noticeReceivedOn endReason "
                + "decision takenOverFrom form formChanges noticeMonths noticeTo minimumLastDay", { $0.write(to: &$1) }
        ) { try await Agreements.page($0, for: $1, in: $2) },
        ServedList(
            "pledges",
            "pledge project projectId organisation organisationId name amountMinor pledgedOn withdrawnOn paidOn proof joiningFeeReduction decision",
            { $0.write(to: &$1) }
        ) { try await Pledges.page($0, for: $1, in: $2) },
        ServedList("products", published: true, "product productId account repository level coordinator", { $0.write(to: &$1) }) {
            try await Products.page($0, for: $1, in: $2)
        },
        ServedList("suppliers", published: true, "organisation organisationId name roles", { $0.write(to: &$1) }) { request, _, work in
            try await SupplierRoles.suppliers(request, in: work)
        },
        ServedList("rate sheets", published: true, "rateSheet subject productId from to frequency decision", { $0.write(to: &$1) }) {
            request, _, work in
            try await PriceLists.page(request, in: work)
        },
        ServedList("decisions", "decision reference decidedBy decidedOn title", { $0.write(to: &$1) }) {
            try await Decisions.page($0, for: $1, in: $2)
        },
        ServedList(
            "groups", "group groupId kind product productId commissionedOn closedOn seatLimit decision chair contacts seats votes",
            { $0.write(to: &$1) }
        ) { try await Groups.page($0, for: $1, in: $2) },
        ServedList(
            "seats",
            "seat group groupId person personId email organisation organisationId name role votes from to electedUntil decision",
            { $0.write(to: &$1) }
        ) { try await Seats.page($0, for: $1, in: $2) },
        ServedList("meetings", "meeting group groupId heldOn calledOn agenda minutes", { $0.write(to: &$1) }) {
            try await Meetings.page($0, for: $1, in: $2)
        },
        ServedList(
            "invoices",
            "kind number organisation organisationId name issuedOn dueOn run netMinor vatMinor grossMinor creditedMinor openMinor credited",
            { try $0.write(to: &$1) }
        ) { try await Documents.invoices($0, for: $1, in: $2) },
        ServedList(
            "credit notes", "kind number organisation organisationId name issuedOn creditsInvoice run netMinor vatMinor grossMinor",
            { try $0.write(to: &$1) }
        ) { try await Documents.creditNotes($0, for: $1, in: $2) },
    ]

    /// Those that only who sees everybody may read.
    static let overall: [ServedList] = [
        ServedList(
            "invoice runs",
            "run kind period scope reverses inputs accepted preparedBy preparedOn approvedBy approvedOn postedOn postedBy reversedBy invoices "
                + "creditNotes netMinor vatMinor grossMinor", { try $0.write(to: &$1) }
        ) { try await InvoiceRuns.page($0, for: $1, in: $2) },
        ServedList("audit entries", "entry at actor useCase change record recordId", { $0.write(to: &$1) }) {
            try await AuditLog.page($0, for: $1, in: $2)
        },
    ]
}

/// What a text of JSON is made of.
enum JSONMembers {
    /// The members of an object, in order, those of what it holds left out.
    static func names(in json: String) -> [String] {
        var (names, depth, text, isName): ([String], Int, String?, Bool) = ([], 0, nil, true)
        for character in json {
            if let known = text {
                // Nothing in the example is escaped.
                if character == "\"" {
                    if depth == 1, isName { names.append(known) }
                    text = nil
                } else {
                    text = known + String(character)
                }
                continue
            }
            switch character {
            case "\"": text = ""
            case "{", "[": depth += 1
            case "}", "]": depth -= 1
            case ":" where depth == 1: isName = false
            case "," where depth == 1: isName = true
            default: break
            }
        }
        return names
    }
}
