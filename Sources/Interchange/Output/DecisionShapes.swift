public import Domain

// The public shapes of decisions, of the audit log and of the access log.

extension DecisionRecord: CSVRow {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("decision", id.value)
            $0.member("reference", reference)
            $0.member("decidedBy", decidedBy.rawValue)
            $0.member("decidedOn", decidedOn)
            $0.member("title", title)
        }
    }

    public static var csvHeader: [String] { ["decision", "reference", "decidedBy", "decidedOn", "title"] }

    public var csvCells: [String] { [id.description, reference, decidedBy.rawValue, decidedOn.description, title] }
}

extension AuditRecord: CSVRow {
    public func write(to json: inout CanonicalJSON) {
        json.object { writeMembers(to: &$0) }
    }

    /// An entry without what the row held, for those who tell that beside it.
    public func writeMembers(to json: inout CanonicalJSON) {
        json.member("entry", id.value)
        json.member("at", at)
        json.member("actor", actor)
        json.member("useCase", useCase)
        json.member("change", change.rawValue)
        json.member("record", record)
        json.member("recordId", recordID)
    }

    public static var csvHeader: [String] { ["entry", "at", "actor", "useCase", "change", "record", "recordId"] }

    public var csvCells: [String] { [id.description, at, actor, useCase, change.rawValue, record, recordID] }
}

extension AccessEntry: CSVRow {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("entry", id.value)
            $0.member("at", at)
            $0.member("token", prefix)
            $0.member("personName", personName)
            $0.member("role", role.rawValue)
            $0.organisation(organisation)
            $0.member("operation", operation)
            $0.member("target", target)
            $0.member("status", Int(status))
            $0.member("request", request)
        }
    }

    public static var csvHeader: [String] {
        [
            "entry", "at", "token", "personName", "role", "organisation", "organisationId", "name", "operation", "target", "status",
            "request",
        ]
    }

    public var csvCells: [String] {
        [
            id.description, at, prefix, personName ?? "", role.rawValue, organisation.cvr?.description ?? "", organisation.id.description,
            organisation.name, operation, target, status.description, request,
        ]
    }
}
