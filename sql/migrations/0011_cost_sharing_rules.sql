-- Rules of the cost sharing that the first tables left to the program.

-- A figure joins a placement that was frozen before there was one; everything else that is frozen changes only by a decision.
CREATE OR REPLACE FUNCTION check_refreeze() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    is_first_figure boolean := OLD.inhabitants IS NULL AND NEW.inhabitants IS NOT NULL
        AND (NEW.organisation_id, NEW.year, NEW.size_class, NEW.reason, NEW.placement_decision_id, NEW.frozen_by_decision_id)
            IS NOT DISTINCT FROM
            (OLD.organisation_id, OLD.year, OLD.size_class, OLD.reason, OLD.placement_decision_id, OLD.frozen_by_decision_id);
BEGIN
    IF NOT is_first_figure AND (
        NEW.frozen_by_decision_id IS NULL OR NEW.frozen_by_decision_id IS NOT DISTINCT FROM OLD.frozen_by_decision_id
        OR (NEW.organisation_id, NEW.year) IS DISTINCT FROM (OLD.organisation_id, OLD.year)) THEN
        RAISE EXCEPTION 'a frozen size changes only by a decision of its own'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'frozen_size_decided';
    END IF;
    RETURN NEW;
END
$$;

-- The first day of the billing period that holds a day.
CREATE FUNCTION billing_period_start(day date, frequency text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT make_date(extract(year FROM day)::integer, CASE WHEN frequency = 'halfYearly' AND extract(month FROM day) > 6 THEN 7 ELSE 1 END, 1)
$$;

-- What of a price is its model, as against its amounts (DOMAIN §3, rule 1).
CREATE FUNCTION price_model(price jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT jsonb_build_object('model', price -> 'model', 'by', price -> 'by', 'weights', price -> 'weights', 'of', price -> 'of')
$$;

CREATE FUNCTION check_rate_row_models() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    sheet bigint := CASE TG_TABLE_NAME WHEN 'rate_sheet' THEN to_jsonb(NEW) -> 'id' ELSE to_jsonb(NEW) -> 'sheet_id' END;
BEGIN
    IF EXISTS (
        SELECT FROM rate_sheet AS s
        JOIN rate_row AS r ON r.sheet_id = s.id AND NOT r.voided AND r.charge <> 'joiningFee'
        JOIN rate_row AS later ON later.sheet_id = s.id AND NOT later.voided AND later.charge = r.charge AND later.component = r.component
            AND lower(later.during) >= upper(r.during)
        WHERE s.id = sheet AND price_model(later.price) <> price_model(r.price)
            AND billing_period_start(lower(later.during), s.frequency) = billing_period_start(upper(r.during) - 1, s.frequency)
    ) THEN
        RAISE EXCEPTION 'a price changes its model inside a billing period'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rate_row_model_whole_periods';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER rate_sheet_models AFTER UPDATE ON rate_sheet DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION check_rate_row_models();
CREATE CONSTRAINT TRIGGER rate_row_models AFTER INSERT OR UPDATE ON rate_row DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION check_rate_row_models();

-- A run that takes another back can be prepared and approved like any other. Posted runs never go away, so, as with run_id, no key is needed.
ALTER TABLE prepared_run ADD COLUMN reverses bigint;

-- What was prepared stays as it was seen: it is approved once, then posted once.
CREATE FUNCTION check_prepared_run() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.id, NEW.target, NEW.scope, NEW.inputs, NEW.accepted, NEW.prepared_by, NEW.prepared_on, NEW.reverses)
            IS DISTINCT FROM (OLD.id, OLD.target, OLD.scope, OLD.inputs, OLD.accepted, OLD.prepared_by, OLD.prepared_on, OLD.reverses)
        OR (OLD.approved_by IS NOT NULL AND (NEW.approved_by, NEW.approved_on) IS DISTINCT FROM (OLD.approved_by, OLD.approved_on))
        OR (OLD.run_id IS NOT NULL AND NEW.run_id IS DISTINCT FROM OLD.run_id)
        OR (NEW.run_id IS NOT NULL AND NEW.approved_by IS NULL) THEN
        RAISE EXCEPTION 'a prepared run is approved once and posted once, and otherwise stays as it is'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'prepared_run_final';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER prepared_run_final BEFORE UPDATE ON prepared_run FOR EACH ROW EXECUTE FUNCTION check_prepared_run();
CREATE TRIGGER prepared_run_kept BEFORE DELETE OR TRUNCATE ON prepared_run FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
