-- Who may see what. Two layers keep organisations apart: the program asks only for what a caller's role allows, and these policies show a session
-- only what is its owner's, whatever was asked.
--
-- A session is a token set for one transaction (open_session). The policies look up the row it stands for; they believe no claim, so a statement that
-- somebody smuggled in can set nothing that shows it more than the token at hand does. Without a session the tables look empty.
--
-- migrator  owns everything; the policies bind it too (FORCE) and let it through by name, for migrations and the few functions that run as it.
-- app       serves requests: reads under the policies, and notes that its own token was used.
-- readonly  as app, without even that: for standby servers and reports.
-- batch     the secretariat's command line and the jobs: it posts across all organisations, and COPY takes no policies, so it passes them by.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- What app could do until now, batch does.
DO $$
DECLARE
    held record;
BEGIN
    FOR held IN
        SELECT table_name, string_agg(privilege_type, ', ') AS privileges FROM information_schema.role_table_grants
        WHERE grantee = 'app' AND table_schema = 'public' GROUP BY table_name
    LOOP
        EXECUTE format('GRANT %s ON %I TO batch', held.privileges, held.table_name);
        EXECUTE format('REVOKE ALL ON %I FROM app', held.table_name);
    END LOOP;
END
$$;
GRANT SELECT ON schema_migration TO app, readonly;

-- Personal tokens: 256 random bits that are shown once. What is kept is their SHA-256, which is enough to know one again and not to make one.
CREATE TABLE api_token (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id bigint NOT NULL REFERENCES person,
    role text NOT NULL CONSTRAINT api_token_role CHECK (role IN
        ('memberContact', 'memberAdministrator', 'supplier', 'secretariat', 'finance', 'board', 'auditor', 'operator')),
    organisation_id bigint REFERENCES organisation,
    scopes text[] NOT NULL CONSTRAINT api_token_scopes CHECK (cardinality(scopes) > 0 AND scopes <@
        ARRAY['organisations', 'people', 'agreements', 'products', 'rates', 'governance', 'invoices', 'audit']),
    prefix text COLLATE "C" NOT NULL CONSTRAINT api_token_prefix CHECK (prefix ~ '^os2m_[A-Za-z0-9_-]{8}$'),
    digest bytea NOT NULL CONSTRAINT api_token_digest CHECK (octet_length(digest) = 32),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    CONSTRAINT api_token_organisation CHECK ((organisation_id IS NOT NULL) = (role IN ('memberContact', 'memberAdministrator', 'supplier'))),
    CONSTRAINT api_token_lives CHECK (expires_at > created_at AND expires_at < created_at + interval '400 days'),
    CONSTRAINT api_token_digest_unique UNIQUE (digest),
    CONSTRAINT api_token_prefix_unique UNIQUE (prefix)
);
CREATE INDEX api_token_person ON api_token (person_id);
CREATE TRIGGER api_token_audit AFTER INSERT OR UPDATE OR DELETE ON api_token
    FOR EACH ROW EXECUTE FUNCTION audit_change('id', 'digest');

-- When a token was last used, to the minute or so. It is no part of the token: a token never changes but for its end.
CREATE TABLE api_token_use (
    token_id bigint PRIMARY KEY REFERENCES api_token,
    last_used_at timestamptz NOT NULL
);

-- A token that was revoked stays so.
CREATE FUNCTION check_revocation() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL THEN
        RAISE EXCEPTION 'a token is revoked once' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'api_token_revoked_once', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER api_token_revoked_once BEFORE UPDATE ON api_token FOR EACH ROW EXECUTE FUNCTION check_revocation();

-- What an organisation can expect to be charged for a year, as it was calculated on a day. It comes from everybody's facts (a shared total depends on
-- all who share it), so a caller's session could not calculate it; its own share is its own to see. Calculated anew, not corrected.
CREATE TABLE expectation (
    year integer PRIMARY KEY CONSTRAINT expectation_year CHECK (year BETWEEN 2000 AND 9998),
    calculated_on date NOT NULL
);
CREATE TABLE expected_amount (
    organisation_id bigint NOT NULL REFERENCES organisation,
    year integer NOT NULL REFERENCES expectation,
    subject text COLLATE "C" NOT NULL,
    charge text COLLATE "C" NOT NULL,
    -- Nothing where it could not be told, for the reason beside it.
    net_minor bigint,
    parked text COLLATE "C",
    PRIMARY KEY (organisation_id, year, subject, charge),
    CONSTRAINT expected_amount_told CHECK ((net_minor IS NULL) = (parked IS NOT NULL))
);

-- Sessions. These functions run as their owner and tell a session of nothing but itself.

