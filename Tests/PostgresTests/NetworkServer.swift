import Foundation
import Logging
import Postgres
import TestSupport

@testable import EmbeddedPostgres

/// A server of a test's own that listens on 127.0.0.1, with a certificate that an authority of the test's own signed for `localhost`.
///
/// The private clusters of the module listen on no network at all, so this one is only made by them and then started by `pg_ctl`.
struct NetworkServer {
    static let role = "reader"
    static let password = "s3cret-w0rd"

    let port: UInt16
    private let folder: ClusterFolder
    private let account: ServerAccount
    private let programs: PostgresPrograms

    /// Makes the cluster and starts it.
    init(isEncrypted: Bool) async throws {
        let state = ThrowawayFolder.make()
        let cluster = EmbeddedCluster(state: state, logger: quiet, settings: TestServer.carelessSettings)
        try await withConnection(cluster.start()) {
            try await $0.run(script: "CREATE ROLE \(Self.role) LOGIN PASSWORD '\(Self.password)'")
        }
        try await cluster.stop()
        folder = cluster.folder
        account = try ServerAccount.running(clusterAt: folder.path)
        programs = try await PostgresPrograms.matching(folder.majorVersion(), at: folder.data)
        try "host all all 127.0.0.1/32 scram-sha-256\n".write(toFile: folder.path + "/hba.conf", atomically: false, encoding: .utf8)
        for name in ["authority", "another"] {
            try await Self.openssl(
                ["-subj", "/CN=\(name)", "-keyout", "\(name).key", "-out", "\(name).crt"], in: folder.path, as: account)
        }
        try await Self.openssl(
            [
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-CA", "authority.crt", "-CAkey", "authority.key",
                "-keyout", "server.key", "-out", "server.crt",
            ], in: folder.path, as: account)
        port = try await Self.start(folder, account, programs, isEncrypted: isEncrypted)
    }

    func stop() async throws {
        try await Self.run(programs.path(of: "pg_ctl"), ["-D", folder.data, "-m", "immediate", "-w", "stop"], in: folder.path, as: account)
    }

    /// As a person would write it. `authority` is the one to believe.
    func configuration(host: String = "localhost", authority: String = "authority") throws -> ConnectionConfiguration {
        try ConnectionConfiguration(
            url: "postgresql://\(Self.role):\(Self.password)@\(host):\(port)/postgres?hostaddr=127.0.0.1&sslmode=verify-full"
                + "&sslrootcert=\(folder.path)/\(authority).crt")
    }

    // MARK: Programs

    struct ProgramFailed: Error { let output: String }

    /// Somebody else may take the port between its choice and the start.
    private static func start(
        _ folder: ClusterFolder, _ account: ServerAccount, _ programs: PostgresPrograms, isEncrypted: Bool
    ) async throws -> UInt16 {
        var attempt = 1
        while true {
            let port = try BlackHole.freePort()
            let settings = [
                "listen_addresses=127.0.0.1", "port=\(port)", "unix_socket_directories=", "hba_file=\(folder.path)/hba.conf", "fsync=off",
                "ssl=\(isEncrypted ? "on" : "off")", "ssl_cert_file=\(folder.path)/server.crt", "ssl_key_file=\(folder.path)/server.key",
            ]
            do {
                try await run(
                    programs.path(of: "pg_ctl"),
                    ["-D", folder.data, "-l", folder.log, "-w", "-o", settings.map { "-c \($0)" }.joined(separator: " "), "start"],
                    in: folder.path, as: account)
                return port
            } catch {
                guard attempt < 5 else { throw error }
                attempt += 1
            }
        }
    }

    /// Makes a key and a certificate.
    private static func openssl(_ arguments: [String], in path: String, as account: ServerAccount) async throws {
        let kind = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        try await run("openssl", kind + arguments, in: path, as: account)
    }

    private static func run(_ program: String, _ arguments: [String], in path: String, as account: ServerAccount) async throws {
        let result = try await account.run(program, arguments, in: path)
        guard result.isSuccess else { throw ProgramFailed(output: "\(program): \(result.output)") }
    }
}
