import Glibc
import Postgres
import TestSupport

/// The negative control: the same rounds where invoice numbers come from a PostgreSQL sequence, which no rollback takes back.
///
/// Without the seal, kills must leave gaps and `database verify` must report them. With the seal, the database itself must refuse
/// the first posting after a kill.
struct SequenceControl {
    let arena: Arena
    let undisturbed: UndisturbedRun

    struct Result {
        let rounds: Int
        /// Rounds in which a kill lost numbers; verify reported every one of them.
        let gaps: Int
    }

    /// - Throws: ``Violation`` when verify overlooks a gap, or when no kill made one.
    func withoutSeal(rounds: Int, _ generator: inout SeededGenerator) async throws -> Result {
        var gaps = 0
        var played = 0
        while played < rounds * 10, gaps < rounds {
            played += 1
            let round = Round(fault: .programKilled, association: .dues, arena: arena)
            _ = try await round.play(undisturbed, &generator, sabotage: SequenceControl.insteadOfCounter)
            let lost = try await arena.inDatabase { connection in
                try await connection.only(
                    "SELECT (SELECT last_value FROM invoice_number) - (SELECT count(*) FROM document)", as: Int64.self)
            }
            let verified = try await arena.program.run(["database", "verify"])
            let reported = verified.status == 65 && verified.errors.contains("numbers are consecutive from 1 to the counter: invoice")
            guard reported == (lost > 0) else {
                throw Violation(
                    "numbers from a sequence: \(lost) lost, and verify says: \(verified.errors.isEmpty ? "all is well" : verified.errors)")
            }
            if lost > 0 { gaps += 1 }
        }
        guard gaps > 0 else { throw Violation("numbers from a sequence: no kill in \(played) rounds left a gap, so nothing was shown") }
        return Result(rounds: played, gaps: gaps)
    }

    /// - Throws: ``Violation`` when the database lets the gap in.
    func withSeal(_ generator: inout SeededGenerator) async throws {
        for _ in 1...20 {
            try await arena.renew(from: .dues, sabotage: SequenceControl.besideCounter)
            let watch = try await PostingWatch(arena)
            let running = try arena.program.start(Program.invoiceRun)
            if try await watch.waitForPosting(unless: { arena.program.hasEnded(running) }) {
                try await Task.sleep(for: undisturbed.posting * Double.random(in: 0...1, using: &generator))
            }
            kill(running.process, SIGKILL)
            let killed = try await arena.program.end(of: running)
            await watch.close()
            let after = try await arena.program.run(Program.invoiceRun)
            let (drawn, posted) = try await arena.inDatabase { connection in
                (
                    try await connection.only("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM invoice_number", as: Int64.self),
                    try await connection.only("SELECT count(*) FROM document", as: Int64.self)
                )
            }
            if killed.status != nil || drawn <= Int64(arena.members) { continue }
            guard after.code == "SERIES_GAP", posted == 0 else {
                throw Violation("numbers from a sequence passed the seal: \(posted) documents, \(after.errors)")
            }
            return
        }
        throw Violation("numbers from a sequence: no kill lost numbers under the seal, so nothing was shown")
    }

    /// Every invoice draws its number; the counter the program reads is what the sequence says. The seal's functions are hollow, its triggers
    /// in place, so that nothing but the numbers can give it away.
    private static let insteadOfCounter = """
        CREATE SEQUENCE invoice_number MINVALUE 0 START 0;
        SELECT nextval('invoice_number');
        ALTER TABLE number_series RENAME TO number_series_kept;
        CREATE VIEW number_series AS
            SELECT kind, CASE kind WHEN 'invoice' THEN (SELECT last_value FROM invoice_number) ELSE last_number END AS last_number
            FROM number_series_kept;
        CREATE FUNCTION keep_nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER number_series_update INSTEAD OF UPDATE ON number_series FOR EACH ROW EXECUTE FUNCTION keep_nothing();
        CREATE FUNCTION draw_number() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.kind = 'invoice' AND nextval('invoice_number') <> NEW.number THEN RAISE EXCEPTION 'not the number drawn'; END IF;
            RETURN NEW;
        END
        $$;
        CREATE TRIGGER document_draws BEFORE INSERT ON document FOR EACH ROW EXECUTE FUNCTION draw_number();
        CREATE OR REPLACE FUNCTION refuse_additions_to_sealed() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        GRANT SELECT, UPDATE ON number_series TO batch;
        GRANT USAGE, SELECT ON invoice_number TO batch;
        """

    /// Every invoice draws its number, whatever the counter says; the seal is whole.
    private static let besideCounter = """
        CREATE SEQUENCE invoice_number;
        CREATE FUNCTION draw_number() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.number := nextval('invoice_number');
            NEW.fik := lpad(NEW.number::text, 14, '0') || '0';
            RETURN NEW;
        END
        $$;
        CREATE TRIGGER document_draws BEFORE INSERT ON document FOR EACH ROW EXECUTE FUNCTION draw_number();
        GRANT USAGE, SELECT ON invoice_number TO batch;
        """
}
