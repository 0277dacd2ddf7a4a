-- Posted documents. Nothing here is ever changed: corrections are further documents.
--
-- A posting copies documents, lines and taxes in and then moves the counter of their kind over them. Moving the counter seals them: at that
-- moment everything between the old and the new number is checked as a set, and from then on nothing may be added to it. Keys checked row
-- by row would double the cost of a posting; the rows that are referred to cannot go away, because no role may delete them.

-- One row per kind; locked by the run that posts, so that numbers are consecutive in the order runs commit.
CREATE TABLE number_series (
    kind text COLLATE "C" PRIMARY KEY CONSTRAINT number_series_kind CHECK (kind IN ('invoice', 'creditNote')),
    last_number bigint NOT NULL CONSTRAINT number_series_last_number CHECK (last_number BETWEEN 0 AND 99999999999999)
);
INSERT INTO number_series VALUES ('invoice', 0), ('creditNote', 0);

-- A posting as a whole: who, when, of what, from which inputs, and the seller as printed on its documents.
CREATE TABLE invoice_run (
    id bigint PRIMARY KEY,
    kind text NOT NULL CONSTRAINT invoice_run_kind CHECK (kind IN ('charges', 'creditByHand')),
    target text COLLATE "C" NOT NULL,
    charges_begin date NOT NULL,
    issued_on date NOT NULL,
    due_on date NOT NULL CONSTRAINT invoice_run_due_on CHECK (due_on >= issued_on),
    inputs bytea NOT NULL CONSTRAINT invoice_run_inputs CHECK (octet_length(inputs) = 32),
    posted_by text NOT NULL,
    posted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    invoices bigint NOT NULL,
    credit_notes bigint NOT NULL,
    net_minor bigint NOT NULL,
    vat_minor bigint NOT NULL,
    seller_name text NOT NULL,
    seller_cvr text COLLATE "C" NOT NULL,
    seller_gln text COLLATE "C",
    seller_street text,
    seller_postal_code text,
    seller_city text,
    creditor_number text COLLATE "C" NOT NULL CONSTRAINT invoice_run_creditor_number CHECK (creditor_number ~ '^8[0-9]{7}$'),
    CONSTRAINT invoice_run_not_empty CHECK (invoices + credit_notes > 0)
);

-- Both kinds hold positive amounts: an invoice what is to be paid, a credit note what is given back.
CREATE TABLE document (
    kind text COLLATE "C" NOT NULL CONSTRAINT document_kind CHECK (kind IN ('invoice', 'creditNote')),
    number bigint NOT NULL CONSTRAINT document_number CHECK (number > 0),
    run_id bigint NOT NULL,
    organisation_id bigint NOT NULL,
    issued_on date NOT NULL,
    due_on date,
    credits_invoice bigint,
    fik text COLLATE "C",
    buyer_name text NOT NULL,
    buyer_cvr text COLLATE "C",
    buyer_gln text COLLATE "C",
    buyer_street text,
    buyer_postal_code text,
    buyer_city text,
    buyer_reference text NOT NULL,
    buyer_order_number text,
    buyer_account_string text,
    net_minor bigint NOT NULL CONSTRAINT document_net CHECK (net_minor > 0),
    vat_minor bigint NOT NULL CONSTRAINT document_vat CHECK (vat_minor >= 0),
    PRIMARY KEY (kind, number),
    CONSTRAINT document_kind_facts CHECK (
        CASE kind
            WHEN 'invoice' THEN due_on IS NOT NULL AND credits_invoice IS NULL
                -- The payment reference is the number with a check digit, so it is as unique as the number.
                AND fik IS NOT NULL AND length(fik) = 15 AND fik::bigint / 10 = number
            ELSE due_on IS NULL AND credits_invoice IS NOT NULL AND fik IS NULL
        END),
    CONSTRAINT document_receiver CHECK (buyer_gln IS NOT NULL OR buyer_cvr IS NOT NULL)
);
CREATE INDEX document_run ON document USING brin (run_id);
CREATE INDEX document_organisation ON document (organisation_id);
CREATE INDEX document_credits ON document (credits_invoice) WHERE credits_invoice IS NOT NULL;

CREATE TABLE document_line (
    kind text COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    line integer NOT NULL CONSTRAINT document_line_line CHECK (line > 0),
    organisation_id bigint NOT NULL,
    subject text COLLATE "C" NOT NULL,
    charge text COLLATE "C" NOT NULL,
    billing_period text COLLATE "C",
    revision integer NOT NULL CONSTRAINT document_line_revision CHECK (revision >= 0),
    part integer NOT NULL CONSTRAINT document_line_part CHECK (part > 0),
    covers daterange NOT NULL CONSTRAINT document_line_covers CHECK (NOT isempty(covers) AND NOT lower_inf(covers) AND NOT upper_inf(covers)),
    net_minor bigint NOT NULL CONSTRAINT document_line_net CHECK (net_minor > 0),
    vat_category text COLLATE "C" NOT NULL,
    vat_basis_points integer NOT NULL,
    credits_line integer CONSTRAINT document_line_credits CHECK ((credits_line IS NOT NULL) = (kind = 'creditNote')),
    -- As text, byte for byte what the run's hash covers; jsonb would put it in another order.
    derivation json NOT NULL,
    PRIMARY KEY (kind, number, line),
    -- Two runs from the same state want the same revision; one of them fails.
    CONSTRAINT document_line_posted_once UNIQUE NULLS NOT DISTINCT (organisation_id, subject, charge, billing_period, revision, part)
);