-- Begins a session for the rest of the transaction; no row, and a session that sees nothing, when the token is none, was revoked or has expired.
CREATE FUNCTION open_session(secret text)
RETURNS TABLE (id bigint, role text, organisation_id bigint, scopes text[], prefix text, expires_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM set_config('os2medlem.session', secret, true);
    RETURN QUERY SELECT t.id, t.role, t.organisation_id, t.scopes, t.prefix, t.expires_at FROM api_token AS t
        WHERE t.digest = sha256(convert_to(secret, 'UTF8')) AND t.revoked_at IS NULL AND t.expires_at > now();
END
$$;

CREATE FUNCTION session_token() RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN (SELECT t.id FROM api_token AS t
        WHERE t.digest = sha256(convert_to(current_setting('os2medlem.session', true), 'UTF8'))
            AND t.revoked_at IS NULL AND t.expires_at > now());
END
$$;

CREATE FUNCTION session_role() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT t.role FROM api_token AS t
        WHERE t.digest = sha256(convert_to(current_setting('os2medlem.session', true), 'UTF8'))
            AND t.revoked_at IS NULL AND t.expires_at > now()), 'anonymous');
END
$$;

CREATE FUNCTION session_sees_all() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN session_role() IN ('secretariat', 'finance', 'board', 'auditor');
END
$$;

-- The organisation whose session it is, and those whose place it has taken by today.
CREATE FUNCTION session_organisations() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    own bigint := (SELECT t.organisation_id FROM api_token AS t
        WHERE t.digest = sha256(convert_to(current_setting('os2medlem.session', true), 'UTF8'))
            AND t.revoked_at IS NULL AND t.expires_at > now());
BEGIN
    IF own IS NULL THEN
        RETURN '{}';
    END IF;
    IF NOT EXISTS (SELECT FROM succession WHERE successor_id = own) THEN
        RETURN ARRAY[own];
    END IF;
    RETURN ARRAY(
        WITH RECURSIVE line AS (
            SELECT own AS id
            UNION SELECT s.predecessor_id FROM line JOIN succession AS s ON s.successor_id = line.id
            WHERE s.on_day <= (now() AT TIME ZONE 'Europe/Copenhagen')::date)
        SELECT line.id FROM line);
END
$$;

-- The groups in which the session's organisation has, or ever had, a seat.
CREATE FUNCTION session_groups() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    own bigint[] := session_organisations();
BEGIN
    RETURN ARRAY(SELECT s.group_id FROM seat AS s WHERE s.organisation_id = ANY (own) AND NOT s.voided);
END
$$;

-- Those whose contact persons it may ask: where it sits today or will, and those of the products it has joined or supplies.
CREATE FUNCTION session_contact_groups() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    own bigint[] := session_organisations();
    today date := (now() AT TIME ZONE 'Europe/Copenhagen')::date;
BEGIN
    RETURN ARRAY(
        SELECT s.group_id FROM seat AS s WHERE s.organisation_id = ANY (own) AND NOT s.voided AND coalesce(upper(s.during) > today, true)
        UNION ALL
        SELECT g.id FROM agreement AS a JOIN governance_group AS g ON g.product_id = substr(a.subject, 9)::bigint
        WHERE a.organisation_id = ANY (own) AND a.subject LIKE 'product:%' AND a.state IN ('active', 'noticeGiven')
            AND coalesce(upper(a.during) > today, true)
        UNION ALL
        SELECT g.id FROM supplier_role AS r JOIN governance_group AS g ON g.product_id = r.product_id
        WHERE r.organisation_id = ANY (own) AND coalesce(upper(r.during) > today, true));
END
$$;

-- Runs with their sums over everybody, for those who see everybody.
CREATE FUNCTION posted_runs() RETURNS SETOF invoice_run LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF session_sees_all() THEN
        RETURN QUERY SELECT * FROM invoice_run;
    END IF;
END
$$;

