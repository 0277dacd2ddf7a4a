import Domain
import Foundation
import TestSupport

/// All that one tenant can be told: every operation its role may ask, for everything that it can come upon, page by page, as JSON and as CSV.
struct TenantRecord: Sendable {
    /// By address, with the headers.
    private(set) var answers: [String: String] = [:]

    static func make(
        _ program: ServedProgram, token: String, _ role: AccessRole, _ targets: AccessTargets, _ operations: [DescribedOperation]
    ) async throws -> TenantRecord {
        try await onThread {
            var record = TenantRecord()
            let caller = program.caller(token)
            let open = operations.filter { $0.roles.contains(role.rawValue) }
            var found: [String: [[String]]] = [:]
            for operation in open where operation.pathParameters.isEmpty {
                for target in operation.targets {
                    guard let kind = AccessTargets.Kind(target, of: operation.id) else {
                        try record.ask(operation, target, [], caller, &found)
                        continue
                    }
                    for values in [targets.own[kind], targets.foreign[kind], AccessTargets.unknown(kind)].compactMap({ $0 }) {
                        try record.ask(operation, target, values, caller, &found)
                    }
                }
            }
            // What the lists named is asked for by its number.
            for operation in open.sorted(by: { $0.path.count < $1.path.count }) where !operation.pathParameters.isEmpty {
                for values in found[Self.source(of: operation)] ?? [] {
                    try record.ask(operation, operation.pathParameters.joined(separator: "+"), values, caller, &found)
                }
            }
            return record
        }
    }

    /// Where the two differ.
    func differences(from other: TenantRecord) -> [String] {
        Set(answers.keys).union(other.answers.keys).filter { answers[$0] != other.answers[$0] }.sorted()
    }

    /// The list whose items name what an operation asks for by its path.
    private static func source(of operation: DescribedOperation) -> String {
        switch operation.pathParameters.joined(separator: "+") {
        case "number": operation.path.contains("/invoices/") ? "listInvoices" : "listCreditNotes"
        case "agreement+document": "listAgreementDocuments"
        case let name: "list" + (name == "person" ? "People" : name.prefix(1).uppercased() + name.dropFirst() + "s")
        }
    }

    /// The member of an item that an operation is asked with.
    private static func names(of operation: String, _ item: JSONValue) -> [String]? {
        let members: [String]
        switch operation {
        case "listOrganisations": members = ["organisationId"]
        case "listPeople": members = ["personId"]
        case "listProducts": members = ["productId"]
        case "listGroups": members = ["groupId"]
        case "listAgreements": members = ["agreement"]
        case "listRateSheets": members = ["rateSheet"]
        case "listDecisions": members = ["decision"]
        case "listMeetings": members = ["meeting"]
        case "listInvoices", "listCreditNotes": members = ["number"]
        case "listAgreementDocuments": members = ["agreement", "document"]
        default: return nil
        }
        return members.compactMap { item[$0]?.number.map { String($0) } }
    }

    private mutating func ask(
        _ operation: DescribedOperation, _ target: String, _ values: [String], _ caller: HTTPCaller, _ found: inout [String: [[String]]]
    ) throws {
        var variants: [[String]] = [[]]
        if operation.query.contains(where: { $0.name == "asOf" }) { variants.append(["asOf=2026-03-01"]) }
        for variant in variants {
            guard operation.form == .list else {
                try keep(operation.address(target, values, variant), caller)
                continue
            }
            try keep(operation.address(target, values, variant + ["format=csv", "limit=200"]), caller)
            var cursor: String?
            repeat {
                let more = variant + ["limit=20"] + (cursor.map { ["cursor=\($0)"] } ?? [])
                let answer = try keep(operation.address(target, values, more), caller)
                let page = answer.status == 200 ? try JSONValue(answer.body) : .null
                for item in page["items"]?.elements ?? [] {
                    guard let names = Self.names(of: operation.id, item), found[operation.id]?.contains(names) != true else { continue }
                    found[operation.id, default: []].append(names)
                }
                cursor = page["next"]?.text
            } while cursor != nil
        }
    }

    @discardableResult
    private mutating func keep(_ address: String, _ caller: HTTPCaller) throws -> WireAnswer {
        let answer = try caller.get(address)
        answers[address] = answer.substance
        return answer
    }
}
