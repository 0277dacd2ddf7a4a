import Domain
import EmbeddedPostgres
import Glibc
import Logging
import Postgres
import Registry
import Synchronization
import TestSupport
import Testing

@testable import Server

extension LiveTests {
    /// PostgreSQL goes away and comes back while callers ask: each gets an answer soon, a look-up or 503 with Retry-After, and afterwards all is as before,
    /// by itself.
    @Suite struct OutageTests {
        private struct Sighting: Sendable {
            let at: ContinuousClock.Instant
            let took: Duration
            let status: Int
            let retryAfter: String?
        }

        private final class Sightings: Sendable {
            private let seen = Mutex<[Sighting]>([])

            func add(_ sighting: Sighting) { seen.withLock { $0.append(sighting) } }

            var all: [Sighting] { seen.withLock { $0 } }
        }

        private static let quiet: Logger = {
            var logger = Logger(label: "outage")
            logger.logLevel = .critical
            return logger
        }()

        /// A migrated database on a cluster of its own, with one municipality, the token of somebody there, and one of the secretariat.
        private static func prepare(_ cluster: EmbeddedCluster) async throws -> (organisation: Int64, token: String, secretariat: String) {
            let administrator = try await cluster.start()
            let connection = try await Connection.open(administrator, logger: quiet)
            try await Provisioning.makeRoles(connection)
            try await connection.run(script: "SET ROLE migrator")
            _ = try await Provisioning.migrate(connection)
            await connection.close()
            var batch = administrator
            batch.parameters["user"] = "batch"
            let pool = Pool(batch, maximumConnections: 1, logger: quiet)
            let (actor, today) = (try #require(Actor("tester")), Things.today)
            let made = try await Registry(pool: pool).perform("prepare", as: actor, on: today) { work in
                let organisation = try await work.transaction.only(
                    "INSERT INTO organisation (kind, name) VALUES ('municipality', 'Eksempelkøbing Kommune') RETURNING id", as: Int64.self)
                let request = Tokens.Request(
                    email: "kontakt@eksempel.example", name: "Kontakt (eksempel)", role: .memberContact,
                    organisation: "Eksempelkøbing Kommune", lastDay: today)
                let own = Tokens.Request(
                    email: "sekretariat@eksempel.example", name: "Sekretariat (eksempel)", role: .secretariat, organisation: nil,
                    lastDay: today)
                return (
                    organisation, try await Tokens.create(request, in: work).token.secret,
                    try await Tokens.create(own, in: work).token.secret
                )
            }
            await pool.close()
            return made
        }

        private static func ask(
            _ port: Int, _ path: String, _ token: String, until stop: Flag, _ seen: @escaping @Sendable (Sighting) -> Void
        ) {
            var wire = Wire(port: port)
            while !stop.isSet {
                let start = ContinuousClock.now
                wire?.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\n\r\n")
                let answer = wire?.answer()
                seen(
                    Sighting(
                        at: start, took: .now - start, status: answer?.status ?? 0, retryAfter: answer?["retry-after"]))
                if answer?.isLast ?? true { wire = Wire(port: port) }
            }
        }

        /// How the server goes: with a word to those who are connected, without one, or shot with all that it was doing.
        enum Parting: CaseIterable {
            case stopped, stoppedAtOnce, killed

            func end(_ cluster: EmbeddedCluster) async throws {
                switch self {
                case .stopped: try await cluster.stop()
                case .stoppedAtOnce: try await cluster.stop(.immediate)
                case .killed:
                    guard case .running(let process, _) = try await cluster.status() else {
                        Issue.record("there is no server to kill")
                        return
                    }
                    try #require(kill(process, SIGKILL) == 0)
                }
            }
        }

        @Test(arguments: Parting.allCases)
        func whileTheDatabaseIsAwayEverybodyIsToldSo(_ parting: Parting) async throws {
            let cluster = EmbeddedCluster(state: ThrowawayFolder.make(), logger: Self.quiet, settings: TestServer.carelessSettings)
            let (organisation, token, _) = try await Self.prepare(cluster)
            var app = try await cluster.start()
            app.parameters["user"] = "app"
            let pool = Pool(app, maximumConnections: 4, acquireDeadline: .seconds(3), logger: Self.quiet)
            let sightings = Sightings()
            let (back, gone) = try await RunningServer.run(Operation.ofRegister, asking: pool) { server in
                let stop = Flag()
                return try await withThrowingTaskGroup(of: Void.self) { callers in
                    for caller in 0..<8 {
                        let part = caller.isMultiple(of: 2) ? "groups" : "agreements"
                        callers.addTask {
                            try await onThread {
                                Self.ask(server.port, "/api/v1/organisations/\(organisation)/\(part)", token, until: stop) {
                                    sightings.add($0)
                                }
                            }
                        }
                    }
                    try await Task.sleep(for: .seconds(1))
                    let gone = ContinuousClock.now
                    try await parting.end(cluster)
                    try await Task.sleep(for: .seconds(1))
                    _ = try await cluster.start()
                    let back = ContinuousClock.now
                    // Other tests may have most of the machine: it goes on until enough was asked after the time in which all must be as before.
                    let patience = back + .seconds(60)
                    while sightings.all.count(where: { $0.at > back + .seconds(5) }) < 20, ContinuousClock.now < patience {
                        try await Task.sleep(for: .milliseconds(200))
                    }
                    stop.set()
                    try await callers.waitForAll()
                    return (back, gone)
                }
            }
            await pool.close()
            try await cluster.stop()
            let seen = sightings.all
            let statuses = Dictionary(grouping: seen, by: \.status).mapValues(\.count)
            // Nobody hangs, nobody is cut off, and nobody is told anything else.
            #expect(Set(statuses.keys) == [200, 503], "\(statuses)")
            #expect(seen.allSatisfy { $0.status != 503 || $0.retryAfter.flatMap { Int($0) } ?? 0 > 0 })
            #expect(seen.allSatisfy { $0.took < .seconds(11) }, "\(seen.map(\.took).max() ?? .zero)")
            #expect(seen.contains { $0.at < gone && $0.status == 200 })
            let later = seen.filter { $0.at > back + .seconds(5) }
            #expect(!later.isEmpty && later.allSatisfy { $0.status == 200 }, "not normal again within five seconds")
        }

        /// What cannot be put on record now is put there later, and nobody who asks waits for it.
        @Test func whatWasReadIsKeptUntilItCanBeWritten() async throws {
            let cluster = EmbeddedCluster(state: ThrowawayFolder.make(), logger: Self.quiet, settings: TestServer.carelessSettings)
            let (organisation, secret, _) = try await Self.prepare(cluster)
            let administrator = try await cluster.start()
            var app = administrator
            app.parameters["user"] = "app"
            let pool = Pool(app, maximumConnections: 2, acquireDeadline: .seconds(30), logger: Self.quiet)
            let path = "/api/v1/organisations/\(organisation)/groups"
            let log = AccessLog(pool: pool, logger: Self.quiet)
            let token = try #require(AccessToken(secret))
            try log.note(
                Access(
                    request: "00000000000000aa", token: token, moment: 1_800_000_000_000_000, operation: "listOrganisationGroups",
                    target: path, status: 200, role: .memberContact))
            try await cluster.stop()
            await log.write()
            try await cluster.start()
            await log.write()
            let connection = try await Connection.open(administrator, logger: Self.quiet)
            #expect(try await connection.only("SELECT target FROM access_entry", as: String.self) == path)
            #expect(try await connection.only("SELECT count(*) FROM api_token_use", as: Int64.self) == 1)
            await connection.close()
            await pool.close()
            try await cluster.stop()
        }

        /// With no room to put reads on record nobody from outside is answered, and the association's own people are: theirs need not be there.
        @Test func onlyReadsThatMustBeOnRecordAreRefused() async throws {
            let cluster = EmbeddedCluster(state: ThrowawayFolder.make(), logger: Self.quiet, settings: TestServer.carelessSettings)
            let (organisation, token, secretariat) = try await Self.prepare(cluster)
            var app = try await cluster.start()
            app.parameters["user"] = "app"
            let pool = Pool(app, maximumConnections: 1, acquireDeadline: .seconds(30), logger: Self.quiet)
            let path = "/api/v1/organisations/\(organisation)"
            try await RunningServer.run(Operation.ofRegister, asking: pool, keeping: 0) { server in
                for part in ["/groups", "/agreements", ""] {
                    let refused = try await server.get(path + part, "Authorization: Bearer \(token)")
                    #expect(refused.status == 503 && refused["retry-after"] != nil && !refused.text.contains("Eksempel"))
                    #expect(try await server.get(path + part, "Authorization: Bearer \(secretariat)").status == 200)
                }
                #expect(try await server.get("/api/v1/audit-entries", "Authorization: Bearer \(token)").status == 503)
            }
            await pool.close()
            try await cluster.stop()
        }
    }
}
