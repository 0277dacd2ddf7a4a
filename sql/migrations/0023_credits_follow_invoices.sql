-- A credit note gives back what was invoiced, so it is not dated before the invoice.
CREATE FUNCTION check_credit_days() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM added AS note JOIN document AS invoice ON invoice.kind = 'invoice' AND invoice.number = note.credits_invoice
        WHERE note.kind = 'creditNote' AND note.issued_on < invoice.issued_on
    ) THEN
        RAISE EXCEPTION 'a credit note is not dated before its invoice'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_after_invoice', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER document_credit_days AFTER INSERT ON document REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION check_credit_days();