CREATE TABLE document_tax (
    kind text COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    category text COLLATE "C" NOT NULL CONSTRAINT document_tax_category CHECK (category IN ('S', 'E')),
    basis_points integer NOT NULL,
    base_minor bigint NOT NULL CONSTRAINT document_tax_base CHECK (base_minor > 0),
    tax_minor bigint NOT NULL CONSTRAINT document_tax_tax CHECK (tax_minor >= 0),
    PRIMARY KEY (kind, number, category, basis_points)
);

-- What is sealed takes no further rows.
CREATE FUNCTION refuse_additions_to_sealed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM added JOIN number_series USING (kind) WHERE added.number <= number_series.last_number) THEN
        RAISE EXCEPTION 'nothing is added to a posted document'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'posted_is_final', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER document_sealed AFTER INSERT ON document REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_additions_to_sealed();
CREATE TRIGGER document_line_sealed AFTER INSERT ON document_line REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_additions_to_sealed();
CREATE TRIGGER document_tax_sealed AFTER INSERT ON document_tax REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_additions_to_sealed();

-- Sealing: the counter moves over exactly the documents that are there, and every one of them is right.
-- The rows are new, so the planner knows nothing of them yet and would take thousands for a handful: whole sets are joined instead.
CREATE FUNCTION seal_documents() RETURNS trigger LANGUAGE plpgsql
SET enable_nestloop = off SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR NEW.kind <> OLD.kind OR NEW.last_number < OLD.last_number THEN
        RAISE EXCEPTION 'a number series only grows' USING ERRCODE = 'check_violation', CONSTRAINT = 'document_series';
    END IF;
    IF (SELECT count(*) FROM document WHERE kind = NEW.kind AND number > OLD.last_number AND number <= NEW.last_number)
            <> NEW.last_number - OLD.last_number
        OR EXISTS (SELECT FROM document WHERE kind = NEW.kind AND number > NEW.last_number)
        OR EXISTS (SELECT FROM document_line WHERE kind = NEW.kind AND number > NEW.last_number)
        OR EXISTS (SELECT FROM document_tax WHERE kind = NEW.kind AND number > NEW.last_number) THEN
        RAISE EXCEPTION 'document numbers are consecutive' USING ERRCODE = 'check_violation', CONSTRAINT = 'document_series';
    END IF;
    IF EXISTS (
        SELECT FROM document WHERE kind = NEW.kind AND number > OLD.last_number AND number <= NEW.last_number
            AND organisation_id NOT IN (SELECT id FROM organisation)
    ) OR EXISTS (
        SELECT FROM document_line WHERE kind = NEW.kind AND number > OLD.last_number AND number <= NEW.last_number
            AND organisation_id NOT IN (SELECT id FROM organisation)
    ) THEN
        RAISE EXCEPTION 'documents and lines belong to organisations'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'document_organisation';
    END IF;
    -- Lines by rate against the taxes, and the taxes' sums against the documents, each both ways.
    IF EXISTS (
        SELECT FROM (
            SELECT number, vat_category AS category, vat_basis_points AS basis_points, sum(net_minor) AS base FROM document_line
            WHERE kind = NEW.kind AND number > OLD.last_number AND number <= NEW.last_number GROUP BY 1, 2, 3
        ) AS line
        FULL JOIN (
            SELECT number, category, basis_points, base_minor, tax_minor FROM document_tax
            WHERE kind = NEW.kind AND number > OLD.last_number AND number <= NEW.last_number
        ) AS tax USING (number, category, basis_points)
        WHERE line.base IS DISTINCT FROM tax.base_minor
            OR (NEW.kind = 'invoice' AND tax.tax_minor <> (tax.base_minor * basis_points + 5000) / 10000)
    ) OR EXISTS (
        SELECT FROM (
            SELECT number, sum(base_minor) AS net, sum(tax_minor) AS vat FROM document_tax
            WHERE kind = NEW.kind AND number > OLD.last_number AND number <= NEW.last_number GROUP BY number
        ) AS tax
        FULL JOIN (
            SELECT number, net_minor, vat_minor FROM document
            WHERE kind = NEW.kind AND number > OLD.last_number AND number <= NEW.last_number
        ) AS head USING (number)
        WHERE tax.net IS DISTINCT FROM head.net_minor OR tax.vat IS DISTINCT FROM head.vat_minor
    ) THEN
        RAISE EXCEPTION 'the lines and taxes of a document add up to it' USING ERRCODE = 'check_violation', CONSTRAINT = 'document_balanced';
    END IF;
    -- A posting is one run, which closes it: its number is the next, so no document can be slipped into a run that is over.
    IF EXISTS (
        SELECT FROM document WHERE kind = NEW.kind AND number > OLD.last_number AND number <= NEW.last_number
            AND run_id <> (SELECT coalesce(max(id), 0) + 1 FROM invoice_run)
    ) THEN
        RAISE EXCEPTION 'a document belongs to the run that posts it' USING ERRCODE = 'check_violation', CONSTRAINT = 'document_series';
    END IF;
    -- A credit takes from a line of the same key and rate, never more than is left of it; and its tax never more than is left of the
    -- invoice's, all of it where nothing is left to tax.
    IF NEW.kind = 'creditNote' AND (EXISTS (
        SELECT FROM (
            SELECT DISTINCT credits_invoice FROM document
            WHERE kind = 'creditNote' AND number > OLD.last_number AND number <= NEW.last_number
        ) AS touched
        JOIN document AS note ON note.kind = 'creditNote' AND note.credits_invoice = touched.credits_invoice
        JOIN document_line AS credit ON credit.kind = note.kind AND credit.number = note.number
        LEFT JOIN document_line AS invoiced
            ON invoiced.kind = 'invoice' AND invoiced.number = note.credits_invoice AND invoiced.line = credit.credits_line
            AND invoiced.organisation_id = credit.organisation_id AND invoiced.subject = credit.subject
            AND invoiced.charge = credit.charge AND invoiced.billing_period IS NOT DISTINCT FROM credit.billing_period
            AND invoiced.vat_category = credit.vat_category AND invoiced.vat_basis_points = credit.vat_basis_points
        GROUP BY note.credits_invoice, credit.credits_line, invoiced.net_minor
        HAVING invoiced.net_minor IS NULL OR sum(credit.net_minor) > invoiced.net_minor
    ) OR EXISTS (
        SELECT FROM (
            SELECT DISTINCT credits_invoice FROM document
            WHERE kind = 'creditNote' AND number > OLD.last_number AND number <= NEW.last_number
        ) AS touched
        JOIN document AS note ON note.kind = 'creditNote' AND note.credits_invoice = touched.credits_invoice
        JOIN document_tax AS credit ON credit.kind = note.kind AND credit.number = note.number
        LEFT JOIN document_tax AS invoiced ON invoiced.kind = 'invoice' AND invoiced.number = note.credits_invoice
            AND invoiced.category = credit.category AND invoiced.basis_points = credit.basis_points
        GROUP BY note.credits_invoice, credit.category, credit.basis_points, invoiced.base_minor, invoiced.tax_minor
        HAVING invoiced.tax_minor IS NULL OR sum(credit.tax_minor) > invoiced.tax_minor
            OR (sum(credit.base_minor) = invoiced.base_minor AND sum(credit.tax_minor) <> invoiced.tax_minor)
    )) THEN
        RAISE EXCEPTION 'credits never exceed what was invoiced' USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_within_invoice';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER number_series_seal AFTER INSERT OR UPDATE OR DELETE ON number_series FOR EACH ROW EXECUTE FUNCTION seal_documents();

