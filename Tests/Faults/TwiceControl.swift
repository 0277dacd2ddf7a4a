import Postgres

/// The other control: what keeps two runs at once from invoicing twice is taken away, guard by guard.
///
/// Each guard that is left must be enough. With none left the dues are invoiced twice, and both `database verify` and the
/// exactly-once check must say so.
struct TwiceControl {
    let arena: Arena
    let association: Association
    let undisturbed: UndisturbedRun

    enum Guards: CaseIterable {
        /// No posting lock; the counter's row and the uniqueness of postings remain.
        case withoutLock
        /// Neither lock nor counter; the uniqueness of postings remains.
        case uniquenessOnly
        case none

        fileprivate var sabotage: String {
            switch self {
            case .withoutLock: TwiceControl.noLock
            case .uniquenessOnly: TwiceControl.noLock + TwiceControl.noCounter
            case .none: TwiceControl.noLock + TwiceControl.noCounter + TwiceControl.noUniqueness
            }
        }
    }

    /// - Throws: ``Violation`` when a guard was not enough, or when double invoices were overlooked.
    func check(_ guards: Guards) async throws {
        let (before, once) = try await lines()
        try await arena.renew(from: association, sabotage: guards.sabotage)
        let running = try (0..<2).map { _ in try arena.program.start(Program.invoiceRun) }
        var outcomes: [Program.Outcome] = []
        for program in running { outcomes.append(try await arena.program.end(of: program)) }
        let lines = try await arena.inDatabase { try await $0.only("SELECT count(*) FROM document_line", as: Int64.self) }
        let verified = try await arena.program.run(["database", "verify"])
        let faults = try await Settlement(association: association, arena: arena, books: undisturbed.books).faults()
        let said = outcomes.map(\.errors).joined()
        switch guards {
        case .withoutLock:
            guard outcomes.allSatisfy(\.succeeded), verified.succeeded, faults.isEmpty else {
                throw Violation("two runs without the posting lock: \(said) \(verified.errors) \(faults)")
            }
        case .uniquenessOnly:
            guard lines == before + once, outcomes.contains(where: { $0.code == "ALREADY_POSTED" }) else {
                throw Violation("two runs with uniqueness as the only guard: \(lines) lines; \(said)")
            }
        case .none:
            guard lines == before + 2 * once else {
                throw Violation("two runs without any guard did not post twice: \(lines) lines; \(said)")
            }
            guard verified.status == 65, verified.errors.contains("what stands posted on a key is what its last posting said is owed")
            else {
                throw Violation("verify overlooked double invoices: \(verified.errors)")
            }
            guard faults.contains(where: { $0.hasPrefix(association == .dues ? "member " : "the books ") }) else {
                throw Violation("the exactly-once check overlooked double invoices")
            }
        }
    }

    /// How many lines there are before the posting, and how many one posting adds.
    private func lines() async throws -> (before: Int64, added: Int64) {
        try await arena.renew(from: association)
        let count = { try await arena.inDatabase { try await $0.only("SELECT count(*) FROM document_line", as: Int64.self) } }
        let before = try await count()
        let posted = try await arena.program.run(Program.invoiceRun)
        guard posted.succeeded else { throw Violation("an undisturbed run failed: \(posted.errors)") }
        return (before, try await count() - before)
    }

    /// The program takes no lock, though it believes so.
    private static let noLock = """
        CREATE SCHEMA sabotage;
        GRANT USAGE ON SCHEMA sabotage TO batch;
        CREATE FUNCTION sabotage.pg_advisory_lock(bigint) RETURNS void LANGUAGE sql AS '';
        CREATE FUNCTION sabotage.pg_advisory_unlock(bigint) RETURNS boolean LANGUAGE sql AS 'SELECT true';
        ALTER ROLE batch IN DATABASE os2medlem SET search_path = sabotage, pg_catalog, public;

        """

    /// Each run is given a block of numbers of its own, and enough time for the other one to begin.
    private static let noCounter = """
        CREATE SEQUENCE block MINVALUE 0 START 0;
        ALTER TABLE number_series RENAME TO number_series_kept;
        CREATE FUNCTION series() RETURNS TABLE (kind text, last_number bigint) LANGUAGE plpgsql AS $$
        DECLARE
            own bigint;
        BEGIN
            IF current_setting('os2medlem.use_case', true) = 'invoice run' THEN
                own := nextval('block') * (SELECT count(*) FROM agreement);
                PERFORM pg_sleep(0.7);
                RETURN QUERY SELECT k.kind, k.last_number + own FROM number_series_kept AS k;
            ELSE
                RETURN QUERY SELECT k.kind, (SELECT count(*) FROM document AS d WHERE d.kind = k.kind) FROM number_series_kept AS k;
            END IF;
        END
        $$;
        CREATE VIEW number_series AS SELECT * FROM series();
        CREATE FUNCTION keep_nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER number_series_update INSTEAD OF UPDATE ON number_series FOR EACH ROW EXECUTE FUNCTION keep_nothing();
        CREATE OR REPLACE FUNCTION refuse_additions_to_sealed() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        GRANT SELECT, UPDATE ON number_series TO batch;
        GRANT USAGE ON block TO batch;
        GRANT SELECT ON number_series_kept TO batch;

        """

    private static let noUniqueness = """
        ALTER TABLE document_line DROP CONSTRAINT document_line_posted_once;
        ALTER TABLE invoice_run DROP CONSTRAINT invoice_run_pkey;
        -- Two runs that freeze the same sizes meet there, so they find them frozen.
        INSERT INTO frozen_size (organisation_id, year, inhabitants, counted_on)
            SELECT organisation_id, 2027, inhabitants, counted_on FROM inhabitants ON CONFLICT DO NOTHING;
        """
}
