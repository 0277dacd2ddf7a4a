-- What the cost sharing adds to the register besides products and rate sheets: projects with their pledges, successions, runs that two people
-- make together, and saved scenarios.
ALTER TABLE adjustment DROP CONSTRAINT adjustment_subject,
    ADD CONSTRAINT adjustment_subject CHECK (subject ~ '^(association|supplier|(product|project):[1-9][0-9]*)$');

CREATE TABLE project (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CONSTRAINT project_name_text CHECK (name ~ '\S' AND name !~ '[[:cntrl:]]' AND length(name) <= 200),
    -- What it becomes, once that is known.
    product_id bigint REFERENCES product,
    target_minor bigint NOT NULL CONSTRAINT project_target CHECK (target_minor > 0),
    deadline date NOT NULL,
    decision_id bigint NOT NULL REFERENCES decision
);
-- People write a project's name as they please.
CREATE UNIQUE INDEX project_name_unique ON project (lower(name));
CREATE TRIGGER project_audit AFTER INSERT OR UPDATE OR DELETE ON project
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

CREATE TABLE pledge (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id bigint NOT NULL REFERENCES project,
    organisation_id bigint NOT NULL REFERENCES organisation,
    amount_minor bigint NOT NULL CONSTRAINT pledge_amount CHECK (amount_minor > 0),
    pledged_on date NOT NULL,
    withdrawn_on date CONSTRAINT pledge_withdrawn_after CHECK (withdrawn_on > pledged_on),
    paid_on date,
    -- Where the payment can be seen.
    proof text,
    -- What the payment does to the joining fee of the project's product.
    reduction text NOT NULL DEFAULT 'nothing' CONSTRAINT pledge_reduction CHECK (reduction IN ('nothing', 'amount', 'whole')),
    decision_id bigint NOT NULL REFERENCES decision,
    voided boolean NOT NULL DEFAULT false,
    CONSTRAINT pledge_paid_with_proof CHECK ((paid_on IS NULL) = (proof IS NULL) AND proof <> ''),
    CONSTRAINT pledge_once UNIQUE (project_id, organisation_id)
);
CREATE INDEX pledge_organisation ON pledge (organisation_id);
CREATE TRIGGER pledge_audit AFTER INSERT OR UPDATE OR DELETE ON pledge
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

CREATE TABLE succession (
    predecessor_id bigint PRIMARY KEY REFERENCES organisation,
    successor_id bigint NOT NULL REFERENCES organisation,
    on_day date NOT NULL,
    decision_id bigint NOT NULL REFERENCES decision,
    CONSTRAINT succession_of_another CHECK (predecessor_id <> successor_id)
);
CREATE INDEX succession_successor ON succession (successor_id);
CREATE TRIGGER succession_audit AFTER INSERT OR UPDATE OR DELETE ON succession
    FOR EACH ROW EXECUTE FUNCTION audit_change('predecessor_id');

-- Who takes somebody's place is not one whose own place that somebody has taken, however long the line.
CREATE FUNCTION check_succession() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        WITH RECURSIVE line AS (
            SELECT NEW.successor_id AS id UNION SELECT s.successor_id FROM line JOIN succession AS s ON s.predecessor_id = line.id)
        SELECT FROM line WHERE id = NEW.predecessor_id)
    THEN
        RAISE EXCEPTION 'a succession that leads back to its predecessor: %', NEW.predecessor_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'succession_no_circle', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER succession_line AFTER INSERT ON succession FOR EACH ROW EXECUTE FUNCTION check_succession();

-- An agreement that a succession ends leaves its place to the one that takes it over, which begins the day after.
DROP INDEX agreement_one_live;
CREATE UNIQUE INDEX agreement_one_live ON agreement (organisation_id, subject)
    WHERE state IN ('sent', 'signed', 'active', 'noticeGiven') AND end_reason IS DISTINCT FROM 'succeeded';

-- A run that one person prepares, another approves and somebody posts: the hash of what was seen is what may be posted.
CREATE TABLE prepared_run (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target text COLLATE "C" NOT NULL,
    scope text COLLATE "C" NOT NULL,
    inputs bytea NOT NULL CONSTRAINT prepared_run_inputs CHECK (octet_length(inputs) = 32),
    accepted text[] NOT NULL DEFAULT '{}',
    prepared_by text NOT NULL,
    prepared_on date NOT NULL,
    approved_by text,
    approved_on date,
    run_id bigint,
    CONSTRAINT prepared_run_approved_whole CHECK (num_nulls(approved_by, approved_on) IN (0, 2)),
    CONSTRAINT prepared_run_four_eyes CHECK (lower(approved_by) <> lower(prepared_by)),
    CONSTRAINT prepared_run_posted_once UNIQUE (run_id)
);
CREATE TRIGGER prepared_run_audit AFTER INSERT OR UPDATE OR DELETE ON prepared_run
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

-- What a steering group looked at, under a name: never changed, so that what was decided on can be found again.
CREATE TABLE scenario (
    name text PRIMARY KEY CONSTRAINT scenario_name CHECK (name ~ '\S' AND length(name) <= 100),
    year integer NOT NULL,
    made_by text NOT NULL,
    made_on date NOT NULL,
    changes text NOT NULL,
    outcome json NOT NULL
);
CREATE TRIGGER scenario_audit AFTER INSERT ON scenario FOR EACH ROW EXECUTE FUNCTION audit_change('name', 'outcome');
CREATE TRIGGER scenario_final BEFORE UPDATE OR DELETE OR TRUNCATE ON scenario FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What a line prints of its product and, after a succession, of whose key it is: text of the day of posting.
ALTER TABLE document_line ADD COLUMN subject_name text, ADD COLUMN account_name text;

ALTER TABLE invoice_run DROP CONSTRAINT invoice_run_kind,
    ADD CONSTRAINT invoice_run_kind CHECK (kind IN ('charges', 'creditByHand', 'reversal'));

GRANT SELECT, INSERT, UPDATE ON project, pledge, prepared_run TO app;
GRANT SELECT, INSERT ON succession, scenario TO app;