-- The run states exactly what was posted under it.
CREATE FUNCTION check_added_run() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    posted record;
BEGIN
    SELECT count(*) FILTER (WHERE kind = 'invoice') AS invoices, count(*) FILTER (WHERE kind = 'creditNote') AS credit_notes,
        coalesce(sum(CASE kind WHEN 'invoice' THEN net_minor ELSE -net_minor END), 0) AS net,
        coalesce(sum(CASE kind WHEN 'invoice' THEN vat_minor ELSE -vat_minor END), 0) AS vat
    INTO posted FROM document WHERE run_id = NEW.id AND issued_on = NEW.issued_on AND due_on IS NOT DISTINCT FROM
        CASE kind WHEN 'invoice' THEN NEW.due_on END;
    IF (posted.invoices, posted.credit_notes, posted.net, posted.vat)
        IS DISTINCT FROM (NEW.invoices, NEW.credit_notes, NEW.net_minor::numeric, NEW.vat_minor::numeric) THEN
        RAISE EXCEPTION 'a run states what it posted' USING ERRCODE = 'check_violation', CONSTRAINT = 'document_balanced';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER invoice_run_added AFTER INSERT ON invoice_run FOR EACH ROW EXECUTE FUNCTION check_added_run();
CREATE TRIGGER invoice_run_audit AFTER INSERT ON invoice_run FOR EACH ROW EXECUTE FUNCTION audit_change('id');

CREATE TRIGGER invoice_run_final BEFORE UPDATE OR DELETE OR TRUNCATE ON invoice_run FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_final BEFORE UPDATE OR DELETE OR TRUNCATE ON document FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_line_final BEFORE UPDATE OR DELETE OR TRUNCATE ON document_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_tax_final BEFORE UPDATE OR DELETE OR TRUNCATE ON document_tax FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, UPDATE ON number_series TO app;
GRANT SELECT, INSERT ON invoice_run, document, document_line, document_tax TO app;
