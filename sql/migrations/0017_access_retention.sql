-- How long it stays on record who read what: a dated setting in months, with the decision behind it where there was one, and a year where nothing is set. Six months at the least, so that
-- what an organisation asks about can be looked up, and five years at the most.
ALTER TABLE setting DROP CONSTRAINT setting_name;
ALTER TABLE setting ADD CONSTRAINT setting_name CHECK (name IN (
    'charges-begin', 'payment-days', 'creditor-number', 'index-rounding', 'size-bounds', 'contribution-member', 'contribution-non-member',
    'four-eyes', 'change-warning', 'line-limit', 'association-account', 'governance-model', 'access-retention'));
ALTER TABLE setting ADD CONSTRAINT setting_access_retention CHECK (name <> 'access-retention' OR value ~ '^([6-9]|[1-5][0-9]|60)$');

-- The first day, Copenhagen's, whose reads are kept. By the clock of the database: nobody says what day it is.
CREATE FUNCTION access_kept_since() RETURNS date LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Europe/Copenhagen')::date;
    months integer := coalesce(
        (SELECT s.value::integer FROM setting AS s WHERE s.name = 'access-retention' AND s.valid_from <= today ORDER BY s.valid_from DESC LIMIT 1), 12);
BEGIN
    RETURN today - make_interval(months => months);
END
$$;

-- Nobody removes a younger one by any statement on the rows, the owner of the table included; and still nobody changes one. Who owns a table can take its triggers
-- away, which is why nothing runs as the owner but migrations.
CREATE FUNCTION check_access_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (OLD.at AT TIME ZONE 'Europe/Copenhagen')::date >= access_kept_since() THEN
        RAISE EXCEPTION 'DELETE on % is refused: what was read is on record since %', TG_TABLE_NAME, access_kept_since()
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'posted_is_final', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END
$$;
DROP TRIGGER access_entry_final ON access_entry;
CREATE TRIGGER access_entry_final BEFORE UPDATE OR TRUNCATE ON access_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER access_entry_kept BEFORE DELETE ON access_entry FOR EACH ROW EXECUTE FUNCTION check_access_kept();

-- Forgets what need not be kept. Who did it is on record, with how many there were and from which day on they are kept; what they were is not, or they would be kept
-- there.
CREATE FUNCTION forget_accesses() RETURNS TABLE (forgotten bigint, kept_since date)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    actor text := current_setting('os2medlem.actor', true);
BEGIN
    IF coalesce(actor, '') = '' THEN
        RAISE EXCEPTION 'forgetting has no actor'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'actor_missing', TABLE = 'access_entry';
    END IF;
    kept_since := access_kept_since();
    DELETE FROM access_entry AS e WHERE e.at < kept_since::timestamp AT TIME ZONE 'Europe/Copenhagen';
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    IF forgotten > 0 THEN
        INSERT INTO audit_entry (actor, use_case, record, record_id, before)
        VALUES (actor, coalesce(current_setting('os2medlem.use_case', true), ''), 'access_entry', kept_since::text,
            jsonb_build_object('forgotten', forgotten));
    END IF;
    RETURN NEXT;
END
$$;

REVOKE EXECUTE ON FUNCTION access_kept_since(), check_access_kept(), forget_accesses() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_accesses() TO batch;
