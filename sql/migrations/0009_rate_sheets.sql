-- A billing period begins on 1 January, and where halves are billed on 1 July.
CREATE FUNCTION begins_billing_period(day date, frequency text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT extract(day FROM day) = 1
        AND (extract(month FROM day) = 1 OR (frequency = 'halfYearly' AND extract(month FROM day) = 7))
$$;

-- The dated price list of one product, or of the supplier partnership, for whole billing periods. The product is the subject's, so that no sheet
-- names one that does not exist.
CREATE TABLE rate_sheet (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject text COLLATE "C" NOT NULL CONSTRAINT rate_sheet_subject CHECK (subject ~ '^(supplier|product:[1-9][0-9]*)$'),
    product_id bigint GENERATED ALWAYS AS (CASE WHEN subject <> 'supplier' THEN substr(subject, 9)::bigint END) STORED REFERENCES product,
    during daterange NOT NULL CONSTRAINT rate_sheet_during CHECK (NOT isempty(during) AND NOT lower_inf(during)),
    frequency text NOT NULL CONSTRAINT rate_sheet_frequency CHECK (frequency IN ('yearly', 'halfYearly')),
    pro_rata text NOT NULL CONSTRAINT rate_sheet_pro_rata CHECK (pro_rata IN ('none', 'halfYear', 'startedMonths', 'days')),
    passive_numerator integer NOT NULL,
    passive_denominator integer NOT NULL,
    late_changes text CONSTRAINT rate_sheet_late_changes CHECK (late_changes IN ('nextPeriod', 'settle')),
    carries_contribution boolean NOT NULL,
    bound_small integer,
    bound_medium integer,
    bound_large integer,
    vat_category text CONSTRAINT rate_sheet_vat_category CHECK (vat_category IN ('S', 'E')),
    vat_basis_points integer CONSTRAINT rate_sheet_vat_basis_points
        CHECK (vat_basis_points BETWEEN 0 AND 10000 AND (vat_category = 'E') = (vat_basis_points = 0)),
    decision_id bigint NOT NULL REFERENCES decision,
    CONSTRAINT rate_sheet_passive CHECK (passive_denominator >= 1 AND passive_numerator BETWEEN 0 AND passive_denominator),
    CONSTRAINT rate_sheet_bounds CHECK (
        num_nulls(bound_small, bound_medium, bound_large) = 3
        OR (num_nulls(bound_small, bound_medium, bound_large) = 0
            AND 0 < bound_small AND bound_small < bound_medium AND bound_medium < bound_large)),
    CONSTRAINT rate_sheet_vat_whole CHECK (num_nulls(vat_category, vat_basis_points) IN (0, 2)),
    CONSTRAINT rate_sheet_whole_periods CHECK (
        begins_billing_period(lower(during), frequency) AND (upper_inf(during) OR begins_billing_period(upper(during), frequency))),
    CONSTRAINT rate_sheet_no_overlap EXCLUDE USING gist (subject WITH =, during WITH &&)
);
CREATE TRIGGER rate_sheet_audit AFTER INSERT OR UPDATE OR DELETE ON rate_sheet
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

-- One price of a sheet: a component of a charge, the days it holds, and how the amount comes about. A row that was recorded by mistake is voided.
CREATE TABLE rate_row (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sheet_id bigint NOT NULL REFERENCES rate_sheet,
    charge text COLLATE "C" NOT NULL CONSTRAINT rate_row_charge CHECK (charge IN ('annualFee', 'sharedCost', 'joiningFee', 'supplierFee')),
    component text NOT NULL CONSTRAINT rate_row_component_text
        CHECK (component ~ '\S' AND component !~ '[[:cntrl:]]' AND length(component) <= 100),
    during daterange NOT NULL CONSTRAINT rate_row_during CHECK (NOT isempty(during) AND NOT lower_inf(during)),
    price jsonb NOT NULL,
    decision_id bigint NOT NULL REFERENCES decision,
    voided boolean NOT NULL DEFAULT false,
    CONSTRAINT rate_row_price_model CHECK (
        coalesce(price ->> 'model' IN ('amount', 'perClass', 'perInhabitant', 'stepDown', 'fraction', 'shared'), false)),
    CONSTRAINT rate_row_price_not_negative CHECK (
        NOT jsonb_path_exists(price, '$.** ? (@.type() == "number" && @ < 0)')
        AND coalesce(price ->> 'kronerEach' ~ '^[0-9]+(\.[0-9]+)?$', true)
        AND coalesce(price ->> 'ratio' ~ '^[0-9]+(/[1-9][0-9]*)?$', true)),
    CONSTRAINT rate_row_price_fits_charge CHECK ((price ->> 'model' = 'shared') = (charge = 'sharedCost')),
    CONSTRAINT rate_row_weights_not_all_zero CHECK (
        CASE price ->> 'by'
            WHEN 'sizeClass' THEN jsonb_path_exists(price, '$.weights.* ? (@ > 0)')
            WHEN 'given' THEN jsonb_path_exists(price, '$.weights[*].weight ? (@ > 0)')
            ELSE true
        END),
    CONSTRAINT rate_row_no_overlap EXCLUDE USING gist (sheet_id WITH =, charge WITH =, component WITH =, during WITH &&) WHERE (NOT voided)
);
CREATE UNIQUE INDEX rate_row_once ON rate_row (sheet_id, charge, component, lower(during));
CREATE TRIGGER rate_row_audit AFTER INSERT OR UPDATE OR DELETE ON rate_row
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

-- A sheet holds its rows' days, but for joining fees, which go by the day of signature; where it shares a total it says what late changes do. At the
-- end of the transaction, because a sheet and its rows change together.
CREATE FUNCTION check_rate_sheet_rows() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER rate_sheet_rows AFTER UPDATE ON rate_sheet DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION check_rate_sheet_rows();
CREATE CONSTRAINT TRIGGER rate_row_sheet AFTER INSERT OR UPDATE ON rate_row DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION check_rate_sheet_rows();

-- Bodies placed in a class by hand, for some invoicing years.
CREATE TABLE size_placement (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id bigint NOT NULL REFERENCES organisation,
    first_year integer NOT NULL CONSTRAINT size_placement_first_year CHECK (first_year BETWEEN 2000 AND 9998),
    last_year integer CONSTRAINT size_placement_last_year CHECK (last_year BETWEEN 2000 AND 9998),
    size_class text NOT NULL CONSTRAINT size_placement_class CHECK (size_class IN ('small', 'medium', 'large', 'veryLarge')),
    reason text NOT NULL CONSTRAINT size_placement_reason CHECK (reason ~ '\S' AND reason !~ '[[:cntrl:]]' AND length(reason) <= 500),
    decision_id bigint NOT NULL REFERENCES decision,
    CONSTRAINT size_placement_years CHECK (last_year >= first_year),
    CONSTRAINT size_placement_no_overlap EXCLUDE USING gist (
        organisation_id WITH =, int4range(first_year, last_year, '[]') WITH &&)
);
CREATE TRIGGER size_placement_audit AFTER INSERT OR UPDATE OR DELETE ON size_placement
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

-- What postings used of an organisation's size, by invoicing year. It stays, until a decision takes over what has been recorded since.
CREATE TABLE frozen_size (
    organisation_id bigint NOT NULL REFERENCES organisation,
    year integer NOT NULL CONSTRAINT frozen_size_year CHECK (year BETWEEN 2000 AND 9998),
    inhabitants integer CONSTRAINT frozen_size_inhabitants CHECK (inhabitants >= 0),
    counted_on date,
    size_class text CONSTRAINT frozen_size_class CHECK (size_class IN ('small', 'medium', 'large', 'veryLarge')),
    reason text,
    placement_decision_id bigint REFERENCES decision,
    frozen_by_decision_id bigint REFERENCES decision,
    PRIMARY KEY (organisation_id, year),
    CONSTRAINT frozen_size_headcount_whole CHECK (num_nulls(inhabitants, counted_on) IN (0, 2)),
    CONSTRAINT frozen_size_placement_whole CHECK (num_nulls(size_class, reason, placement_decision_id) IN (0, 3)),
    CONSTRAINT frozen_size_known CHECK (num_nulls(inhabitants, size_class) < 2)
);
CREATE FUNCTION check_refreeze() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.frozen_by_decision_id IS NULL OR NEW.frozen_by_decision_id IS NOT DISTINCT FROM OLD.frozen_by_decision_id
        OR (NEW.organisation_id, NEW.year) IS DISTINCT FROM (OLD.organisation_id, OLD.year) THEN
        RAISE EXCEPTION 'a frozen size changes only by a decision of its own'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'frozen_size_decided';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER frozen_size_decided BEFORE UPDATE ON frozen_size FOR EACH ROW EXECUTE FUNCTION check_refreeze();
-- The first freezing is part of a posting, which is on record itself; what a decision changes is logged.
CREATE TRIGGER frozen_size_audit AFTER UPDATE ON frozen_size FOR EACH ROW EXECUTE FUNCTION audit_change('organisation_id,year');
CREATE TRIGGER frozen_size_final BEFORE DELETE OR TRUNCATE ON frozen_size FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE setting DROP CONSTRAINT setting_name;
ALTER TABLE setting ADD CONSTRAINT setting_name CHECK (name IN (
    'charges-begin', 'payment-days', 'creditor-number', 'index-rounding', 'size-bounds', 'contribution-member', 'contribution-non-member',
    'four-eyes', 'change-warning', 'line-limit', 'association-account'));

GRANT SELECT, INSERT, UPDATE ON rate_sheet, rate_row, size_placement, frozen_size TO app;
