-- Everything that costs money or ends an agreement against somebody's will points to a decision.
CREATE TABLE decision (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reference text NOT NULL CONSTRAINT decision_reference_text CHECK (reference <> '' AND length(reference) <= 100),
    decided_by text NOT NULL CONSTRAINT decision_decided_by
        CHECK (decided_by IN ('generalAssembly', 'board', 'steeringGroup', 'secretariat', 'authority')),
    decided_on date NOT NULL,
    title text NOT NULL CONSTRAINT decision_title_text CHECK (title <> '' AND length(title) <= 500),
    CONSTRAINT decision_reference_unique UNIQUE (reference)
);
CREATE TRIGGER decision_audit AFTER INSERT OR UPDATE OR DELETE ON decision
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

-- Dated settings of the association. A setting holds from its day until the next one of its name.
CREATE TABLE setting (
    name text NOT NULL CONSTRAINT setting_name
        CHECK (name IN ('charges-begin', 'payment-days', 'creditor-number', 'index-rounding')),
    valid_from date NOT NULL,
    value text NOT NULL,
    decision_id bigint REFERENCES decision,
    PRIMARY KEY (name, valid_from)
);
-- The day charges begin is one day, which may be moved; it is not a value that changes from day to day.
CREATE UNIQUE INDEX setting_one_charges_begin ON setting (name) WHERE name = 'charges-begin';
CREATE TRIGGER setting_audit AFTER INSERT OR UPDATE OR DELETE ON setting
    FOR EACH ROW EXECUTE FUNCTION audit_change('name,valid_from');

GRANT SELECT, INSERT, UPDATE ON decision, setting TO app;
