import Domain
import Foundation
import Interchange
import Postgres
import Registry

/// A register with the example association, a posted run and a credit note, served as `app` to a few callers. It is made once and only read.
struct ReadableRegister: Sendable {
    let configuration: ConnectionConfiguration
    /// As `app`, which the policies bind.
    let served: ServedRegister
    /// As `batch`, which passes them by.
    let registry: Registry
    let actor: Actor
    /// The real one: the database goes by its own clock.
    let today: CivilDate
    /// Ballerup, of two boards and with a pledge.
    let ballerup: Reader
    /// Favrskov, which shares a steering group with Ballerup.
    let favrskov: Reader
    let supplier: Reader
    let secretariat: Reader

    /// A token and whom it makes its owner.
    struct Reader: Sendable {
        let token: AccessToken
        let caller: Caller

        /// The organisation it speaks for.
        var organisation: Identifier<Organisation> {
            get throws { try caller.organisation.orThrow("no organisation") }
        }
    }

    static let shared = Task { try await ReadableRegister() }

    private init() async throws {
        let configuration = try await MigratedDatabase.own()
        let registry = MigratedDatabase.registry(configuration)
        let actor = try Actor("reader").orThrow("no actor")
        let connection = try await MigratedDatabase.connect(configuration, as: "batch")
        let stored = try await connection.only("SELECT (now() AT TIME ZONE 'Europe/Copenhagen')::date", as: PostgresDate.self)
        await connection.close()
        let today = try CivilDate(daysSince2000: stored.daysSince2000).orThrow("no day")
        try await Self.fill(registry, actor)
        var parameters = configuration
        parameters.parameters["user"] = "app"
        let served = ServedRegister(
            pool: Pool(parameters, maximumConnections: 4, acquireDeadline: .seconds(60), logger: MigratedDatabase.logger))
        func reader(_ email: String, _ role: AccessRole, _ organisation: String?) async throws -> Reader {
            let lastDay = try today.adding(days: 30).orThrow("no day")
            let request = Tokens.Request(email: email, role: role, organisation: organisation, lastDay: lastDay)
            let token = try await registry.perform("token create", as: actor, on: today) { try await Tokens.create(request, in: $0).token }
            return Reader(
                token: token, caller: try await served.read(as: token, allowing: Set(AccessRole.allCases), in: nil, on: today) { $1 })
        }
        self.configuration = configuration
        self.served = served
        self.registry = registry
        self.actor = actor
        self.today = today
        ballerup = try await reader("digitalisering@ballerup.example", .memberContact, "0151")
        favrskov = try await reader("digitalisering@favrskov.example", .memberAdministrator, "0710")
        supplier = try await reader("projektledelse@eksempelleverandoer.example", .supplier, "eksempelleverandoer")
        secretariat = try await reader("sekretariat@os2.example", .secretariat, nil)
    }

    /// The example; 2027 invoiced; and a credit on the first invoice, whosever it is, and on Ballerup's.
    private static func fill(_ registry: Registry, _ actor: Actor) async throws {
        let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("fixtures/example").path
        let read = ImportFolder.readAll { (file) throws(ImportProblem) in try FolderFiles.read(file, in: example) }
        try await registry.perform("import", as: actor, on: try day("2026-11-22")) { work in
            _ = try await ImportStore.store(read.draft, found: read.problems, in: work)
            let ballerup = try await Organisations.find("0151", in: work)
            let agreement = try await Agreements.list(of: ballerup.id, in: work).first.orThrow("no agreement")
            try await Agreements.attach(Array("a signed paper".utf8), named: "aftale.pdf", to: agreement.id, in: work)
        }
        // Two circles of before: one whose contact Favrskov was and is no more, and one that Favrskov has left.
        try await registry.perform("made up", as: actor, on: try day("2026-11-22")) { work in
            try await work.transaction.run(
                script: """
                    WITH circle AS (
                        INSERT INTO governance_group (name, kind, during)
                            VALUES ('Kreds med tidligere kontakt', 'interestGroup', '[2020-01-01,)'), ('Forladt kreds', 'interestGroup', '[2020-01-01,)')
                        RETURNING id, name)
                    INSERT INTO seat (group_id, person_id, organisation_id, role, votes, during)
                        SELECT c.id, p.id, o.id, s.role, s.votes, s.during::daterange
                        FROM (VALUES ('Kreds med tidligere kontakt', '0710', 'contact', 0, '[2020-01-01,2021-01-01)'),
                            ('Kreds med tidligere kontakt', '0151', 'member', 1, '[2020-01-01,)'),
                            ('Forladt kreds', '0710', 'member', 1, '[2020-01-01,2021-01-01)'),
                            ('Forladt kreds', '0151', 'contact', 0, '[2020-01-01,)')) AS s (circle, code, role, votes, during)
                        JOIN circle AS c ON c.name = s.circle JOIN organisation AS o ON o.municipality_code = s.code
                        JOIN person AS p ON p.email = CASE s.code WHEN '0151' THEN 'digitalisering@ballerup.example' ELSE 'digitalisering@favrskov.example' END
                    """)
        }
        try await registry.post("invoice run", as: actor, on: try day("2027-01-10")) { work in
            let year = try BillingPeriod(year: 2027).orThrow("no year")
            _ = try await ChargeRun.post(year, accepting: [ChargeWarning.stalePopulation.rawValue], in: work)
        }
        try await registry.post("invoice credit", as: actor, on: try day("2027-02-01")) { work in
            let ballerup = try await Organisations.find("0151", in: work).id
            let invoice = try await Documents.invoices(in: work).map(\.document).first { $0.organisation == ballerup }.orThrow("no invoice")
            _ = try await CreditByHand.post(
                try kroner("100"), on: LineReference(invoice: invoice.number, line: 1), because: "goodwill", decision: "EKS-B-2026-7",
                in: work)
        }
    }

    /// Reads as the program serves it: as `app`, in a session, with the caller's own conditions.
    func read<Value: Sendable>(
        as reader: Reader?, _ body: @Sendable (Work, Caller) async throws -> Value
    ) async throws -> Value {
        try await served.read(as: reader?.token, allowing: Set(AccessRole.allCases), in: nil, on: today, body)
    }
}
