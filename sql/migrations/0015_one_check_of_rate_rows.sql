-- What a rate sheet's rows have to be is one question, asked once for each sheet or row that changes: a sheet holds its rows' days, but for joining fees,
-- which go by the day of signature; where it shares a total it says what late changes do; and a price changes its model only where a billing period
-- begins. At the end of the transaction, because a sheet and its rows change together.
DROP TRIGGER rate_sheet_models ON rate_sheet;
DROP TRIGGER rate_row_models ON rate_row;
DROP FUNCTION check_rate_row_models();

CREATE OR REPLACE FUNCTION check_rate_sheet_rows() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    sheet bigint := CASE TG_TABLE_NAME WHEN 'rate_sheet' THEN to_jsonb(NEW) -> 'id' ELSE to_jsonb(NEW) -> 'sheet_id' END;
BEGIN
    IF EXISTS (
        SELECT FROM rate_row AS r JOIN rate_sheet AS s ON s.id = r.sheet_id
        WHERE s.id = sheet AND NOT r.voided AND r.charge <> 'joiningFee' AND NOT r.during <@ s.during
    ) THEN
        RAISE EXCEPTION 'a row lies outside its rate sheet' USING ERRCODE = 'check_violation', CONSTRAINT = 'rate_row_within_sheet';
    END IF;
    IF EXISTS (
        SELECT FROM rate_row AS r JOIN rate_sheet AS s ON s.id = r.sheet_id
        WHERE s.id = sheet AND NOT r.voided AND r.charge = 'sharedCost' AND s.late_changes IS NULL
    ) THEN
        RAISE EXCEPTION 'a shared total needs a policy of late changes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rate_sheet_late_changes_stated';
    END IF;
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
