-- Posted documents. Nothing here is ever changed: corrections are further documents.
--
-- Foreign keys checked row by row would double the cost of a posting, so references and sums are checked once per statement over all the
-- rows it added; the referenced rows cannot go away, because no role may delete them.

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
                AND length(fik) = 15 AND left(fik, 14) = lpad(number::text, 14, '0')
            ELSE due_on IS NULL AND credits_invoice IS NOT NULL AND fik IS NULL
        END),
    CONSTRAINT document_receiver CHECK (buyer_gln IS NOT NULL OR buyer_cvr IS NOT NULL)
);
CREATE INDEX document_run ON document (run_id);
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
    covers daterange NOT NULL,
    net_minor bigint NOT NULL CONSTRAINT document_line_net CHECK (net_minor > 0),
    vat_category text COLLATE "C" NOT NULL,
    vat_basis_points integer NOT NULL,
    credits_line integer CONSTRAINT document_line_credits CHECK ((credits_line IS NOT NULL) = (kind = 'creditNote')),
    derivation jsonb NOT NULL,
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

CREATE FUNCTION number_series_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR NEW.kind <> OLD.kind OR NEW.last_number < OLD.last_number THEN
        RAISE EXCEPTION 'a number series only grows' USING ERRCODE = 'check_violation', CONSTRAINT = 'document_series';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER number_series_only_grows BEFORE INSERT OR UPDATE OR DELETE ON number_series
    FOR EACH ROW EXECUTE FUNCTION number_series_only_grows();

-- New documents continue their series without a gap, go to organisations that exist, and correct invoices that exist.
CREATE FUNCTION check_added_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT kind, min(number) AS lowest, max(number) AS highest, count(*) AS documents FROM added GROUP BY kind) AS series
        WHERE highest - lowest + 1 <> documents
            OR lowest <> 1 + coalesce((SELECT max(number) FROM document WHERE kind = series.kind AND number < lowest), 0)
    ) THEN
        RAISE EXCEPTION 'document numbers are consecutive' USING ERRCODE = 'check_violation', CONSTRAINT = 'document_series';
    END IF;
    IF EXISTS (SELECT FROM added WHERE NOT EXISTS (SELECT FROM organisation WHERE id = added.organisation_id)) THEN
        RAISE EXCEPTION 'a document goes to an organisation' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'document_organisation';
    END IF;
    IF EXISTS (
        SELECT FROM added WHERE kind = 'creditNote'
            AND NOT EXISTS (SELECT FROM document AS invoice WHERE invoice.kind = 'invoice' AND invoice.number = added.credits_invoice)
    ) THEN
        RAISE EXCEPTION 'a credit note corrects an invoice' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'document_credits';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER document_added AFTER INSERT ON document REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION check_added_documents();

-- A document's lines arrive together and add up to it, so a line can never be slipped into a posted document; credits stay within what
-- was invoiced, per line.
CREATE FUNCTION check_added_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT kind, number FROM added) AS touched
        LEFT JOIN document USING (kind, number)
        CROSS JOIN LATERAL (
            SELECT sum(net_minor) AS net FROM document_line WHERE kind = touched.kind AND number = touched.number
        ) AS lines
        WHERE lines.net IS DISTINCT FROM document.net_minor
    ) THEN
        RAISE EXCEPTION 'the lines of a document add up to it' USING ERRCODE = 'check_violation', CONSTRAINT = 'document_balanced';
    END IF;
    IF EXISTS (SELECT FROM added WHERE NOT EXISTS (SELECT FROM organisation WHERE id = added.organisation_id)) THEN
        RAISE EXCEPTION 'a line belongs to an organisation' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'document_organisation';
    END IF;
    IF EXISTS (
        SELECT FROM (
            SELECT DISTINCT credits_invoice, credits_line FROM added JOIN document USING (kind, number) WHERE added.kind = 'creditNote'
        ) AS credited
        LEFT JOIN document_line AS invoiced
            ON invoiced.kind = 'invoice' AND invoiced.number = credited.credits_invoice AND invoiced.line = credited.credits_line
        CROSS JOIN LATERAL (
            SELECT sum(line.net_minor) AS net
            FROM document AS note JOIN document_line AS line USING (kind, number)
            WHERE note.credits_invoice = credited.credits_invoice AND line.credits_line = credited.credits_line
        ) AS credits
        WHERE invoiced.net_minor IS NULL OR credits.net > invoiced.net_minor
    ) THEN
        RAISE EXCEPTION 'credits never exceed what was invoiced' USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_within_invoice';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER document_line_added AFTER INSERT ON document_line REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION check_added_lines();

-- The tax of a document arrives last: its bases are its lines by rate, its sum is the document's.
CREATE FUNCTION check_added_taxes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT kind, number FROM added) AS touched
        LEFT JOIN document USING (kind, number)
        CROSS JOIN LATERAL (
            SELECT sum(base_minor) AS base, sum(tax_minor) AS tax FROM document_tax WHERE kind = touched.kind AND number = touched.number
        ) AS taxes
        WHERE taxes.base IS DISTINCT FROM document.net_minor OR taxes.tax IS DISTINCT FROM document.vat_minor
    ) OR EXISTS (
        SELECT FROM added
        CROSS JOIN LATERAL (
            SELECT sum(net_minor) AS net FROM document_line
            WHERE kind = added.kind AND number = added.number
                AND vat_category = added.category AND vat_basis_points = added.basis_points
        ) AS lines
        WHERE lines.net IS DISTINCT FROM added.base_minor
            OR (added.kind = 'invoice' AND added.tax_minor <> round(added.base_minor::numeric * added.basis_points / 10000))
    ) THEN
        RAISE EXCEPTION 'the tax of a document follows from its lines' USING ERRCODE = 'check_violation', CONSTRAINT = 'document_balanced';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER document_tax_added AFTER INSERT ON document_tax REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION check_added_taxes();

-- The run closes the posting: it states exactly what was posted under it.
CREATE FUNCTION check_added_run() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    posted record;
BEGIN
    SELECT count(*) FILTER (WHERE kind = 'invoice') AS invoices, count(*) FILTER (WHERE kind = 'creditNote') AS credit_notes,
        coalesce(sum(CASE kind WHEN 'invoice' THEN net_minor ELSE -net_minor END), 0) AS net,
        coalesce(sum(CASE kind WHEN 'invoice' THEN vat_minor ELSE -vat_minor END), 0) AS vat
    INTO posted FROM document WHERE run_id = NEW.id;
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
