import EmbeddedPostgres
import Glibc
import Logging
import Postgres
import ServiceLifecycle
import Synchronization
import Testing

@Suite struct ListenTests {
    /// Iterates in a task of its own and keeps what it hears.
    private final class Ear: Sendable {
        private let heard = Mutex<[Listener.Element]>([])
        private let listener: Listener

        init(_ configuration: ConnectionConfiguration, _ channels: [Channel]) {
            listener = Listener(configuration, channels: channels, logger: quiet)
        }

        func listen() async throws { for try await event in listener { heard.withLock { $0.append(event) } } }

        var events: [Listener.Element] { heard.withLock { $0 } }

        func hears(_ count: Int, _ event: Listener.Element) async throws -> Bool {
            try await eventually { events.count(where: { $0 == event }) >= count }
        }
    }

    private static func notify(_ configuration: ConnectionConfiguration, _ channel: Channel, _ payload: String = "") async throws {
        try await withConnection(configuration) { try await $0.execute("SELECT pg_notify(\(channel.name), \(payload))") }
    }

    private static func listeners(_ configuration: ConnectionConfiguration) async throws -> Int {
        try await withConnection(configuration) {
            try await $0.only(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'", as: Int.self)
        }
    }

    @Test func hearsWhatIsCommittedInOrder() async throws {
        let configuration = try await freshDatabase()
        let (job, other) = (try Channel("job"), try Channel("other"))
        let ear = Ear(configuration, [job, other])
        let task = Task { try await ear.listen() }
        #expect(try await ear.hears(1, .listening))
        try await withConnection(configuration) { connection async throws in
            await #expect(throws: Planned.self) {
                try await connection.transaction {
                    try await $0.execute("SELECT pg_notify('job', 'taken back')")
                    throw Planned()
                }
            }
            try await connection.execute("SELECT pg_notify('job', n::text) FROM generate_series(1, 3000) n")
            try await connection.execute("SELECT pg_notify('deaf', '')")
            try await connection.execute("SELECT pg_notify('other', \(String(repeating: "æ", count: 3999)))")
        }
        let last = Listener.Element.notification(Notification(channel: "other", payload: String(repeating: "æ", count: 3999)))
        #expect(try await ear.hears(1, last))
        let expected = (1...3000).map { Listener.Element.notification(Notification(channel: "job", payload: "\($0)")) }
        #expect(ear.events == [.listening] + expected + [last])
        task.cancel()
        try await task.value
        #expect(try await eventually { try await Self.listeners(configuration) == 0 })
    }

    @Test func channelsMayHaveAnyName() async throws {
        let configuration = try await freshDatabase()
        let names = ["a", "A", "select", "\"", "a\"; DROP TABLE item; --", "'", "\\", "æøå 🐘", String(repeating: "x", count: 63)]
        let channels = try names.map { name throws(PostgresError) in try Channel(name) }
        try await withConnection(configuration) { try await $0.run(script: "CREATE TABLE item (id int8)") }
        let ear = Ear(configuration, channels)
        let task = Task { try await ear.listen() }
        #expect(try await ear.hears(1, .listening))
        for channel in channels {
            try await Self.notify(configuration, channel, channel.name)
            let expected = Notification(channel: channel.name, payload: channel.name)
            #expect(try await ear.hears(1, .notification(expected)))
        }
        #expect(ear.events.count == 1 + names.count)
        #expect(try await withConnection(configuration) { try await $0.only("SELECT count(*) FROM item", as: Int.self) } == 0)
        task.cancel()
        try await task.value
        for name in ["", "a\0b", String(repeating: "x", count: 64), String(repeating: "æ", count: 32)] {
            #expect(try await postgresError { _ = try Channel(name) }?.kind == .invalidConfiguration)
        }
    }

    // MARK: What breaks

    enum Break: CaseIterable { case restart, immediateRestart, killedServer, killedProcess, terminatedProcess }

