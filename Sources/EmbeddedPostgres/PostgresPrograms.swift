import Subprocess
import SystemPackage

/// The programs of one installed PostgreSQL version: `postgres`, `initdb`, `pg_dump` and their siblings, which only understand
/// each other within one major version.
struct PostgresPrograms: Sendable, Equatable {
    /// The first version whose default collation provider may be ICU, which a Danish sort order independent of the machine needs.
    static let oldestMajorVersion = 15

    let majorVersion: Int
    let folder: String

    func path(of program: String) -> String { "\(folder)/\(program)" }

    /// Where programs are looked for. A test points it elsewhere.
    struct Places: Sendable {
        /// A folder with one folder a version, as Debian lays it out.
        var versions = "/usr/lib/postgresql"
        /// Asked with `--bindir` where a distribution lays PostgreSQL out in another way.
        var configurationProgram = "pg_config"
    }

    /// All installed versions that can be used, newest first.
    ///
    /// - Throws: `programsMissing` when there is none.
    static func installed(in places: Places = Places()) async throws(EmbeddedPostgresError) -> [PostgresPrograms] {
        var found: [PostgresPrograms] = []
        for name in (try? Folder.entries(of: places.versions)) ?? [] {
            if let version = Int(name), let programs = PostgresPrograms(version, in: "\(places.versions)/\(name)/bin") {
                found.append(programs)
            }
        }
        if found.isEmpty, let programs = await fromConfigurationProgram(places.configurationProgram) { found = [programs] }
        guard !found.isEmpty else {
            throw .programsMissing(searched: ["\(places.versions)/*/bin", "\(places.configurationProgram) --bindir"])
        }
        return found.sorted { $0.majorVersion > $1.majorVersion }
    }

    /// The programs for a cluster: those of its own version, or the newest for a cluster that is yet to be made.
    ///
    /// - Throws: `otherMajorVersion` when the cluster's version is not installed. A server of another version would refuse the
    ///   files, and converting them is a decision for a person, with a backup at hand.
    static func matching(
        _ clusterVersion: Int?, at path: String, in places: Places = Places()
    ) async throws(EmbeddedPostgresError) -> PostgresPrograms {
        let candidates = try await installed(in: places)
        if let programs = candidates.first(where: { clusterVersion == nil || $0.majorVersion == clusterVersion }) { return programs }
        throw .otherMajorVersion(path: path, cluster: clusterVersion ?? 0, installed: candidates.map(\.majorVersion))
    }

    private init?(_ version: Int, in folder: String) {
        guard version >= Self.oldestMajorVersion, File.isExecutable("\(folder)/postgres"), File.isExecutable("\(folder)/initdb") else {
            return nil
        }
        self.majorVersion = version
        self.folder = folder
    }

    private static func fromConfigurationProgram(_ program: String) async -> PostgresPrograms? {
        guard let folder = await output(of: program, "--bindir"), let version = await output(of: program, "--version") else {
            return nil
        }
        // "PostgreSQL 15.14 (Debian 15.14-0+deb12u1)"
        let words = version.split(separator: " ")
        guard words.count > 1, let major = Int(words[1].prefix { $0.isNumber }) else { return nil }
        return PostgresPrograms(major, in: folder)
    }

    private static func output(of program: String, _ argument: String) async -> String? {
        let executable: Executable = program.contains("/") ? .path(FilePath(program)) : .name(program)
        guard let result = try? await Subprocess.run(executable, arguments: [argument], output: .string(limit: 4096)),
            result.terminationStatus.isSuccess
        else { return nil }
        return String(result.standardOutput.prefix { $0 != "\n" })
    }
}
