-- Products that authorities own together, who supplies what on them, and what an agreement says of its form and its notice.
CREATE TABLE product (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL
        CONSTRAINT product_name_text CHECK (name ~ '\S' AND name !~ '[[:cntrl:]]' AND length(name) <= 100)
        -- Words that say something else where a subject is named.
        CONSTRAINT product_name_reserved CHECK (lower(name) !~ '^(association$|supplier$|product:|project:)'),
    account text CONSTRAINT product_account_text CHECK (account ~ '\S' AND account !~ '[[:cntrl:]]' AND length(account) <= 100),
    repository text CONSTRAINT product_repository_text CHECK (repository ~ '\S' AND repository !~ '[[:cntrl:]]' AND length(repository) <= 500),
    level smallint CONSTRAINT product_level CHECK (level BETWEEN 0 AND 3),
    coordinator_id bigint REFERENCES person
);
-- People write a product's name as they please.
CREATE UNIQUE INDEX product_name_unique ON product (lower(name));
CREATE TRIGGER product_audit AFTER INSERT OR UPDATE OR DELETE ON product
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

CREATE TABLE supplier_role (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id bigint NOT NULL REFERENCES organisation,
    product_id bigint NOT NULL REFERENCES product,
    role text NOT NULL CONSTRAINT supplier_role_role CHECK (role IN
        ('development', 'maintenance', 'operation', 'support', 'advice', 'facilitation', 'projectManagement', 'review')),
    during daterange NOT NULL CONSTRAINT supplier_role_during CHECK (NOT isempty(during) AND NOT lower_inf(during)),
    CONSTRAINT supplier_role_no_overlap
        EXCLUDE USING gist (organisation_id WITH =, product_id WITH =, role WITH =, during WITH &&)
);
CREATE INDEX supplier_role_product ON supplier_role (product_id);
CREATE TRIGGER supplier_role_audit AFTER INSERT OR UPDATE OR DELETE ON supplier_role
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

-- The form is that of the agreement's first day; later changes have rows of their own. Notice is given to the end of a period.
ALTER TABLE agreement
    ADD COLUMN form text NOT NULL DEFAULT 'active' CONSTRAINT agreement_form CHECK (form IN ('active', 'passive')),
    ADD COLUMN notice_months integer NOT NULL DEFAULT 6 CONSTRAINT agreement_notice_months CHECK (notice_months BETWEEN 0 AND 60),
    ADD COLUMN notice_to text NOT NULL DEFAULT 'year'
        CONSTRAINT agreement_notice_to CHECK (notice_to IN ('month', 'quarter', 'halfYear', 'year')),
    ADD COLUMN minimum_last_day date,
    -- The agreements that this one continues after a succession of organisations, and the end that was notified before one.
    ADD COLUMN taken_over_from bigint[] NOT NULL DEFAULT '{}',
    ADD COLUMN notified_last_day date,
    ADD CONSTRAINT agreement_passive_on_product CHECK (form = 'active' OR subject LIKE 'product:%');

CREATE TABLE agreement_form (
    agreement_id bigint NOT NULL REFERENCES agreement,
    valid_from date NOT NULL,
    form text NOT NULL CONSTRAINT agreement_form_form CHECK (form IN ('active', 'passive')),
    PRIMARY KEY (agreement_id, valid_from)
);
CREATE TRIGGER agreement_form_audit AFTER INSERT OR UPDATE OR DELETE ON agreement_form
    FOR EACH ROW EXECUTE FUNCTION audit_change('agreement_id,valid_from');

-- A subject is text, so no foreign key can hold it; products are never deleted, so looking when an agreement is written is enough.
CREATE FUNCTION check_agreement_product() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM product WHERE id = substr(NEW.subject, 9)::bigint) THEN
        RAISE EXCEPTION 'an agreement on a product that is not registered: %', NEW.subject
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'agreement_product', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER agreement_product_known AFTER INSERT OR UPDATE OF subject ON agreement
    FOR EACH ROW WHEN (NEW.subject LIKE 'product:%') EXECUTE FUNCTION check_agreement_product();

-- Only agreements on products have forms.
CREATE FUNCTION check_agreement_form() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM agreement WHERE id = NEW.agreement_id AND subject LIKE 'product:%') THEN
        RAISE EXCEPTION 'only an agreement on a product changes its form'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_passive_on_product', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER agreement_form_on_product AFTER INSERT OR UPDATE ON agreement_form
    FOR EACH ROW EXECUTE FUNCTION check_agreement_form();

GRANT SELECT, INSERT, UPDATE ON product, supplier_role, agreement_form TO app;
