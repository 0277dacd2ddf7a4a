-- The association's rate sheet: a year's dues, stated or indexed. An indexed year keeps both index figures beside the published amount.
CREATE TABLE dues_rate (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    year integer NOT NULL CONSTRAINT dues_rate_year CHECK (year BETWEEN 2000 AND 9998),
    basis text NOT NULL CONSTRAINT dues_rate_basis CHECK (basis IN ('fixed', 'indexed')),
    amount_minor bigint CONSTRAINT dues_rate_amount CHECK (amount_minor BETWEEN 0 AND 100000000000000),
    index_figure numeric CONSTRAINT dues_rate_index CHECK (index_figure > 0),
    previous_index_figure numeric CONSTRAINT dues_rate_previous_index CHECK (previous_index_figure > 0),
    index_source text,
    decision_id bigint NOT NULL REFERENCES decision,
    CONSTRAINT dues_rate_year_unique UNIQUE (year),
    CONSTRAINT dues_rate_basis_facts CHECK (
        CASE basis
            WHEN 'fixed' THEN amount_minor IS NOT NULL AND index_figure IS NULL AND previous_index_figure IS NULL
            WHEN 'indexed' THEN amount_minor IS NULL OR (index_figure IS NOT NULL AND previous_index_figure IS NOT NULL)
        END)
);
CREATE TRIGGER dues_rate_audit AFTER INSERT OR UPDATE OR DELETE ON dues_rate
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

-- How each kind of charge is taxed, from when to when.
CREATE TABLE vat_rule (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    charge text NOT NULL CONSTRAINT vat_rule_charge
        CHECK (charge IN ('dues', 'annualFee', 'contribution', 'joiningFee', 'sharedCost', 'pledge', 'supplierFee')),
    during daterange NOT NULL CONSTRAINT vat_rule_during CHECK (NOT isempty(during) AND NOT lower_inf(during)),
    category text NOT NULL CONSTRAINT vat_rule_category CHECK (category IN ('S', 'E')),
    basis_points integer NOT NULL CONSTRAINT vat_rule_basis_points
        CHECK (basis_points BETWEEN 0 AND 10000 AND (category = 'E') = (basis_points = 0)),
    decision_id bigint NOT NULL REFERENCES decision,
    CONSTRAINT vat_rule_no_overlap EXCLUDE USING gist (charge WITH =, during WITH &&)
);
CREATE TRIGGER vat_rule_audit AFTER INSERT OR UPDATE OR DELETE ON vat_rule
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

-- A credit by hand is a fact that lowers what is owed on one key; the credit note follows as the difference.
CREATE TABLE adjustment (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id bigint NOT NULL REFERENCES organisation,
    subject text COLLATE "C" NOT NULL CONSTRAINT adjustment_subject CHECK (subject ~ '^(association|supplier|product:[1-9][0-9]*)$'),
    charge text COLLATE "C" NOT NULL CONSTRAINT adjustment_charge
        CHECK (charge IN ('dues', 'annualFee', 'contribution', 'joiningFee', 'sharedCost', 'pledge', 'supplierFee')),
    billing_period text COLLATE "C" CONSTRAINT adjustment_billing_period CHECK (billing_period ~ '^[2-9][0-9]{3}(H[12])?$'),
    amount_minor bigint NOT NULL CONSTRAINT adjustment_amount CHECK (amount_minor > 0),
    reason text NOT NULL CONSTRAINT adjustment_reason CHECK (reason <> '' AND length(reason) <= 500),
    decision_id bigint NOT NULL REFERENCES decision
);
CREATE INDEX adjustment_key ON adjustment (organisation_id, subject, charge, billing_period);
CREATE TRIGGER adjustment_audit AFTER INSERT OR UPDATE OR DELETE ON adjustment
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

GRANT SELECT, INSERT, UPDATE ON dues_rate, vat_rule TO app;
GRANT SELECT, INSERT ON adjustment TO app;
