/// Brings a database to the newest of a list of migrations, each applied exactly once however many programs start at the same time.
///
/// The record is the table `schema_migration` in the connection's first schema. Each migration runs in its own transaction, which inserts
/// its number first; an advisory lock around all lets one migrator work at a time. Checksums (SHA-256 of the text) are the server's.
public struct Migrator: Sendable {
    public let migrations: [Migration]
    /// How long to wait for another migrator to finish before ``PostgresError/timeout(_:)``.
    public let waitingAtMost: Duration

    /// An arbitrary key, the same for all programs that migrate with this module.
    private static let lock: Int64 = 0x6D69_6772_6174_6F72

    public init(migrations: [Migration], waitingAtMost: Duration = .seconds(600)) {
        self.migrations = migrations
        self.waitingAtMost = waitingAtMost
    }

    /// Applies what is not applied yet and answers those applied now, in order.
    ///
    /// Throws ``MigrationError`` when the list or the database's record is not as it should be or a migration fails.
    public func migrate(_ connection: Connection) async throws -> [Migration] {
        try checkNumbers()
        return try await connection.withAdvisoryLock(Self.lock, waitingAtMost: waitingAtMost) {
            try await connection.run(script: Self.table)
            let statuses = try await verifiedStatus(connection)
            let pending = statuses.filter { $0.appliedAt == nil }.map(\.migration)
            for migration in pending { try await Self.apply(migration, connection) }
            return pending
        }
    }

    /// Where each migration stands, in order; changes nothing. Throws ``MigrationError/newerDatabase(database:program:)``, `.gap` and
    /// `.damagedRecord`; a changed text is reported, not thrown.
    public func status(_ connection: Connection) async throws -> [MigrationStatus] {
        try checkNumbers()
        guard try await connection.only("SELECT to_regclass('schema_migration') IS NOT NULL", as: Bool.self) else {
            return migrations.map { MigrationStatus(migration: $0, appliedAt: nil, isChanged: false) }
        }
        let applied = try await connection.query(
            """
            SELECT \(Applied.columns)
            FROM schema_migration AS applied
            LEFT JOIN unnest(\(migrations.map(\.number)), \(migrations.map(\.sql))) AS known (number, sql) USING (number)
            ORDER BY applied.number
            """, as: Applied.self)
        for (index, row) in applied.enumerated() where row.number != index + 1 {
            throw MigrationError.damagedRecord(missing: index + 1)
        }
        guard applied.count <= migrations.count else {
            throw MigrationError.newerDatabase(database: applied.count, program: migrations.count)
        }
        return migrations.enumerated().map { index, migration in
            let row = index < applied.count ? applied[index] : nil
            return MigrationStatus(migration: migration, appliedAt: row?.appliedAt, isChanged: row?.isChanged ?? false)
        }
    }

    private func verifiedStatus(_ connection: Connection) async throws -> [MigrationStatus] {
        let statuses = try await status(connection)
        if let changed = statuses.first(where: \.isChanged)?.migration {
            throw MigrationError.changedChecksum(number: changed.number, name: changed.name)
        }
        return statuses
    }

    private static func apply(_ migration: Migration, _ connection: Connection) async throws {
        do {
            try await connection.transaction { transaction in
                try await transaction.execute(
                    """
                    INSERT INTO schema_migration (number, name, checksum)
                    VALUES (\(migration.number), \(migration.name), sha256(convert_to(\(migration.sql), 'UTF8')))
                    """)
                try await transaction.run(script: migration.sql)
            }
        } catch let error as PostgresError {
            throw MigrationError.failed(number: migration.number, name: migration.name, error)
        }
    }

    private func checkNumbers() throws(MigrationError) {
        for (index, migration) in migrations.enumerated() where migration.number != index + 1 {
            throw .gap(expected: index + 1, found: migration.number)
        }
    }

    private static let table = """
        DO $$ BEGIN
            IF to_regclass('schema_migration') IS NULL THEN
                CREATE TABLE schema_migration (
                    number bigint PRIMARY KEY CHECK (number > 0),
                    name text NOT NULL,
                    checksum bytea NOT NULL CHECK (length(checksum) = 32),
                    applied_at timestamptz NOT NULL DEFAULT now()
                );
            END IF;
        END $$
        """
}

/// One row of the database's record, beside what the program knows of that number.
private struct Applied: RowDecodable {
    let number: Int
    let appliedAt: PostgresTimestamp
    let isChanged: Bool

    /// A number that the program does not know counts as unchanged: the database is newer, which is another error.
    static let columns: SQL = """
        applied.number, applied.applied_at,
        coalesce(applied.checksum <> sha256(convert_to(known.sql, 'UTF8')), false)
        """

    init(row: inout Row) throws(DecodingFailure) {
        number = try row.next()
        appliedAt = try row.next()
        isChanged = try row.next()
    }
}
