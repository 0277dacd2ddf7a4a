import Foundation
import Postgres
import Testing

/// `verify-full` means it: the server proves to be the one that was named, or there is no connection.
@Suite struct TLSTests {
    /// Why connecting failed; the password is in no part of it.
    private static func refusal(_ configuration: ConnectionConfiguration) async throws -> String {
        let error = try await postgresError { try await openConnection(configuration) }
        guard case .connectionFailed(let reason) = error else {
            Issue.record("\(error as Any)")
            return ""
        }
        let pool = Pool(configuration, maximumConnections: 1, acquireDeadline: .seconds(600), logger: quiet)
        let pooled = try await postgresError { _ = try await pool.pipeline(Statement.execute("SELECT 1")) }
        #expect(pooled?.kind == .connectionFailed)
        await pool.close()
        for text in [reason, "\(error as Any)", "\(configuration)", String(reflecting: configuration)] {
            #expect(!text.contains(NetworkServer.password))
        }
        return reason
    }

    @Test func verifiesTheServer() async throws {
        let server = try await NetworkServer(isEncrypted: true)
        try await withConnection(server.configuration()) { connection async throws in
            #expect(try await connection.only("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", as: Bool.self))
            #expect(try await connection.only("SELECT current_user::text", as: String.self) == NetworkServer.role)
            // While something is on the way, another timer runs.
            #expect(try await eventually { Self.keepsAlive(port: server.port) })
        }
        let wrongAuthority = try await Self.refusal(server.configuration(authority: "another"))
        #expect(wrongAuthority.contains("certificate verify failed"), "\(wrongAuthority)")
        let wrongName = try await Self.refusal(server.configuration(host: "db.example"))
        #expect(wrongName.contains("\"localhost\"") && wrongName.contains("does not match host name \"db.example\""), "\(wrongName)")
        let noAuthority = try await Self.refusal(server.configuration(authority: "missing"))
        #expect(noAuthority.contains("missing.crt") && noAuthority.contains("does not exist"), "\(noAuthority)")
        var wrongPassword = try server.configuration()
        wrongPassword.parameters["password"] = NetworkServer.password + "!"
        let wrong = try await Self.refusal(wrongPassword)
        #expect(wrong.contains("password authentication failed"), "\(wrong)")
        try await server.stop()
    }

    /// The cancel request and the notification take ways of their own through libpq.
    @Test func cancelsAndListensEncrypted() async throws {
        let server = try await NetworkServer(isEncrypted: true)
        let configuration = try server.configuration()
        let pool = Pool(configuration, maximumConnections: 2, acquireDeadline: .seconds(600), logger: quiet)
        let error = try await postgresError {
            try await withDeadline(.milliseconds(200)) { try await pool.withConnection { try await $0.execute("SELECT pg_sleep(600)") } }
        }
        #expect(error?.kind == .timeout)
        #expect(
            try await eventually {
                try await pool.withConnection {
                    try await $0.only("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'", as: Int.self) == 0
                }
            })
        var iterator = Listener(configuration, channels: [try Channel("job")], logger: quiet).makeAsyncIterator()
        #expect(try await iterator.next() == .listening)
        // More than one record of the encryption holds.
        try await pool.withConnection {
            try await $0.execute("SELECT pg_notify('job', repeat('x', 7000) || n) FROM generate_series(1, 100) n")
        }
        for number in 1...100 {
            let expected = Notification(channel: "job", payload: String(repeating: "x", count: 7000) + "\(number)")
            #expect(try await iterator.next() == .notification(expected))
        }
        await pool.close()
        try await server.stop()
    }

    @Test func refusesAServerWithoutIt() async throws {
        let server = try await NetworkServer(isEncrypted: false)
        let reason = try await Self.refusal(server.configuration())
        #expect(reason.contains("server does not support SSL, but SSL was required"), "\(reason)")
        // The control: it is a good server otherwise.
        var plain = try server.configuration()
        plain.parameters["sslmode"] = "disable"
        try await withConnection(plain) { connection async throws in
            #expect(try await connection.only("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", as: Bool.self) == false)
        }
        try await server.stop()
    }

    /// Whether the kernel keeps a timer of at most a minute for a connection of this process to `port`.
    private static func keepsAlive(port: UInt16) -> Bool {
        // By a handle: what reads whole files takes such a one, whose size is said to be 0, for as long as its first page.
        guard let file = FileHandle(forReadingAtPath: "/proc/self/net/tcp"), let bytes = try? file.readToEnd() else { return false }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst().contains { line in
            // "0: 0100007F:1234 0100007F:5678 01 …:… 02:00001770 …": the third field is the remote address, then come the state, the
            // queues, and the timer: its kind and hundredths of a second.
            let fields = line.split(separator: " ")
            guard fields.count > 5, fields[2].hasSuffix(":" + hexadecimal(port)), fields[3] == "01" else { return false }
            let timer = fields[5].split(separator: ":")
            return timer.count == 2 && timer[0] == "02" && (Int(timer[1], radix: 16) ?? .max) <= 6000
        }
    }

    private static func hexadecimal(_ port: UInt16) -> String {
        let digits = String(port, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