-- How many seats and votes groups have on a day: their number is no secret to who sees the group, though whose they are is. batch, which passes the
-- policies by, is told of all.
CREATE FUNCTION group_sizes(groups bigint[], on_day date) RETURNS TABLE (group_id bigint, seats bigint, votes bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    own bigint[] := session_groups();
    sees_all boolean := session_sees_all() OR 'batch' IN (session_user, current_setting('role'));
BEGIN
    RETURN QUERY SELECT s.group_id, count(*), sum(s.votes)::bigint
        FROM seat AS s JOIN governance_group AS g ON g.id = s.group_id
        WHERE s.group_id = ANY (groups) AND (sees_all OR s.group_id = ANY (own)) AND NOT s.voided AND s.during * g.during @> on_day
        GROUP BY s.group_id;
END
$$;

-- Policies are asked once a statement: what is in (SELECT …) is computed beforehand, and only where it is needed.

DO $$
DECLARE
    held text;
BEGIN
    FOREACH held IN ARRAY ARRAY['organisation', 'organisation_gln', 'billing_contact', 'inhabitants', 'person', 'contact_role', 'agreement',
        'agreement_document', 'agreement_form', 'adjustment', 'document', 'document_line', 'document_tax', 'invoice_run', 'prepared_run', 'scenario',
        'size_placement', 'frozen_size', 'pledge', 'succession', 'supplier_role', 'governance_group', 'seat', 'meeting', 'attendance', 'commission',
        'commission_document', 'decision', 'audit_entry', 'api_token', 'api_token_use', 'expected_amount', 'setting']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', held);
        EXECUTE format('CREATE POLICY owner ON %I TO migrator USING (true) WITH CHECK (true)', held);
    END LOOP;
    -- An organisation's own rows, and every row for those who see all.
    FOREACH held IN ARRAY ARRAY['organisation_gln', 'billing_contact', 'inhabitants', 'contact_role', 'agreement', 'document', 'document_line',
        'pledge', 'expected_amount']
    LOOP
        EXECUTE format(
            'CREATE POLICY own ON %I FOR SELECT TO app, readonly
                USING (organisation_id = ANY ((SELECT session_organisations())::bigint[]) OR (SELECT session_sees_all()))', held);
    END LOOP;
END
$$;

CREATE POLICY own ON agreement_document FOR SELECT TO app, readonly
    USING (EXISTS (SELECT FROM agreement AS a WHERE a.id = agreement_id));
CREATE POLICY own ON agreement_form FOR SELECT TO app, readonly
    USING (EXISTS (SELECT FROM agreement AS a WHERE a.id = agreement_id));
CREATE POLICY own ON document_tax FOR SELECT TO app, readonly
    USING (EXISTS (SELECT FROM document AS d WHERE d.kind = document_tax.kind AND d.number = document_tax.number));
-- For what an invoice prints of its seller; the sums of the run are in no column that app may read.
CREATE POLICY own ON invoice_run FOR SELECT TO app, readonly
    USING ((SELECT session_sees_all())
        OR id IN (SELECT d.run_id FROM document AS d WHERE d.organisation_id = ANY ((SELECT session_organisations())::bigint[])));
-- How a run was prepared and approved, for those who see the run's sums.
CREATE POLICY own ON prepared_run FOR SELECT TO app, readonly
    USING ((SELECT session_sees_all()));
CREATE POLICY own ON succession FOR SELECT TO app, readonly
    USING (predecessor_id = ANY ((SELECT session_organisations())::bigint[]) OR successor_id = ANY ((SELECT session_organisations())::bigint[])
        OR (SELECT session_sees_all()));

-- Who supplies what is published.
CREATE POLICY published ON supplier_role FOR SELECT TO app, readonly USING (true);

-- What a published price list is worked out with; how the association runs its books is in the other settings.
CREATE POLICY published ON setting FOR SELECT TO app, readonly
    USING (name IN ('size-bounds', 'contribution-member', 'contribution-non-member'));

-- Groups: those an organisation sits in, and those it may ask. Of the others in them it sees whom to ask, and only while that is its business.
CREATE POLICY own ON governance_group FOR SELECT TO app, readonly
    USING (id = ANY ((SELECT session_groups())::bigint[]) OR id = ANY ((SELECT session_contact_groups())::bigint[]) OR (SELECT session_sees_all()));
CREATE POLICY own ON seat FOR SELECT TO app, readonly
    USING (organisation_id = ANY ((SELECT session_organisations())::bigint[])
        OR (role IN ('contact', 'productCoordinator') AND NOT voided AND group_id = ANY ((SELECT session_contact_groups())::bigint[])
            AND coalesce(upper(during) > (now() AT TIME ZONE 'Europe/Copenhagen')::date, true))
        OR (SELECT session_sees_all()));
-- Meetings of the days on which it sat there, and who of the people it had there then came.
CREATE POLICY own ON meeting FOR SELECT TO app, readonly
    USING ((SELECT session_sees_all()) OR EXISTS (
        SELECT FROM seat AS s WHERE s.group_id = meeting.group_id AND s.organisation_id = ANY ((SELECT session_organisations())::bigint[])
            AND NOT s.voided AND s.during @> meeting.held_on));
CREATE POLICY own ON attendance FOR SELECT TO app, readonly
    USING ((SELECT session_sees_all()) OR EXISTS (
        SELECT FROM meeting AS m JOIN seat AS s ON s.group_id = m.group_id
        WHERE m.id = meeting_id AND s.person_id = attendance.person_id AND NOT s.voided AND s.during @> m.held_on
            AND s.organisation_id = ANY ((SELECT session_organisations())::bigint[])));

-- People: an organisation's own, and whom to ask about its groups and about products. What a policy looks into is itself under one: seats are the own
-- ones and the contacts.
CREATE POLICY own ON person FOR SELECT TO app, readonly
    USING (EXISTS (SELECT FROM seat AS s WHERE s.person_id = person.id AND NOT s.voided)
        OR EXISTS (SELECT FROM contact_role AS c WHERE c.person_id = person.id)
        OR (SELECT session_sees_all())
        OR ((SELECT session_role()) IN ('memberContact', 'memberAdministrator', 'supplier')
            AND EXISTS (SELECT FROM product AS p WHERE p.coordinator_id = person.id)));
-- Organisations: one's own, the one that keeps the register, whoever supplies a product, and where those one may ask are employed.
CREATE POLICY own ON organisation FOR SELECT TO app, readonly
    USING (id = ANY ((SELECT session_organisations())::bigint[])
        OR (SELECT session_sees_all())
        OR kind = 'association'
        OR EXISTS (SELECT FROM supplier_role AS r WHERE r.organisation_id = organisation.id)
        OR EXISTS (SELECT FROM seat AS s WHERE s.organisation_id = organisation.id));

-- Decisions behind prices are published with them; others are seen by those they are about.
CREATE POLICY own ON decision FOR SELECT TO app, readonly
    USING (EXISTS (SELECT FROM rate_sheet AS r WHERE r.decision_id = decision.id)
        OR EXISTS (SELECT FROM rate_row AS r WHERE r.decision_id = decision.id)
        OR EXISTS (SELECT FROM dues_rate AS r WHERE r.decision_id = decision.id)
        OR (SELECT session_sees_all())
        OR EXISTS (SELECT FROM agreement AS a WHERE a.end_decision_id = decision.id)
        OR EXISTS (SELECT FROM pledge AS g WHERE g.decision_id = decision.id)
        OR EXISTS (SELECT FROM governance_group AS g WHERE g.decision_id = decision.id)
        OR EXISTS (SELECT FROM seat AS s WHERE s.decision_id = decision.id));

CREATE POLICY own ON audit_entry FOR SELECT TO app, readonly
    USING ((SELECT session_role()) IN ('secretariat', 'auditor'));

-- A session notes its own use.
CREATE POLICY own ON api_token_use TO app
    USING (token_id = (SELECT session_token())) WITH CHECK (token_id = (SELECT session_token()));

-- For the questions that are asked all day.
CREATE INDEX seat_contact ON seat (group_id) WHERE role IN ('contact', 'productCoordinator') AND NOT voided;
CREATE INDEX product_coordinator ON product (coordinator_id);
CREATE INDEX agreement_end_decision ON agreement (end_decision_id) WHERE end_decision_id IS NOT NULL;
CREATE INDEX seat_decision ON seat (decision_id) WHERE decision_id IS NOT NULL;

-- Grants. Nobody runs a function that was not given to them.
DO $$
DECLARE
    made regprocedure;
BEGIN
    FOR made IN SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND pg_get_userbyid(proowner) = current_user LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', made);
    END LOOP;
END
$$;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cvr_is_valid(text), gln_is_valid(text), begins_billing_period(date, text), billing_period_start(date, text),
    price_model(jsonb) TO batch;
GRANT EXECUTE ON FUNCTION open_session(text), session_token(), session_role(), session_sees_all(), session_organisations(), session_groups(),
    session_contact_groups(), posted_runs() TO app, readonly;
GRANT EXECUTE ON FUNCTION group_sizes(bigint[], date) TO app, readonly, batch;
GRANT SELECT ON organisation, organisation_gln, billing_contact, inhabitants, person, contact_role, agreement, agreement_document, agreement_form,
    document, document_line, document_tax, pledge, succession, supplier_role, governance_group, seat, meeting, attendance, decision,
    audit_entry, expectation, expected_amount, product, project, rate_sheet, rate_row, dues_rate, prepared_run, setting TO app, readonly;
GRANT SELECT (id, kind, target, issued_on, due_on, seller_name, seller_cvr, seller_gln, seller_street, seller_postal_code, seller_city, creditor_number)
    ON invoice_run TO app, readonly;
GRANT SELECT, INSERT, UPDATE ON api_token_use TO app;
GRANT SELECT ON api_token_use TO batch;
GRANT SELECT (id, person_id, role, organisation_id, scopes, prefix, created_at, expires_at, revoked_at),
    INSERT (person_id, role, organisation_id, scopes, prefix, digest, expires_at), UPDATE (revoked_at) ON api_token TO batch;
GRANT SELECT, INSERT, UPDATE ON expectation TO batch;
GRANT SELECT, INSERT, DELETE ON expected_amount TO batch;
