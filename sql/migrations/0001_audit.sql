-- Who did what: every change of a register writes one row here, in the transaction of the change, by trigger, so that no use case can forget it.
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE audit_entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor text NOT NULL,
    use_case text NOT NULL,
    record text NOT NULL,
    record_id text NOT NULL,
    before jsonb,
    after jsonb
);
CREATE INDEX audit_entry_record ON audit_entry (record, record_id);

-- What was posted or logged stays as it was, for every role, its owner included.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: what is posted or logged is final', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'posted_is_final', TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER audit_entry_final BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The first argument names the identifying columns, commas between; any further ones name columns too large to repeat.
-- A transaction without an actor changes nothing. It runs as the log's owner, so that nobody else may write the log.
CREATE FUNCTION audit_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    actor text := current_setting('os2medlem.actor', true);
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - TG_ARGV[1:] END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - TG_ARGV[1:] END;
BEGIN
    IF coalesce(actor, '') = '' THEN
        RAISE EXCEPTION 'a change of % has no actor', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'actor_missing', TABLE = TG_TABLE_NAME;
    END IF;
    IF old_row IS DISTINCT FROM new_row THEN
        INSERT INTO audit_entry (actor, use_case, record, record_id, before, after)
        VALUES (actor, current_setting('os2medlem.use_case', true), TG_TABLE_NAME,
            (SELECT string_agg(coalesce(new_row, old_row) ->> key, ' ' ORDER BY place)
                FROM unnest(string_to_array(TG_ARGV[0], ',')) WITH ORDINALITY AS keys (key, place)),
            old_row, new_row);
    END IF;
    RETURN NULL;
END
$$;

GRANT SELECT ON schema_migration TO app;
GRANT SELECT ON audit_entry TO app;