    @Test(arguments: Break.allCases) func listensAgainAfter(_ kind: Break) async throws {
        let cluster = PrivateCluster()
        let configuration = try await cluster.start()
        let channel = try Channel("job")
        let ear = Ear(configuration, [channel])
        let task = Task { try await ear.listen() }
        for round in 1...2 {
            #expect(try await ear.hears(round, .listening))
            try await Self.notify(configuration, channel, "\(round)")
            #expect(try await ear.hears(1, .notification(Notification(channel: "job", payload: "\(round)"))))
            let pid = try await withConnection(configuration) {
                try await $0.only("SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%'", as: Int32.self)
            }
            switch kind {
            case .restart: try await cluster.stop()
            case .immediateRestart: try await cluster.stop(.immediate)
            case .killedServer: try await cluster.killPostmaster()
            case .killedProcess: kill(pid, SIGKILL)
            case .terminatedProcess: kill(pid, SIGTERM)
            }
            try await cluster.start()
        }
        #expect(try await ear.hears(3, .listening))
        task.cancel()
        try await task.value
        try await cluster.stop()
    }

    // MARK: How it ends

    /// Without an error, and before the half a minute is over that libpq waits in the black hole.
    private static func endsSoon(_ task: Task<Void, any Error>) async throws {
        let time = try await ContinuousClock().measure { try await task.value }
        #expect(time < .seconds(20))
    }

    @Test func endsOnCancellationWhateverItWaitsFor() async throws {
        let hole = try BlackHole()
        let nowhere = ConnectionConfiguration(parameters: ["host": "/nonexistent"])
        for configuration in [try await serverConfiguration(), nowhere, hole.configuration] {
            let ear = Ear(configuration, [try Channel("job")])
            let task = Task { try await ear.listen() }
            try await Task.sleep(for: .milliseconds(100))
            task.cancel()
            try await Self.endsSoon(task)
        }
        withExtendedLifetime(hole) {}
        let before = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            var iterator = Listener(nowhere, channels: [], logger: quiet).makeAsyncIterator()
            let (first, second) = (try await iterator.next(), try await iterator.next())
            return first == nil && second == nil
        }
        #expect(try await before.value)
    }

    @Test func endsOnGracefulShutdownWhateverItWaitsFor() async throws {
        struct Listening: Service {
            let ear: Ear
            func run() async throws { try await ear.listen() }
        }
        let hole = try BlackHole()
        let nowhere = ConnectionConfiguration(parameters: ["host": "/nonexistent"])
        let database = try await freshDatabase()
        for configuration in [database, nowhere, hole.configuration] {
            let ear = Ear(configuration, [try Channel("job")])
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: [.init(service: Listening(ear: ear), successTerminationBehavior: .gracefullyShutdownGroup)], logger: quiet))
            let running = Task { try await group.run() }
            if configuration == database {
                #expect(try await ear.hears(1, .listening))
            } else {
                try await Task.sleep(for: .milliseconds(100))
            }
            await group.triggerGracefulShutdown()
            try await Self.endsSoon(running)
        }
        withExtendedLifetime(hole) {}
        #expect(try await eventually { try await Self.listeners(database) == 0 })
    }

    @Test func aConfigurationThatCannotBeReadIsAnError() async throws {
        let broken = ConnectionConfiguration(parameters: ["host": "a\0b"])
        var iterator = Listener(broken, channels: [], logger: quiet).makeAsyncIterator()
        #expect(try await postgresError { _ = try await iterator.next() }?.kind == .invalidConfiguration)
        #expect(try await iterator.next() == nil)
    }

    // MARK: What it costs

    /// More of them than this machine has threads for Swift's tasks: were these blocked, nobody would be left to hear the last word. In a
    /// process of its own, whose time nobody else uses.
    @Test func waitsForNothing() async throws {
        let parameters = try await freshDatabase().parameters
        await #expect(processExitsWith: .success) { [parameters = parameters as [String: String]] in
            let configuration = ConnectionConfiguration(parameters: parameters)
            let channel = try Channel("job")
            let ears = (0..<64).map { _ in Ear(configuration, [channel]) }
            try await withThrowingTaskGroup { group in
                for ear in ears { group.addTask { try await ear.listen() } }
                for ear in ears { try #require(await ear.hears(1, .listening)) }
                let before = Self.processorTime()
                try await Task.sleep(for: .seconds(1))
                let used = Self.processorTime() - before
                try #require(used < .milliseconds(300), "64 idle listeners used \(used) of a second")
                try await Self.notify(configuration, channel)
                for ear in ears { try #require(await ear.hears(1, .notification(Notification(channel: "job")))) }
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }

    private static func processorTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
