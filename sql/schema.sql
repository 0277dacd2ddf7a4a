-- What the migrations make, written by `make schema`; change sql/migrations, not this file.
--
-- PostgreSQL database dump
--

--
-- Name: os2medlem; Type: DATABASE; Schema: -; Owner: migrator
--

CREATE DATABASE os2medlem WITH TEMPLATE = template0 ENCODING = 'UTF8' LOCALE_PROVIDER = icu LOCALE = 'C.UTF-8' ICU_LOCALE = 'da-DK';

ALTER DATABASE os2medlem OWNER TO migrator;

--
-- Name: os2medlem; Type: DATABASE PROPERTIES; Schema: -; Owner: migrator
--

ALTER DATABASE os2medlem SET log_parameter_max_length TO '0';
ALTER DATABASE os2medlem SET log_parameter_max_length_on_error TO '0';

--
-- Name: btree_gist; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

--
-- Name: EXTENSION btree_gist; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';

--
-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

--
-- Name: EXTENSION pg_trgm; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

--
-- Name: access_kept_since(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.access_kept_since() RETURNS date
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Europe/Copenhagen')::date;
    months integer := coalesce(
        (SELECT s.value::integer FROM setting AS s WHERE s.name = 'access-retention' AND s.valid_from <= today ORDER BY s.valid_from DESC LIMIT 1), 12);
BEGIN
    RETURN today - make_interval(months => months);
END
$$;

ALTER FUNCTION public.access_kept_since() OWNER TO migrator;

--
-- Name: audit_change(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.audit_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    actor text := current_setting('os2medlem.actor', true);
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - TG_ARGV[1:] END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - TG_ARGV[1:] END;
BEGIN
    IF coalesce(actor, '') = '' THEN
        RAISE EXCEPTION 'a change of % has no actor', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'actor_missing', TABLE = TG_TABLE_NAME;
    END IF;
    IF old_row IS DISTINCT FROM new_row THEN
        INSERT INTO audit_entry (actor, use_case, record, record_id, before, after)
        VALUES (actor, current_setting('os2medlem.use_case', true), TG_TABLE_NAME,
            (SELECT string_agg(coalesce(new_row, old_row) ->> key, ' ' ORDER BY place)
                FROM unnest(string_to_array(TG_ARGV[0], ',')) WITH ORDINALITY AS keys (key, place)),
            old_row, new_row);
    END IF;
    RETURN NULL;
END
$$;

ALTER FUNCTION public.audit_change() OWNER TO migrator;

--
-- Name: begins_billing_period(date, text); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.begins_billing_period(day date, frequency text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
    SELECT extract(day FROM day) = 1
        AND (extract(month FROM day) = 1 OR (frequency = 'halfYearly' AND extract(month FROM day) = 7))
$$;

ALTER FUNCTION public.begins_billing_period(day date, frequency text) OWNER TO migrator;

--
-- Name: billing_period_start(date, text); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.billing_period_start(day date, frequency text) RETURNS date
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
    SELECT make_date(extract(year FROM day)::integer, CASE WHEN frequency = 'halfYearly' AND extract(month FROM day) > 6 THEN 7 ELSE 1 END, 1)
$$;

ALTER FUNCTION public.billing_period_start(day date, frequency text) OWNER TO migrator;

--
-- Name: check_access_kept(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.check_access_kept() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF (OLD.at AT TIME ZONE 'Europe/Copenhagen')::date >= access_kept_since() THEN
        RAISE EXCEPTION 'DELETE on % is refused: what was read is on record since %', TG_TABLE_NAME, access_kept_since()
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'posted_is_final', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END
$$;

ALTER FUNCTION public.check_access_kept() OWNER TO migrator;

--
-- Name: check_added_run(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.check_added_run() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.check_added_run() OWNER TO migrator;

--
-- Name: check_agreement_form(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.check_agreement_form() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM agreement WHERE id = NEW.agreement_id AND subject LIKE 'product:%') THEN
        RAISE EXCEPTION 'only an agreement on a product changes its form'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_passive_on_product', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

ALTER FUNCTION public.check_agreement_form() OWNER TO migrator;

--
-- Name: check_agreement_product(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.check_agreement_product() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM product WHERE id = substr(NEW.subject, 9)::bigint) THEN
        RAISE EXCEPTION 'an agreement on a product that is not registered: %', NEW.subject
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'agreement_product', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

ALTER FUNCTION public.check_agreement_product() OWNER TO migrator;

--
-- Name: check_credit_days(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.check_credit_days() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.check_credit_days() OWNER TO migrator;

--
-- Name: check_prepared_run(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.check_prepared_run() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF (NEW.id, NEW.target, NEW.scope, NEW.inputs, NEW.accepted, NEW.prepared_by, NEW.prepared_on, NEW.reverses)
            IS DISTINCT FROM (OLD.id, OLD.target, OLD.scope, OLD.inputs, OLD.accepted, OLD.prepared_by, OLD.prepared_on, OLD.reverses)
        OR (OLD.approved_by IS NOT NULL AND (NEW.approved_by, NEW.approved_on) IS DISTINCT FROM (OLD.approved_by, OLD.approved_on))
        OR (OLD.run_id IS NOT NULL AND NEW.run_id IS DISTINCT FROM OLD.run_id)
        OR (NEW.run_id IS NOT NULL AND NEW.approved_by IS NULL) THEN
        RAISE EXCEPTION 'a prepared run is approved once and posted once, and otherwise stays as it is'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'prepared_run_final';
    END IF;
    RETURN NEW;
END
$$;

ALTER FUNCTION public.check_prepared_run() OWNER TO migrator;

--
-- Name: check_rate_sheet_rows(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.check_rate_sheet_rows() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.check_rate_sheet_rows() OWNER TO migrator;

--
-- Name: check_refreeze(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.check_refreeze() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    is_first_figure boolean := OLD.inhabitants IS NULL AND NEW.inhabitants IS NOT NULL
        AND (NEW.organisation_id, NEW.year, NEW.size_class, NEW.reason, NEW.placement_decision_id, NEW.frozen_by_decision_id)
            IS NOT DISTINCT FROM
            (OLD.organisation_id, OLD.year, OLD.size_class, OLD.reason, OLD.placement_decision_id, OLD.frozen_by_decision_id);
BEGIN
    IF NOT is_first_figure AND (
        NEW.frozen_by_decision_id IS NULL OR NEW.frozen_by_decision_id IS NOT DISTINCT FROM OLD.frozen_by_decision_id
        OR (NEW.organisation_id, NEW.year) IS DISTINCT FROM (OLD.organisation_id, OLD.year)) THEN
        RAISE EXCEPTION 'a frozen size changes only by a decision of its own'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'frozen_size_decided';
    END IF;
    RETURN NEW;
END
$$;

ALTER FUNCTION public.check_refreeze() OWNER TO migrator;

--
-- Name: check_revocation(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.check_revocation() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL THEN
        RAISE EXCEPTION 'a token is revoked once' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'api_token_revoked_once', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;

ALTER FUNCTION public.check_revocation() OWNER TO migrator;

--
-- Name: check_seat(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.check_seat() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    held governance_group;
BEGIN
    SELECT * INTO held FROM governance_group WHERE id = NEW.group_id;
    IF held.kind = 'generalAssembly' THEN
        RAISE EXCEPTION 'a general assembly has no seats'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'seat_not_in_assembly', TABLE = TG_TABLE_NAME;
    END IF;
    IF NOT held.during @> lower(NEW.during) THEN
        RAISE EXCEPTION 'a seat that begins when its group is not there'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'seat_within_group', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

ALTER FUNCTION public.check_seat() OWNER TO migrator;

--
-- Name: check_succession(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.check_succession() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.check_succession() OWNER TO migrator;

--
-- Name: cvr_is_valid(text); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.cvr_is_valid(cvr text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $_$
    SELECT cvr ~ '^[1-9][0-9]{7}$' AND
        (SELECT sum(substr(cvr, place, 1)::integer * weight) % 11 = 0
         FROM unnest(ARRAY[2, 7, 6, 5, 4, 3, 2, 1]) WITH ORDINALITY AS digit (weight, place_number)
         CROSS JOIN LATERAL (SELECT place_number::integer AS place) AS position)
$_$;

ALTER FUNCTION public.cvr_is_valid(cvr text) OWNER TO migrator;

--
-- Name: forget_accesses(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.forget_accesses() RETURNS TABLE(forgotten bigint, kept_since date)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    actor text := current_setting('os2medlem.actor', true);
BEGIN
    IF coalesce(actor, '') = '' THEN
        RAISE EXCEPTION 'forgetting has no actor'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'actor_missing', TABLE = 'access_entry';
    END IF;
    kept_since := access_kept_since();
    DELETE FROM access_entry AS e WHERE e.at < kept_since::timestamp AT TIME ZONE 'Europe/Copenhagen';
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    IF forgotten > 0 THEN
        INSERT INTO audit_entry (actor, use_case, record, record_id, before)
        VALUES (actor, coalesce(current_setting('os2medlem.use_case', true), ''), 'access_entry', kept_since::text,
            jsonb_build_object('forgotten', forgotten));
    END IF;
    RETURN NEXT;
END
$$;

ALTER FUNCTION public.forget_accesses() OWNER TO migrator;

--
-- Name: gln_is_valid(text); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.gln_is_valid(gln text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $_$
    SELECT gln ~ '^[0-9]{13}$' AND
        (SELECT sum(substr(gln, place, 1)::integer * CASE WHEN place % 2 = 1 THEN 1 ELSE 3 END) % 10 = 0 FROM generate_series(1, 13) AS place)
$_$;

ALTER FUNCTION public.gln_is_valid(gln text) OWNER TO migrator;

--
-- Name: group_sizes(bigint[], date); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.group_sizes(groups bigint[], on_day date) RETURNS TABLE(group_id bigint, seats bigint, votes bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    own bigint[] := session_organisations();
    sees_all boolean := session_sees_all() OR 'batch' IN (session_user, current_setting('role'));
BEGIN
    RETURN QUERY SELECT s.group_id, count(*), sum(s.votes)::bigint
        FROM seat AS s JOIN governance_group AS g ON g.id = s.group_id
        WHERE s.group_id = ANY (groups) AND NOT s.voided AND s.during * g.during @> on_day
            AND (sees_all OR EXISTS (
                SELECT FROM seat AS mine
                WHERE mine.group_id = s.group_id AND mine.organisation_id = ANY (own) AND NOT mine.voided AND mine.during @> on_day))
        GROUP BY s.group_id;
END
$$;

ALTER FUNCTION public.group_sizes(groups bigint[], on_day date) OWNER TO migrator;

--
-- Name: has_place(bigint, bigint); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.has_place(person bigint, organisation bigint) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Europe/Copenhagen')::date;
BEGIN
    RETURN EXISTS (SELECT FROM contact_role AS c
            WHERE c.person_id = person AND c.organisation_id = organisation AND coalesce(upper(c.during) > today, true))
        -- A condition NOT voided would offer the planner the exclusion constraint's index, which it thinks cheap and which has to be read nearly whole.
        OR EXISTS (SELECT FROM seat AS s
            WHERE s.person_id = person AND s.organisation_id = organisation
                AND CASE WHEN s.voided THEN false ELSE coalesce(upper(s.during) > today, true) END);
END
$$;

ALTER FUNCTION public.has_place(person bigint, organisation bigint) OWNER TO migrator;

--
-- Name: api_token; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.api_token (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    role text NOT NULL,
    organisation_id bigint,
    scopes text[] NOT NULL,
    prefix text NOT NULL COLLATE pg_catalog."C",
    digest bytea NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT api_token_digest CHECK ((octet_length(digest) = 32)),
    CONSTRAINT api_token_lives CHECK (((expires_at > created_at) AND (expires_at < (created_at + '400 days'::interval)))),
    CONSTRAINT api_token_organisation CHECK (((organisation_id IS NOT NULL) = (role = ANY (ARRAY['memberContact'::text, 'memberAdministrator'::text, 'supplier'::text])))),
    CONSTRAINT api_token_prefix CHECK ((prefix ~ '^os2m_[A-Za-z0-9_-]{8}$'::text)),
    CONSTRAINT api_token_role CHECK ((role = ANY (ARRAY['memberContact'::text, 'memberAdministrator'::text, 'supplier'::text, 'secretariat'::text, 'finance'::text, 'board'::text, 'auditor'::text, 'operator'::text]))),
    CONSTRAINT api_token_scopes CHECK (((cardinality(scopes) > 0) AND (scopes <@ ARRAY['organisations'::text, 'people'::text, 'agreements'::text, 'products'::text, 'rates'::text, 'governance'::text, 'invoices'::text, 'audit'::text])))
);

ALTER TABLE ONLY public.api_token FORCE ROW LEVEL SECURITY;

ALTER TABLE public.api_token OWNER TO migrator;

--
-- Name: live_tokens(text); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.live_tokens(secret text) RETURNS SETOF public.api_token
    LANGUAGE sql STABLE
    AS $$
    SELECT * FROM public.api_token AS t
    WHERE t.digest = sha256(convert_to(secret, 'UTF8')) AND t.revoked_at IS NULL AND t.expires_at > now()
$$;

ALTER FUNCTION public.live_tokens(secret text) OWNER TO migrator;

--
-- Name: note_access(text[], text[], bigint[], text[], text[], integer[]); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.note_access(requests text[], secrets text[], moments bigint[], operations text[], targets text[], statuses integer[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    WITH asked AS MATERIALIZED (
        SELECT t.id, t.prefix, t.person_id, t.role, t.organisation_id, to_timestamp(n.moment / 1e6) AS at, n.request, n.operation, n.target, n.status,
            n.place
        FROM unnest(requests, secrets, moments, operations, targets, statuses) WITH ORDINALITY
            AS n (request, secret, moment, operation, target, status, place)
        JOIN api_token AS t ON t.digest = sha256(convert_to(n.secret, 'UTF8'))
    ), noted AS (
        INSERT INTO access_entry (request, at, prefix, person_id, role, organisation_id, operation, target, status)
            SELECT request, at, prefix, person_id, role, organisation_id, operation, target, status FROM asked
            WHERE organisation_id IS NOT NULL ORDER BY place
            ON CONFLICT (request) DO NOTHING
    )
    -- In one order everywhere, so that two servers never wait for each other.
    INSERT INTO api_token_use AS u (token_id, last_used_at)
        SELECT used.id, used.at FROM (SELECT id, max(at) AS at FROM asked GROUP BY id) AS used
        LEFT JOIN api_token_use AS known ON known.token_id = used.id
        WHERE known.token_id IS NULL OR known.last_used_at < used.at - interval '1 minute'
        ORDER BY used.id
        ON CONFLICT (token_id) DO UPDATE SET last_used_at = excluded.last_used_at WHERE u.last_used_at < excluded.last_used_at;
END
$$;

ALTER FUNCTION public.note_access(requests text[], secrets text[], moments bigint[], operations text[], targets text[], statuses integer[]) OWNER TO migrator;

--
-- Name: open_session(text); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.open_session(secret text) RETURNS TABLE(id bigint, role text, organisation_id bigint, scopes text[], prefix text, expires_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    RETURN QUERY SELECT t.id, t.role, t.organisation_id, t.scopes, t.prefix, t.expires_at FROM live_tokens(secret) AS t
        WHERE t.organisation_id IS NULL OR has_place(t.person_id, t.organisation_id);
    PERFORM set_config('os2medlem.session', CASE WHEN FOUND THEN secret ELSE '' END, true);
END
$$;

ALTER FUNCTION public.open_session(secret text) OWNER TO migrator;

--
-- Name: invoice_run; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.invoice_run (
    id bigint NOT NULL,
    kind text NOT NULL,
    target text NOT NULL COLLATE pg_catalog."C",
    charges_begin date NOT NULL,
    issued_on date NOT NULL,
    due_on date NOT NULL,
    inputs bytea NOT NULL,
    posted_by text NOT NULL,
    posted_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    invoices bigint NOT NULL,
    credit_notes bigint NOT NULL,
    net_minor bigint NOT NULL,
    vat_minor bigint NOT NULL,
    seller_name text NOT NULL,
    seller_cvr text NOT NULL COLLATE pg_catalog."C",
    seller_gln text COLLATE pg_catalog."C",
    seller_street text,
    seller_postal_code text,
    seller_city text,
    creditor_number text NOT NULL COLLATE pg_catalog."C",
    scope text COLLATE pg_catalog."C",
    accepted text[],
    CONSTRAINT invoice_run_creditor_number CHECK ((creditor_number ~ '^8[0-9]{7}$'::text)),
    CONSTRAINT invoice_run_due_on CHECK ((due_on >= issued_on)),
    CONSTRAINT invoice_run_inputs CHECK ((octet_length(inputs) = 32)),
    CONSTRAINT invoice_run_kind CHECK ((kind = ANY (ARRAY['charges'::text, 'creditByHand'::text, 'reversal'::text]))),
    CONSTRAINT invoice_run_not_empty CHECK (((invoices + credit_notes) > 0)),
    CONSTRAINT invoice_run_scope CHECK (((num_nulls(scope, accepted) = ANY (ARRAY[0, 2])) AND ((scope IS NULL) OR (kind = 'charges'::text))))
);

ALTER TABLE ONLY public.invoice_run FORCE ROW LEVEL SECURITY;

ALTER TABLE public.invoice_run OWNER TO migrator;

--
-- Name: posted_runs(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.posted_runs() RETURNS SETOF public.invoice_run
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF session_sees_all() THEN
        RETURN QUERY SELECT * FROM invoice_run;
    END IF;
END
$$;

ALTER FUNCTION public.posted_runs() OWNER TO migrator;

--
-- Name: price_model(jsonb); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.price_model(price jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
    SELECT jsonb_build_object('model', price -> 'model', 'by', price -> 'by', 'weights', price -> 'weights', 'of', price -> 'of')
$$;

ALTER FUNCTION public.price_model(price jsonb) OWNER TO migrator;

--
-- Name: refuse_additions_to_sealed(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.refuse_additions_to_sealed() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF EXISTS (SELECT FROM added JOIN number_series USING (kind) WHERE added.number <= number_series.last_number) THEN
        RAISE EXCEPTION 'nothing is added to a posted document'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'posted_is_final', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

ALTER FUNCTION public.refuse_additions_to_sealed() OWNER TO migrator;

--
-- Name: refuse_change(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: what is posted or logged is final', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'posted_is_final', TABLE = TG_TABLE_NAME;
END
$$;

ALTER FUNCTION public.refuse_change() OWNER TO migrator;

--
-- Name: refuse_other_kind(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.refuse_other_kind() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    RAISE EXCEPTION 'a group keeps its kind' USING ERRCODE = 'check_violation', CONSTRAINT = 'governance_group_kind_stays', TABLE = TG_TABLE_NAME;
END
$$;

ALTER FUNCTION public.refuse_other_kind() OWNER TO migrator;

--
-- Name: seal_documents(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.seal_documents() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_nestloop TO 'off'
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.seal_documents() OWNER TO migrator;

--
-- Name: session_contact_groups(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.session_contact_groups() RETURNS bigint[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.session_contact_groups() OWNER TO migrator;

--
-- Name: session_groups(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.session_groups() RETURNS bigint[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    own bigint[] := session_organisations();
BEGIN
    RETURN ARRAY(SELECT s.group_id FROM seat AS s WHERE s.organisation_id = ANY (own) AND NOT s.voided);
END
$$;

ALTER FUNCTION public.session_groups() OWNER TO migrator;

--
-- Name: session_organisations(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.session_organisations() RETURNS bigint[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    own bigint := (SELECT t.organisation_id FROM live_tokens(current_setting('os2medlem.session', true)) AS t);
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

ALTER FUNCTION public.session_organisations() OWNER TO migrator;

--
-- Name: session_role(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.session_role() RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    RETURN coalesce((SELECT t.role FROM live_tokens(current_setting('os2medlem.session', true)) AS t), 'anonymous');
END
$$;

ALTER FUNCTION public.session_role() OWNER TO migrator;

--
-- Name: session_sees_all(); Type: FUNCTION; Schema: public; Owner: migrator
--

CREATE FUNCTION public.session_sees_all() RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    RETURN session_role() IN ('secretariat', 'finance', 'board', 'auditor');
END
$$;

ALTER FUNCTION public.session_sees_all() OWNER TO migrator;

--
-- Name: access_entry; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.access_entry (
    id bigint NOT NULL,
    request text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL,
    prefix text NOT NULL COLLATE pg_catalog."C",
    person_id bigint NOT NULL,
    role text NOT NULL COLLATE pg_catalog."C",
    organisation_id bigint NOT NULL,
    operation text NOT NULL COLLATE pg_catalog."C",
    target text NOT NULL COLLATE pg_catalog."C",
    status integer NOT NULL,
    CONSTRAINT access_entry_operation CHECK ((operation <> ''::text)),
    CONSTRAINT access_entry_request CHECK ((request ~ '^[0-9a-f]{16}$'::text)),
    CONSTRAINT access_entry_status CHECK (((status >= 200) AND (status <= 599))),
    CONSTRAINT access_entry_target CHECK ((target ~~ '/%'::text))
);

ALTER TABLE ONLY public.access_entry FORCE ROW LEVEL SECURITY;

ALTER TABLE public.access_entry OWNER TO migrator;

--
-- Name: access_entry_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.access_entry ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.access_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: adjustment; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.adjustment (
    id bigint NOT NULL,
    organisation_id bigint NOT NULL,
    subject text NOT NULL COLLATE pg_catalog."C",
    charge text NOT NULL COLLATE pg_catalog."C",
    billing_period text COLLATE pg_catalog."C",
    amount_minor bigint NOT NULL,
    reason text NOT NULL,
    decision_id bigint NOT NULL,
    CONSTRAINT adjustment_amount CHECK ((amount_minor > 0)),
    CONSTRAINT adjustment_billing_period CHECK ((billing_period ~ '^[2-9][0-9]{3}(H[12])?$'::text)),
    CONSTRAINT adjustment_charge CHECK ((charge = ANY (ARRAY['dues'::text, 'annualFee'::text, 'contribution'::text, 'joiningFee'::text, 'sharedCost'::text, 'pledge'::text, 'supplierFee'::text]))),
    CONSTRAINT adjustment_reason CHECK (((reason <> ''::text) AND (length(reason) <= 500))),
    CONSTRAINT adjustment_subject CHECK ((subject ~ '^(association|supplier|(product|project):[1-9][0-9]*)$'::text))
);

ALTER TABLE ONLY public.adjustment FORCE ROW LEVEL SECURITY;

ALTER TABLE public.adjustment OWNER TO migrator;

--
-- Name: adjustment_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.adjustment ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.adjustment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: agreement; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.agreement (
    id bigint NOT NULL,
    import_id text,
    organisation_id bigint NOT NULL,
    subject text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    sent_on date,
    signed_by text,
    signer_title text,
    signed_on date,
    countersigned_by text,
    countersigner_title text,
    countersigned_on date,
    during daterange,
    notice_received_on date,
    end_reason text,
    end_decision_id bigint,
    form text DEFAULT 'active'::text NOT NULL,
    notice_months integer DEFAULT 6 NOT NULL,
    notice_to text DEFAULT 'year'::text NOT NULL,
    minimum_last_day date,
    taken_over_from bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    notified_last_day date,
    notified_reason text,
    notified_decision_id bigint,
    CONSTRAINT agreement_countersignature_whole CHECK ((num_nulls(NULLIF(countersigned_by, ''::text), NULLIF(countersigner_title, ''::text), countersigned_on) = ANY (ARRAY[0, 3]))),
    CONSTRAINT agreement_during CHECK (((NOT isempty(during)) AND (NOT lower_inf(during)))),
    CONSTRAINT agreement_end_reason CHECK ((end_reason = ANY (ARRAY['notice'::text, 'exclusion'::text, 'succeeded'::text]))),
    CONSTRAINT agreement_exclusion_decided CHECK (((end_reason <> 'exclusion'::text) OR (end_decision_id IS NOT NULL))),
    CONSTRAINT agreement_form CHECK ((form = ANY (ARRAY['active'::text, 'passive'::text]))),
    CONSTRAINT agreement_notice_is_last_day CHECK (((subject <> 'association'::text) OR (end_reason <> 'notice'::text) OR (upper(during) = (notice_received_on + 1)))),
    CONSTRAINT agreement_notice_months CHECK (((notice_months >= 0) AND (notice_months <= 60))),
    CONSTRAINT agreement_notice_to CHECK ((notice_to = ANY (ARRAY['month'::text, 'quarter'::text, 'halfYear'::text, 'year'::text]))),
    CONSTRAINT agreement_notified_decided CHECK (((notified_reason <> 'exclusion'::text) OR (notified_decision_id IS NOT NULL))),
    CONSTRAINT agreement_notified_reason CHECK ((notified_reason = ANY (ARRAY['notice'::text, 'exclusion'::text, 'succeeded'::text]))),
    CONSTRAINT agreement_notified_whole CHECK ((num_nulls(notified_last_day, notified_reason) = ANY (ARRAY[0, 2]))),
    CONSTRAINT agreement_passive_on_product CHECK (((form = 'active'::text) OR (subject ~~ 'product:%'::text))),
    CONSTRAINT agreement_signature_whole CHECK ((num_nulls(NULLIF(signed_by, ''::text), NULLIF(signer_title, ''::text), signed_on) = ANY (ARRAY[0, 3]))),
    CONSTRAINT agreement_signed_in_order CHECK ((countersigned_on >= signed_on)),
    CONSTRAINT agreement_state CHECK ((state = ANY (ARRAY['draft'::text, 'sent'::text, 'signed'::text, 'active'::text, 'noticeGiven'::text, 'ended'::text, 'cancelled'::text, 'voided'::text]))),
    CONSTRAINT agreement_state_facts CHECK (
CASE state
    WHEN 'draft'::text THEN ((sent_on IS NULL) AND (signed_on IS NULL) AND (during IS NULL))
    WHEN 'sent'::text THEN ((sent_on IS NOT NULL) AND (signed_on IS NULL) AND (during IS NULL))
    WHEN 'signed'::text THEN ((signed_on IS NOT NULL) AND (countersigned_on IS NULL) AND (during IS NULL))
    WHEN 'active'::text THEN ((countersigned_on IS NOT NULL) AND (during IS NOT NULL) AND upper_inf(during) AND (end_reason IS NULL))
    WHEN 'noticeGiven'::text THEN ((countersigned_on IS NOT NULL) AND (during IS NOT NULL) AND (NOT upper_inf(during)) AND (end_reason IS NOT NULL))
    WHEN 'ended'::text THEN ((countersigned_on IS NOT NULL) AND (during IS NOT NULL) AND (NOT upper_inf(during)) AND (end_reason IS NOT NULL))
    WHEN 'cancelled'::text THEN ((signed_on IS NULL) AND (during IS NULL))
    WHEN 'voided'::text THEN (signed_on IS NOT NULL)
    ELSE NULL::boolean
END),
    CONSTRAINT agreement_subject CHECK ((subject ~ '^(association|supplier|product:[1-9][0-9]*)$'::text))
);

ALTER TABLE ONLY public.agreement FORCE ROW LEVEL SECURITY;

ALTER TABLE public.agreement OWNER TO migrator;

--
-- Name: agreement_document; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.agreement_document (
    id bigint NOT NULL,
    agreement_id bigint NOT NULL,
    file_name text NOT NULL,
    content bytea NOT NULL,
    sha256 bytea GENERATED ALWAYS AS (sha256(content)) STORED NOT NULL,
    CONSTRAINT agreement_document_content CHECK (((octet_length(content) >= 1) AND (octet_length(content) <= 20971520))),
    CONSTRAINT agreement_document_file_name CHECK (((file_name <> ''::text) AND (length(file_name) <= 255)))
);

ALTER TABLE ONLY public.agreement_document FORCE ROW LEVEL SECURITY;

ALTER TABLE public.agreement_document OWNER TO migrator;

--
-- Name: agreement_document_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.agreement_document ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.agreement_document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: agreement_form; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.agreement_form (
    agreement_id bigint NOT NULL,
    valid_from date NOT NULL,
    form text NOT NULL,
    CONSTRAINT agreement_form_form CHECK ((form = ANY (ARRAY['active'::text, 'passive'::text])))
);

ALTER TABLE ONLY public.agreement_form FORCE ROW LEVEL SECURITY;

ALTER TABLE public.agreement_form OWNER TO migrator;

--
-- Name: agreement_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.agreement ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.agreement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: api_token_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.api_token ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.api_token_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: api_token_use; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.api_token_use (
    token_id bigint NOT NULL,
    last_used_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.api_token_use FORCE ROW LEVEL SECURITY;

ALTER TABLE public.api_token_use OWNER TO migrator;

--
-- Name: attendance; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.attendance (
    meeting_id bigint NOT NULL,
    person_id bigint NOT NULL,
    present boolean NOT NULL
);

ALTER TABLE ONLY public.attendance FORCE ROW LEVEL SECURITY;

ALTER TABLE public.attendance OWNER TO migrator;

--
-- Name: audit_entry; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.audit_entry (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    actor text NOT NULL,
    use_case text NOT NULL,
    record text NOT NULL,
    record_id text NOT NULL,
    before jsonb,
    after jsonb
);

ALTER TABLE ONLY public.audit_entry FORCE ROW LEVEL SECURITY;

ALTER TABLE public.audit_entry OWNER TO migrator;

--
-- Name: audit_entry_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.audit_entry ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: billing_contact; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.billing_contact (
    organisation_id bigint NOT NULL,
    gln text COLLATE pg_catalog."C",
    reference text,
    order_number text,
    account_string text,
    CONSTRAINT billing_contact_account_string CHECK (((account_string ~ '\S'::text) AND (account_string !~ '[[:cntrl:]]'::text))),
    CONSTRAINT billing_contact_order_number CHECK (((order_number ~ '\S'::text) AND (order_number !~ '[[:cntrl:]]'::text))),
    CONSTRAINT billing_contact_reference CHECK (((reference ~ '\S'::text) AND (reference !~ '[[:cntrl:]]'::text)))
);

ALTER TABLE ONLY public.billing_contact FORCE ROW LEVEL SECURITY;

ALTER TABLE public.billing_contact OWNER TO migrator;

--
-- Name: commission; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.commission (
    id bigint NOT NULL,
    group_id bigint NOT NULL,
    version text NOT NULL COLLATE pg_catalog."C",
    signed_by text NOT NULL,
    signer_title text NOT NULL,
    signed_on date NOT NULL,
    link text,
    CONSTRAINT commission_link CHECK (((link ~ '^https?://[^[:space:][:cntrl:]]+$'::text) AND (length(link) <= 500))),
    CONSTRAINT commission_signed_by CHECK (((signed_by ~ '\S'::text) AND (signed_by !~ '[[:cntrl:]]'::text))),
    CONSTRAINT commission_signer_title CHECK (((signer_title ~ '\S'::text) AND (signer_title !~ '[[:cntrl:]]'::text))),
    CONSTRAINT commission_version CHECK (((version ~ '^[0-9]+(\.[0-9]+)*$'::text) AND (length(version) <= 20)))
);

ALTER TABLE ONLY public.commission FORCE ROW LEVEL SECURITY;

ALTER TABLE public.commission OWNER TO migrator;

--
-- Name: commission_document; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.commission_document (
    id bigint NOT NULL,
    commission_id bigint NOT NULL,
    file_name text NOT NULL,
    content bytea NOT NULL,
    sha256 bytea GENERATED ALWAYS AS (sha256(content)) STORED NOT NULL,
    CONSTRAINT commission_document_content CHECK (((octet_length(content) >= 1) AND (octet_length(content) <= 20971520))),
    CONSTRAINT commission_document_file_name CHECK (((file_name <> ''::text) AND (length(file_name) <= 255)))
);

ALTER TABLE ONLY public.commission_document FORCE ROW LEVEL SECURITY;

ALTER TABLE public.commission_document OWNER TO migrator;

--
-- Name: commission_document_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.commission_document ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.commission_document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: commission_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.commission ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.commission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: contact_role; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.contact_role (
    id bigint NOT NULL,
    organisation_id bigint NOT NULL,
    person_id bigint NOT NULL,
    role text NOT NULL,
    during daterange NOT NULL,
    CONSTRAINT contact_role_during CHECK (((NOT isempty(during)) AND (NOT lower_inf(during)))),
    CONSTRAINT contact_role_role CHECK ((role = ANY (ARRAY['primary'::text, 'billing'::text, 'signatory'::text, 'technical'::text])))
);

ALTER TABLE ONLY public.contact_role FORCE ROW LEVEL SECURITY;

ALTER TABLE public.contact_role OWNER TO migrator;

--
-- Name: contact_role_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.contact_role ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.contact_role_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: decision; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.decision (
    id bigint NOT NULL,
    reference text NOT NULL,
    decided_by text NOT NULL,
    decided_on date NOT NULL,
    title text NOT NULL,
    CONSTRAINT decision_decided_by CHECK ((decided_by = ANY (ARRAY['generalAssembly'::text, 'board'::text, 'steeringGroup'::text, 'secretariat'::text, 'authority'::text]))),
    CONSTRAINT decision_reference_text CHECK (((reference <> ''::text) AND (length(reference) <= 100))),
    CONSTRAINT decision_title_text CHECK (((title <> ''::text) AND (length(title) <= 500)))
);

ALTER TABLE ONLY public.decision FORCE ROW LEVEL SECURITY;

ALTER TABLE public.decision OWNER TO migrator;

--
-- Name: decision_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.decision ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: document; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.document (
    kind text NOT NULL COLLATE pg_catalog."C",
    number bigint NOT NULL,
    run_id bigint NOT NULL,
    organisation_id bigint NOT NULL,
    issued_on date NOT NULL,
    due_on date,
    credits_invoice bigint,
    fik text COLLATE pg_catalog."C",
    buyer_name text NOT NULL,
    buyer_cvr text COLLATE pg_catalog."C",
    buyer_gln text COLLATE pg_catalog."C",
    buyer_street text,
    buyer_postal_code text,
    buyer_city text,
    buyer_reference text NOT NULL,
    buyer_order_number text,
    buyer_account_string text,
    net_minor bigint NOT NULL,
    vat_minor bigint NOT NULL,
    waived json,
    CONSTRAINT document_kind CHECK ((kind = ANY (ARRAY['invoice'::text, 'creditNote'::text]))),
    CONSTRAINT document_kind_facts CHECK (
CASE kind
    WHEN 'invoice'::text THEN ((due_on IS NOT NULL) AND (credits_invoice IS NULL) AND (fik IS NOT NULL) AND (length(fik) = 15) AND (((fik)::bigint / 10) = number))
    ELSE ((due_on IS NULL) AND (credits_invoice IS NOT NULL) AND (fik IS NULL))
END),
    CONSTRAINT document_net CHECK ((net_minor > 0)),
    CONSTRAINT document_number CHECK ((number > 0)),
    CONSTRAINT document_receiver CHECK (((buyer_gln IS NOT NULL) OR (buyer_cvr IS NOT NULL))),
    CONSTRAINT document_vat CHECK ((vat_minor >= 0)),
    CONSTRAINT document_waived CHECK (((waived IS NULL) OR ((kind = 'invoice'::text) AND (json_array_length(waived) > 0))))
);

ALTER TABLE ONLY public.document FORCE ROW LEVEL SECURITY;

ALTER TABLE public.document OWNER TO migrator;

--
-- Name: document_line; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.document_line (
    kind text NOT NULL COLLATE pg_catalog."C",
    number bigint NOT NULL,
    line integer NOT NULL,
    organisation_id bigint NOT NULL,
    subject text NOT NULL COLLATE pg_catalog."C",
    charge text NOT NULL COLLATE pg_catalog."C",
    billing_period text COLLATE pg_catalog."C",
    revision integer NOT NULL,
    part integer NOT NULL,
    covers daterange NOT NULL,
    net_minor bigint NOT NULL,
    vat_category text NOT NULL COLLATE pg_catalog."C",
    vat_basis_points integer NOT NULL,
    credits_line integer,
    derivation json NOT NULL,
    subject_name text,
    account_name text,
    vat_decision text,
    CONSTRAINT document_line_covers CHECK (((NOT isempty(covers)) AND (NOT lower_inf(covers)) AND (NOT upper_inf(covers)))),
    CONSTRAINT document_line_credits CHECK (((credits_line IS NOT NULL) = (kind = 'creditNote'::text))),
    CONSTRAINT document_line_line CHECK ((line > 0)),
    CONSTRAINT document_line_net CHECK ((net_minor > 0)),
    CONSTRAINT document_line_part CHECK ((part > 0)),
    CONSTRAINT document_line_revision CHECK ((revision >= 0)),
    CONSTRAINT document_line_vat_decision CHECK ((vat_decision <> ''::text))
);

ALTER TABLE ONLY public.document_line FORCE ROW LEVEL SECURITY;

ALTER TABLE public.document_line OWNER TO migrator;

--
-- Name: document_tax; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.document_tax (
    kind text NOT NULL COLLATE pg_catalog."C",
    number bigint NOT NULL,
    category text NOT NULL COLLATE pg_catalog."C",
    basis_points integer NOT NULL,
    base_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    CONSTRAINT document_tax_base CHECK ((base_minor > 0)),
    CONSTRAINT document_tax_category CHECK ((category = ANY (ARRAY['S'::text, 'E'::text]))),
    CONSTRAINT document_tax_tax CHECK ((tax_minor >= 0))
);

ALTER TABLE ONLY public.document_tax FORCE ROW LEVEL SECURITY;

ALTER TABLE public.document_tax OWNER TO migrator;

--
-- Name: dues_rate; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.dues_rate (
    id bigint NOT NULL,
    year integer NOT NULL,
    basis text NOT NULL,
    amount_minor bigint,
    index_figure numeric,
    previous_index_figure numeric,
    index_source text,
    decision_id bigint NOT NULL,
    CONSTRAINT dues_rate_amount CHECK (((amount_minor >= 0) AND (amount_minor <= '100000000000000'::bigint))),
    CONSTRAINT dues_rate_basis CHECK ((basis = ANY (ARRAY['fixed'::text, 'indexed'::text]))),
    CONSTRAINT dues_rate_basis_facts CHECK (
CASE basis
    WHEN 'fixed'::text THEN ((amount_minor IS NOT NULL) AND (index_figure IS NULL) AND (previous_index_figure IS NULL))
    WHEN 'indexed'::text THEN ((amount_minor IS NULL) OR ((index_figure IS NOT NULL) AND (previous_index_figure IS NOT NULL)))
    ELSE NULL::boolean
END),
    CONSTRAINT dues_rate_index CHECK ((index_figure > (0)::numeric)),
    CONSTRAINT dues_rate_previous_index CHECK ((previous_index_figure > (0)::numeric)),
    CONSTRAINT dues_rate_year CHECK (((year >= 2000) AND (year <= 9998)))
);

ALTER TABLE public.dues_rate OWNER TO migrator;

--
-- Name: dues_rate_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.dues_rate ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.dues_rate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: expectation; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.expectation (
    year integer NOT NULL,
    calculated_on date NOT NULL,
    CONSTRAINT expectation_year CHECK (((year >= 2000) AND (year <= 9998)))
);

ALTER TABLE public.expectation OWNER TO migrator;

--
-- Name: expected_amount; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.expected_amount (
    organisation_id bigint NOT NULL,
    year integer NOT NULL,
    subject text NOT NULL COLLATE pg_catalog."C",
    charge text NOT NULL COLLATE pg_catalog."C",
    net_minor bigint,
    parked text COLLATE pg_catalog."C",
    CONSTRAINT expected_amount_told CHECK (((net_minor IS NULL) = (parked IS NOT NULL)))
);

ALTER TABLE ONLY public.expected_amount FORCE ROW LEVEL SECURITY;

ALTER TABLE public.expected_amount OWNER TO migrator;

--
-- Name: frozen_size; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.frozen_size (
    organisation_id bigint NOT NULL,
    year integer NOT NULL,
    inhabitants integer,
    counted_on date,
    size_class text,
    reason text,
    placement_decision_id bigint,
    frozen_by_decision_id bigint,
    CONSTRAINT frozen_size_class CHECK ((size_class = ANY (ARRAY['small'::text, 'medium'::text, 'large'::text, 'veryLarge'::text]))),
    CONSTRAINT frozen_size_headcount_whole CHECK ((num_nulls(inhabitants, counted_on) = ANY (ARRAY[0, 2]))),
    CONSTRAINT frozen_size_inhabitants CHECK ((inhabitants >= 0)),
    CONSTRAINT frozen_size_known CHECK ((num_nulls(inhabitants, size_class) < 2)),
    CONSTRAINT frozen_size_placement_whole CHECK ((num_nulls(size_class, reason, placement_decision_id) = ANY (ARRAY[0, 3]))),
    CONSTRAINT frozen_size_year CHECK (((year >= 2000) AND (year <= 9998)))
);

ALTER TABLE ONLY public.frozen_size FORCE ROW LEVEL SECURITY;

ALTER TABLE public.frozen_size OWNER TO migrator;

--
-- Name: governance_group; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.governance_group (
    id bigint NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    product_id bigint,
    during daterange NOT NULL,
    seat_limit integer,
    decision_id bigint,
    CONSTRAINT governance_group_during CHECK ((NOT isempty(during))),
    CONSTRAINT governance_group_kind CHECK ((kind = ANY (ARRAY['board'::text, 'generalAssembly'::text, 'steeringGroup'::text, 'coordinationGroup'::text, 'expertCommittee'::text, 'interestGroup'::text]))),
    CONSTRAINT governance_group_name_text CHECK (((name ~ '\S'::text) AND (name !~ '[[:cntrl:]]'::text) AND (length(name) <= 200))),
    CONSTRAINT governance_group_product CHECK (
CASE kind
    WHEN 'coordinationGroup'::text THEN (product_id IS NOT NULL)
    WHEN 'steeringGroup'::text THEN true
    ELSE (product_id IS NULL)
END),
    CONSTRAINT governance_group_seat_limit CHECK (((seat_limit >= 1) AND (seat_limit <= 1000)))
);

ALTER TABLE ONLY public.governance_group FORCE ROW LEVEL SECURITY;

ALTER TABLE public.governance_group OWNER TO migrator;

--
-- Name: governance_group_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.governance_group ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.governance_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: inhabitants; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.inhabitants (
    organisation_id bigint NOT NULL,
    counted_on date NOT NULL,
    inhabitants integer NOT NULL,
    source text NOT NULL,
    CONSTRAINT inhabitants_not_negative CHECK ((inhabitants >= 0)),
    CONSTRAINT inhabitants_source CHECK ((source <> ''::text))
);

ALTER TABLE ONLY public.inhabitants FORCE ROW LEVEL SECURITY;

ALTER TABLE public.inhabitants OWNER TO migrator;

--
-- Name: meeting; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.meeting (
    id bigint NOT NULL,
    group_id bigint NOT NULL,
    held_on date NOT NULL,
    called_on date,
    agenda text,
    minutes text,
    voided boolean DEFAULT false NOT NULL,
    CONSTRAINT meeting_agenda_link CHECK (((agenda ~ '^https?://[^[:space:][:cntrl:]]+$'::text) AND (length(agenda) <= 500))),
    CONSTRAINT meeting_called_before CHECK ((called_on <= held_on)),
    CONSTRAINT meeting_minutes_link CHECK (((minutes ~ '^https?://[^[:space:][:cntrl:]]+$'::text) AND (length(minutes) <= 500)))
);

ALTER TABLE ONLY public.meeting FORCE ROW LEVEL SECURITY;

ALTER TABLE public.meeting OWNER TO migrator;

--
-- Name: meeting_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.meeting ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.meeting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: number_series; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.number_series (
    kind text NOT NULL COLLATE pg_catalog."C",
    last_number bigint NOT NULL,
    CONSTRAINT number_series_kind CHECK ((kind = ANY (ARRAY['invoice'::text, 'creditNote'::text]))),
    CONSTRAINT number_series_last_number CHECK (((last_number >= 0) AND (last_number <= '99999999999999'::bigint)))
);

ALTER TABLE public.number_series OWNER TO migrator;

--
-- Name: organisation; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.organisation (
    id bigint NOT NULL,
    import_id text,
    kind text NOT NULL,
    name text NOT NULL,
    cvr text COLLATE pg_catalog."C",
    municipality_code text COLLATE pg_catalog."C",
    region_code text COLLATE pg_catalog."C",
    street text,
    postal_code text,
    city text,
    CONSTRAINT organisation_city_text CHECK (((city ~ '\S'::text) AND (city !~ '[[:cntrl:]]'::text))),
    CONSTRAINT organisation_cvr_valid CHECK (public.cvr_is_valid(cvr)),
    CONSTRAINT organisation_kind CHECK ((kind = ANY (ARRAY['municipality'::text, 'region'::text, 'stateBody'::text, 'otherPublicBody'::text, 'supplier'::text, 'association'::text]))),
    CONSTRAINT organisation_municipality_code CHECK (((municipality_code IS NULL) OR ((municipality_code ~ '^[0-9]{4}$'::text) AND (kind = 'municipality'::text)))),
    CONSTRAINT organisation_name_text CHECK (((name ~ '\S'::text) AND (name !~ '[[:cntrl:]]'::text) AND (length(name) <= 200))),
    CONSTRAINT organisation_postal_code CHECK ((postal_code ~ '^[0-9]{4}$'::text)),
    CONSTRAINT organisation_region_code CHECK (((region_code IS NULL) OR ((region_code ~ '^[0-9]{4}$'::text) AND (kind = ANY (ARRAY['municipality'::text, 'region'::text]))))),
    CONSTRAINT organisation_street_text CHECK (((street ~ '\S'::text) AND (street !~ '[[:cntrl:]]'::text)))
);

ALTER TABLE ONLY public.organisation FORCE ROW LEVEL SECURITY;

ALTER TABLE public.organisation OWNER TO migrator;

--
-- Name: organisation_gln; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.organisation_gln (
    gln text NOT NULL COLLATE pg_catalog."C",
    organisation_id bigint NOT NULL,
    CONSTRAINT organisation_gln_valid CHECK (public.gln_is_valid(gln))
);

ALTER TABLE ONLY public.organisation_gln FORCE ROW LEVEL SECURITY;

ALTER TABLE public.organisation_gln OWNER TO migrator;

--
-- Name: organisation_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.organisation ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.organisation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: person; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.person (
    id bigint NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    phone text,
    CONSTRAINT person_email_text CHECK (((email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text) AND (length(email) <= 254))),
    CONSTRAINT person_name_text CHECK (((name <> ''::text) AND (length(name) <= 200))),
    CONSTRAINT person_phone_text CHECK (((phone <> ''::text) AND (length(phone) <= 40)))
);

ALTER TABLE ONLY public.person FORCE ROW LEVEL SECURITY;

ALTER TABLE public.person OWNER TO migrator;

--
-- Name: person_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.person ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: pledge; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.pledge (
    id bigint NOT NULL,
    project_id bigint NOT NULL,
    organisation_id bigint NOT NULL,
    amount_minor bigint NOT NULL,
    pledged_on date NOT NULL,
    withdrawn_on date,
    paid_on date,
    proof text,
    reduction text DEFAULT 'nothing'::text NOT NULL,
    decision_id bigint NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    CONSTRAINT pledge_amount CHECK ((amount_minor > 0)),
    CONSTRAINT pledge_paid_with_proof CHECK ((((paid_on IS NULL) = (proof IS NULL)) AND (proof <> ''::text))),
    CONSTRAINT pledge_reduction CHECK ((reduction = ANY (ARRAY['nothing'::text, 'amount'::text, 'whole'::text]))),
    CONSTRAINT pledge_withdrawn_after CHECK ((withdrawn_on > pledged_on))
);

ALTER TABLE ONLY public.pledge FORCE ROW LEVEL SECURITY;

ALTER TABLE public.pledge OWNER TO migrator;

--
-- Name: pledge_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.pledge ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.pledge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: prepared_run; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.prepared_run (
    id bigint NOT NULL,
    target text NOT NULL COLLATE pg_catalog."C",
    scope text NOT NULL COLLATE pg_catalog."C",
    inputs bytea NOT NULL,
    accepted text[] DEFAULT '{}'::text[] NOT NULL,
    prepared_by text NOT NULL,
    prepared_on date NOT NULL,
    approved_by text,
    approved_on date,
    run_id bigint,
    reverses bigint,
    CONSTRAINT prepared_run_approved_whole CHECK ((num_nulls(approved_by, approved_on) = ANY (ARRAY[0, 2]))),
    CONSTRAINT prepared_run_four_eyes CHECK ((lower(approved_by) <> lower(prepared_by))),
    CONSTRAINT prepared_run_inputs CHECK ((octet_length(inputs) = 32))
);

ALTER TABLE ONLY public.prepared_run FORCE ROW LEVEL SECURITY;

ALTER TABLE public.prepared_run OWNER TO migrator;

--
-- Name: prepared_run_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.prepared_run ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.prepared_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: product; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.product (
    id bigint NOT NULL,
    name text NOT NULL,
    account text,
    repository text,
    level smallint,
    coordinator_id bigint,
    CONSTRAINT product_account_text CHECK (((account ~ '\S'::text) AND (account !~ '[[:cntrl:]]'::text) AND (length(account) <= 100))),
    CONSTRAINT product_level CHECK (((level >= 0) AND (level <= 3))),
    CONSTRAINT product_name_reserved CHECK ((lower(name) !~ '^(association$|supplier$|product:|project:)'::text)),
    CONSTRAINT product_name_text CHECK (((name ~ '\S'::text) AND (name !~ '[[:cntrl:]]'::text) AND (length(name) <= 100))),
    CONSTRAINT product_repository_text CHECK (((repository ~ '\S'::text) AND (repository !~ '[[:cntrl:]]'::text) AND (length(repository) <= 500)))
);

ALTER TABLE public.product OWNER TO migrator;

--
-- Name: product_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.product ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.product_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: project; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.project (
    id bigint NOT NULL,
    name text NOT NULL,
    product_id bigint,
    target_minor bigint NOT NULL,
    deadline date NOT NULL,
    decision_id bigint NOT NULL,
    CONSTRAINT project_name_text CHECK (((name ~ '\S'::text) AND (name !~ '[[:cntrl:]]'::text) AND (length(name) <= 200))),
    CONSTRAINT project_target CHECK ((target_minor > 0))
);

ALTER TABLE public.project OWNER TO migrator;

--
-- Name: project_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.project ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.project_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: rate_row; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.rate_row (
    id bigint NOT NULL,
    sheet_id bigint NOT NULL,
    charge text NOT NULL COLLATE pg_catalog."C",
    component text NOT NULL,
    during daterange NOT NULL,
    price jsonb NOT NULL,
    decision_id bigint NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    told_price jsonb GENERATED ALWAYS AS (
CASE
    WHEN ((price ->> 'by'::text) = 'given'::text) THEN jsonb_set(price, '{weights}'::text[], '[]'::jsonb)
    ELSE price
END) STORED NOT NULL,
    CONSTRAINT rate_row_charge CHECK ((charge = ANY (ARRAY['annualFee'::text, 'sharedCost'::text, 'joiningFee'::text, 'supplierFee'::text]))),
    CONSTRAINT rate_row_component_text CHECK (((component ~ '\S'::text) AND (component !~ '[[:cntrl:]]'::text) AND (length(component) <= 100))),
    CONSTRAINT rate_row_during CHECK (((NOT isempty(during)) AND (NOT lower_inf(during)))),
    CONSTRAINT rate_row_price_fits_charge CHECK ((((price ->> 'model'::text) = 'shared'::text) = (charge = 'sharedCost'::text))),
    CONSTRAINT rate_row_price_model CHECK (COALESCE(((price ->> 'model'::text) = ANY (ARRAY['amount'::text, 'perClass'::text, 'perInhabitant'::text, 'stepDown'::text, 'fraction'::text, 'shared'::text])), false)),
    CONSTRAINT rate_row_price_not_negative CHECK (((NOT jsonb_path_exists(price, '$.**?(@.type() == "number" && @ < 0)'::jsonpath)) AND COALESCE(((price ->> 'kronerEach'::text) ~ '^[0-9]+(\.[0-9]+)?$'::text), true) AND COALESCE(((price ->> 'ratio'::text) ~ '^[0-9]+(/[1-9][0-9]*)?$'::text), true))),
    CONSTRAINT rate_row_weights_not_all_zero CHECK (
CASE (price ->> 'by'::text)
    WHEN 'sizeClass'::text THEN jsonb_path_exists(price, '$."weights".*?(@ > 0)'::jsonpath)
    WHEN 'given'::text THEN jsonb_path_exists(price, '$."weights"[*]."weight"?(@ > 0)'::jsonpath)
    ELSE true
END)
);

ALTER TABLE public.rate_row OWNER TO migrator;

--
-- Name: rate_row_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.rate_row ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.rate_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: rate_sheet; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.rate_sheet (
    id bigint NOT NULL,
    subject text NOT NULL COLLATE pg_catalog."C",
    product_id bigint GENERATED ALWAYS AS (
CASE
    WHEN (subject <> 'supplier'::text) THEN (substr(subject, 9))::bigint
    ELSE NULL::bigint
END) STORED,
    during daterange NOT NULL,
    frequency text NOT NULL,
    pro_rata text NOT NULL,
    passive_numerator integer NOT NULL,
    passive_denominator integer NOT NULL,
    late_changes text,
    carries_contribution boolean NOT NULL,
    bound_small integer,
    bound_medium integer,
    bound_large integer,
    vat_category text,
    vat_basis_points integer,
    decision_id bigint NOT NULL,
    CONSTRAINT rate_sheet_bounds CHECK (((num_nulls(bound_small, bound_medium, bound_large) = 3) OR ((num_nulls(bound_small, bound_medium, bound_large) = 0) AND (0 < bound_small) AND (bound_small < bound_medium) AND (bound_medium < bound_large)))),
    CONSTRAINT rate_sheet_during CHECK (((NOT isempty(during)) AND (NOT lower_inf(during)))),
    CONSTRAINT rate_sheet_frequency CHECK ((frequency = ANY (ARRAY['yearly'::text, 'halfYearly'::text]))),
    CONSTRAINT rate_sheet_late_changes CHECK ((late_changes = ANY (ARRAY['nextPeriod'::text, 'settle'::text]))),
    CONSTRAINT rate_sheet_passive CHECK (((passive_denominator >= 1) AND ((passive_numerator >= 0) AND (passive_numerator <= passive_denominator)))),
    CONSTRAINT rate_sheet_pro_rata CHECK ((pro_rata = ANY (ARRAY['none'::text, 'halfYear'::text, 'startedMonths'::text, 'days'::text]))),
    CONSTRAINT rate_sheet_subject CHECK ((subject ~ '^(supplier|product:[1-9][0-9]*)$'::text)),
    CONSTRAINT rate_sheet_vat_basis_points CHECK ((((vat_basis_points >= 0) AND (vat_basis_points <= 10000)) AND ((vat_category = 'E'::text) = (vat_basis_points = 0)))),
    CONSTRAINT rate_sheet_vat_category CHECK ((vat_category = ANY (ARRAY['S'::text, 'E'::text]))),
    CONSTRAINT rate_sheet_vat_whole CHECK ((num_nulls(vat_category, vat_basis_points) = ANY (ARRAY[0, 2]))),
    CONSTRAINT rate_sheet_whole_periods CHECK ((public.begins_billing_period(lower(during), frequency) AND (upper_inf(during) OR public.begins_billing_period(upper(during), frequency))))
);

ALTER TABLE public.rate_sheet OWNER TO migrator;

--
-- Name: rate_sheet_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.rate_sheet ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.rate_sheet_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: scenario; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.scenario (
    name text NOT NULL,
    year integer NOT NULL,
    made_by text NOT NULL,
    made_on date NOT NULL,
    changes text NOT NULL,
    outcome json NOT NULL,
    CONSTRAINT scenario_name CHECK (((name ~ '\S'::text) AND (length(name) <= 100)))
);

ALTER TABLE ONLY public.scenario FORCE ROW LEVEL SECURITY;

ALTER TABLE public.scenario OWNER TO migrator;

--
-- Name: schema_migration; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.schema_migration (
    number bigint NOT NULL,
    name text NOT NULL,
    checksum bytea NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT schema_migration_checksum_check CHECK ((length(checksum) = 32)),
    CONSTRAINT schema_migration_number_check CHECK ((number > 0))
);

ALTER TABLE public.schema_migration OWNER TO migrator;

--
-- Name: seat; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.seat (
    id bigint NOT NULL,
    group_id bigint NOT NULL,
    person_id bigint NOT NULL,
    organisation_id bigint NOT NULL,
    role text NOT NULL,
    votes integer NOT NULL,
    during daterange NOT NULL,
    elected_until date,
    decision_id bigint,
    voided boolean DEFAULT false NOT NULL,
    CONSTRAINT seat_during CHECK (((NOT isempty(during)) AND (NOT lower_inf(during)))),
    CONSTRAINT seat_role CHECK ((role = ANY (ARRAY['chair'::text, 'deputyChair'::text, 'treasurer'::text, 'member'::text, 'secretary'::text, 'projectManager'::text, 'productCoordinator'::text, 'contact'::text, 'observer'::text, 'alternate'::text]))),
    CONSTRAINT seat_votes CHECK (((votes >= 0) AND (votes <= 100))),
    CONSTRAINT seat_votes_of_role CHECK (((votes = 0) OR (role = ANY (ARRAY['chair'::text, 'deputyChair'::text, 'treasurer'::text, 'member'::text]))))
);

ALTER TABLE ONLY public.seat FORCE ROW LEVEL SECURITY;

ALTER TABLE public.seat OWNER TO migrator;

--
-- Name: seat_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.seat ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.seat_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: setting; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.setting (
    name text NOT NULL,
    valid_from date NOT NULL,
    value text NOT NULL,
    decision_id bigint,
    CONSTRAINT setting_access_retention CHECK (((name <> 'access-retention'::text) OR (value ~ '^([6-9]|[1-5][0-9]|60)$'::text))),
    CONSTRAINT setting_name CHECK ((name = ANY (ARRAY['charges-begin'::text, 'payment-days'::text, 'creditor-number'::text, 'index-rounding'::text, 'size-bounds'::text, 'contribution-member'::text, 'contribution-non-member'::text, 'four-eyes'::text, 'change-warning'::text, 'line-limit'::text, 'association-account'::text, 'governance-model'::text, 'access-retention'::text])))
);

ALTER TABLE ONLY public.setting FORCE ROW LEVEL SECURITY;

ALTER TABLE public.setting OWNER TO migrator;

--
-- Name: size_placement; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.size_placement (
    id bigint NOT NULL,
    organisation_id bigint NOT NULL,
    first_year integer NOT NULL,
    last_year integer,
    size_class text NOT NULL,
    reason text NOT NULL,
    decision_id bigint NOT NULL,
    CONSTRAINT size_placement_class CHECK ((size_class = ANY (ARRAY['small'::text, 'medium'::text, 'large'::text, 'veryLarge'::text]))),
    CONSTRAINT size_placement_first_year CHECK (((first_year >= 2000) AND (first_year <= 9998))),
    CONSTRAINT size_placement_last_year CHECK (((last_year >= 2000) AND (last_year <= 9998))),
    CONSTRAINT size_placement_reason CHECK (((reason ~ '\S'::text) AND (reason !~ '[[:cntrl:]]'::text) AND (length(reason) <= 500))),
    CONSTRAINT size_placement_years CHECK ((last_year >= first_year))
);

ALTER TABLE ONLY public.size_placement FORCE ROW LEVEL SECURITY;

ALTER TABLE public.size_placement OWNER TO migrator;

--
-- Name: size_placement_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.size_placement ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.size_placement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: succession; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.succession (
    predecessor_id bigint NOT NULL,
    successor_id bigint NOT NULL,
    on_day date NOT NULL,
    decision_id bigint NOT NULL,
    CONSTRAINT succession_of_another CHECK ((predecessor_id <> successor_id))
);

ALTER TABLE ONLY public.succession FORCE ROW LEVEL SECURITY;

ALTER TABLE public.succession OWNER TO migrator;

--
-- Name: supplier_role; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.supplier_role (
    id bigint NOT NULL,
    organisation_id bigint NOT NULL,
    product_id bigint NOT NULL,
    role text NOT NULL,
    during daterange NOT NULL,
    CONSTRAINT supplier_role_during CHECK (((NOT isempty(during)) AND (NOT lower_inf(during)))),
    CONSTRAINT supplier_role_role CHECK ((role = ANY (ARRAY['development'::text, 'maintenance'::text, 'operation'::text, 'support'::text, 'advice'::text, 'facilitation'::text, 'projectManagement'::text, 'review'::text])))
);

ALTER TABLE ONLY public.supplier_role FORCE ROW LEVEL SECURITY;

ALTER TABLE public.supplier_role OWNER TO migrator;

--
-- Name: supplier_role_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.supplier_role ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.supplier_role_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: vat_rule; Type: TABLE; Schema: public; Owner: migrator
--

CREATE TABLE public.vat_rule (
    id bigint NOT NULL,
    charge text NOT NULL,
    during daterange NOT NULL,
    category text NOT NULL,
    basis_points integer NOT NULL,
    decision_id bigint NOT NULL,
    CONSTRAINT vat_rule_basis_points CHECK ((((basis_points >= 0) AND (basis_points <= 10000)) AND ((category = 'E'::text) = (basis_points = 0)))),
    CONSTRAINT vat_rule_category CHECK ((category = ANY (ARRAY['S'::text, 'E'::text]))),
    CONSTRAINT vat_rule_charge CHECK ((charge = ANY (ARRAY['dues'::text, 'annualFee'::text, 'contribution'::text, 'joiningFee'::text, 'sharedCost'::text, 'pledge'::text, 'supplierFee'::text]))),
    CONSTRAINT vat_rule_during CHECK (((NOT isempty(during)) AND (NOT lower_inf(during))))
);

ALTER TABLE public.vat_rule OWNER TO migrator;

--
-- Name: vat_rule_id_seq; Type: SEQUENCE; Schema: public; Owner: migrator
--

ALTER TABLE public.vat_rule ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.vat_rule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: access_entry access_entry_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.access_entry
    ADD CONSTRAINT access_entry_pkey PRIMARY KEY (id);

--
-- Name: access_entry access_entry_request_unique; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.access_entry
    ADD CONSTRAINT access_entry_request_unique UNIQUE (request);

--
-- Name: adjustment adjustment_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.adjustment
    ADD CONSTRAINT adjustment_pkey PRIMARY KEY (id);

--
-- Name: agreement_document agreement_document_once; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.agreement_document
    ADD CONSTRAINT agreement_document_once UNIQUE (agreement_id, sha256);

--
-- Name: agreement_document agreement_document_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.agreement_document
    ADD CONSTRAINT agreement_document_pkey PRIMARY KEY (id);

--
-- Name: agreement_form agreement_form_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.agreement_form
    ADD CONSTRAINT agreement_form_pkey PRIMARY KEY (agreement_id, valid_from);

--
-- Name: agreement agreement_import_id_unique; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_import_id_unique UNIQUE (import_id);

--
-- Name: agreement agreement_no_overlap; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_no_overlap EXCLUDE USING gist (organisation_id WITH =, subject WITH =, during WITH &&) WHERE ((state = ANY (ARRAY['active'::text, 'noticeGiven'::text, 'ended'::text])));

--
-- Name: agreement agreement_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_pkey PRIMARY KEY (id);

--
-- Name: api_token api_token_digest_unique; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_digest_unique UNIQUE (digest);

--
-- Name: api_token api_token_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (id);

--
-- Name: api_token api_token_prefix_unique; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_prefix_unique UNIQUE (prefix);

--
-- Name: api_token_use api_token_use_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.api_token_use
    ADD CONSTRAINT api_token_use_pkey PRIMARY KEY (token_id);

--
-- Name: attendance attendance_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.attendance
    ADD CONSTRAINT attendance_pkey PRIMARY KEY (meeting_id, person_id);

--
-- Name: audit_entry audit_entry_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (id);

--
-- Name: billing_contact billing_contact_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.billing_contact
    ADD CONSTRAINT billing_contact_pkey PRIMARY KEY (organisation_id);

--
-- Name: commission_document commission_document_once; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.commission_document
    ADD CONSTRAINT commission_document_once UNIQUE (commission_id, sha256);

--
-- Name: commission_document commission_document_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.commission_document
    ADD CONSTRAINT commission_document_pkey PRIMARY KEY (id);

--
-- Name: commission commission_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.commission
    ADD CONSTRAINT commission_pkey PRIMARY KEY (id);

--
-- Name: commission commission_version_unique; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.commission
    ADD CONSTRAINT commission_version_unique UNIQUE (group_id, version);

--
-- Name: contact_role contact_role_once; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.contact_role
    ADD CONSTRAINT contact_role_once EXCLUDE USING gist (organisation_id WITH =, person_id WITH =, role WITH =, during WITH &&);

--
-- Name: contact_role contact_role_one_primary; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.contact_role
    ADD CONSTRAINT contact_role_one_primary EXCLUDE USING gist (organisation_id WITH =, during WITH &&) WHERE ((role = 'primary'::text));

--
-- Name: contact_role contact_role_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.contact_role
    ADD CONSTRAINT contact_role_pkey PRIMARY KEY (id);

--
-- Name: decision decision_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_pkey PRIMARY KEY (id);

--
-- Name: decision decision_reference_unique; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_reference_unique UNIQUE (reference);

--
-- Name: document_line document_line_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.document_line
    ADD CONSTRAINT document_line_pkey PRIMARY KEY (kind, number, line);

--
-- Name: document_line document_line_posted_once; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.document_line
    ADD CONSTRAINT document_line_posted_once UNIQUE NULLS NOT DISTINCT (organisation_id, subject, charge, billing_period, revision, part);

--
-- Name: document document_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (kind, number);

--
-- Name: document_tax document_tax_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.document_tax
    ADD CONSTRAINT document_tax_pkey PRIMARY KEY (kind, number, category, basis_points);

--
-- Name: dues_rate dues_rate_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.dues_rate
    ADD CONSTRAINT dues_rate_pkey PRIMARY KEY (id);

--
-- Name: dues_rate dues_rate_year_unique; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.dues_rate
    ADD CONSTRAINT dues_rate_year_unique UNIQUE (year);

--
-- Name: expectation expectation_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.expectation
    ADD CONSTRAINT expectation_pkey PRIMARY KEY (year);

--
-- Name: expected_amount expected_amount_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.expected_amount
    ADD CONSTRAINT expected_amount_pkey PRIMARY KEY (organisation_id, year, subject, charge);

--
-- Name: frozen_size frozen_size_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.frozen_size
    ADD CONSTRAINT frozen_size_pkey PRIMARY KEY (organisation_id, year);

--
-- Name: governance_group governance_group_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.governance_group
    ADD CONSTRAINT governance_group_pkey PRIMARY KEY (id);

--
-- Name: inhabitants inhabitants_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.inhabitants
    ADD CONSTRAINT inhabitants_pkey PRIMARY KEY (organisation_id, counted_on);

--
-- Name: invoice_run invoice_run_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.invoice_run
    ADD CONSTRAINT invoice_run_pkey PRIMARY KEY (id);

--
-- Name: meeting meeting_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.meeting
    ADD CONSTRAINT meeting_pkey PRIMARY KEY (id);

--
-- Name: number_series number_series_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.number_series
    ADD CONSTRAINT number_series_pkey PRIMARY KEY (kind);

--
-- Name: organisation organisation_cvr_unique; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT organisation_cvr_unique UNIQUE (cvr);

--
-- Name: organisation_gln organisation_gln_organisation_id_gln_key; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.organisation_gln
    ADD CONSTRAINT organisation_gln_organisation_id_gln_key UNIQUE (organisation_id, gln);

--
-- Name: organisation_gln organisation_gln_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.organisation_gln
    ADD CONSTRAINT organisation_gln_pkey PRIMARY KEY (gln);

--
-- Name: organisation organisation_import_id_unique; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT organisation_import_id_unique UNIQUE (import_id);

--
-- Name: organisation organisation_municipality_code_unique; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT organisation_municipality_code_unique UNIQUE (municipality_code);

--
-- Name: organisation organisation_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT organisation_pkey PRIMARY KEY (id);

--
-- Name: person person_email_unique; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_email_unique UNIQUE (email);

--
-- Name: person person_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);

--
-- Name: pledge pledge_once; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.pledge
    ADD CONSTRAINT pledge_once UNIQUE (project_id, organisation_id);

--
-- Name: pledge pledge_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.pledge
    ADD CONSTRAINT pledge_pkey PRIMARY KEY (id);

--
-- Name: prepared_run prepared_run_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.prepared_run
    ADD CONSTRAINT prepared_run_pkey PRIMARY KEY (id);

--
-- Name: prepared_run prepared_run_posted_once; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.prepared_run
    ADD CONSTRAINT prepared_run_posted_once UNIQUE (run_id);

--
-- Name: product product_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_pkey PRIMARY KEY (id);

--
-- Name: project project_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.project
    ADD CONSTRAINT project_pkey PRIMARY KEY (id);

--
-- Name: rate_row rate_row_no_overlap; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.rate_row
    ADD CONSTRAINT rate_row_no_overlap EXCLUDE USING gist (sheet_id WITH =, charge WITH =, component WITH =, during WITH &&) WHERE ((NOT voided));

--
-- Name: rate_row rate_row_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.rate_row
    ADD CONSTRAINT rate_row_pkey PRIMARY KEY (id);

--
-- Name: rate_sheet rate_sheet_no_overlap; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.rate_sheet
    ADD CONSTRAINT rate_sheet_no_overlap EXCLUDE USING gist (subject WITH =, during WITH &&);

--
-- Name: rate_sheet rate_sheet_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.rate_sheet
    ADD CONSTRAINT rate_sheet_pkey PRIMARY KEY (id);

--
-- Name: scenario scenario_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.scenario
    ADD CONSTRAINT scenario_pkey PRIMARY KEY (name);

--
-- Name: schema_migration schema_migration_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.schema_migration
    ADD CONSTRAINT schema_migration_pkey PRIMARY KEY (number);

--
-- Name: seat seat_no_overlap; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.seat
    ADD CONSTRAINT seat_no_overlap EXCLUDE USING gist (group_id WITH =, person_id WITH =, organisation_id WITH =, role WITH =, during WITH &&) WHERE ((NOT voided));

--
-- Name: seat seat_one_chair; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.seat
    ADD CONSTRAINT seat_one_chair EXCLUDE USING gist (group_id WITH =, during WITH &&) WHERE (((role = 'chair'::text) AND (NOT voided)));

--
-- Name: seat seat_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.seat
    ADD CONSTRAINT seat_pkey PRIMARY KEY (id);

--
-- Name: setting setting_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.setting
    ADD CONSTRAINT setting_pkey PRIMARY KEY (name, valid_from);

--
-- Name: size_placement size_placement_no_overlap; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.size_placement
    ADD CONSTRAINT size_placement_no_overlap EXCLUDE USING gist (organisation_id WITH =, int4range(first_year, last_year, '[]'::text) WITH &&);

--
-- Name: size_placement size_placement_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.size_placement
    ADD CONSTRAINT size_placement_pkey PRIMARY KEY (id);

--
-- Name: succession succession_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.succession
    ADD CONSTRAINT succession_pkey PRIMARY KEY (predecessor_id);

--
-- Name: supplier_role supplier_role_no_overlap; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.supplier_role
    ADD CONSTRAINT supplier_role_no_overlap EXCLUDE USING gist (organisation_id WITH =, product_id WITH =, role WITH =, during WITH &&);

--
-- Name: supplier_role supplier_role_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.supplier_role
    ADD CONSTRAINT supplier_role_pkey PRIMARY KEY (id);

--
-- Name: vat_rule vat_rule_no_overlap; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.vat_rule
    ADD CONSTRAINT vat_rule_no_overlap EXCLUDE USING gist (charge WITH =, during WITH &&);

--
-- Name: vat_rule vat_rule_pkey; Type: CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.vat_rule
    ADD CONSTRAINT vat_rule_pkey PRIMARY KEY (id);

--
-- Name: access_entry_organisation; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX access_entry_organisation ON public.access_entry USING btree (organisation_id, id);

--
-- Name: adjustment_key; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX adjustment_key ON public.adjustment USING btree (organisation_id, subject, charge, billing_period);

--
-- Name: agreement_end_decision; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX agreement_end_decision ON public.agreement USING btree (end_decision_id) WHERE (end_decision_id IS NOT NULL);

--
-- Name: agreement_one_live; Type: INDEX; Schema: public; Owner: migrator
--

CREATE UNIQUE INDEX agreement_one_live ON public.agreement USING btree (organisation_id, subject) WHERE ((state = ANY (ARRAY['sent'::text, 'signed'::text, 'active'::text, 'noticeGiven'::text])) AND (end_reason IS DISTINCT FROM 'succeeded'::text));

--
-- Name: agreement_organisation; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX agreement_organisation ON public.agreement USING btree (organisation_id);

--
-- Name: api_token_person; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX api_token_person ON public.api_token USING btree (person_id);

--
-- Name: attendance_person; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX attendance_person ON public.attendance USING btree (person_id);

--
-- Name: audit_entry_record; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX audit_entry_record ON public.audit_entry USING btree (record, record_id);

--
-- Name: contact_role_person; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX contact_role_person ON public.contact_role USING btree (person_id);

--
-- Name: document_credits; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX document_credits ON public.document USING btree (credits_invoice) WHERE (credits_invoice IS NOT NULL);

--
-- Name: document_organisation; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX document_organisation ON public.document USING btree (organisation_id);

--
-- Name: document_run; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX document_run ON public.document USING brin (run_id);

--
-- Name: governance_group_name_unique; Type: INDEX; Schema: public; Owner: migrator
--

CREATE UNIQUE INDEX governance_group_name_unique ON public.governance_group USING btree (lower(name));

--
-- Name: governance_group_of_product; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX governance_group_of_product ON public.governance_group USING btree (product_id);

--
-- Name: governance_group_one_of_kind; Type: INDEX; Schema: public; Owner: migrator
--

CREATE UNIQUE INDEX governance_group_one_of_kind ON public.governance_group USING btree (kind) WHERE (kind = ANY (ARRAY['board'::text, 'generalAssembly'::text]));

--
-- Name: meeting_once; Type: INDEX; Schema: public; Owner: migrator
--

CREATE UNIQUE INDEX meeting_once ON public.meeting USING btree (group_id, held_on) WHERE (NOT voided);

--
-- Name: organisation_one_association; Type: INDEX; Schema: public; Owner: migrator
--

CREATE UNIQUE INDEX organisation_one_association ON public.organisation USING btree (kind) WHERE (kind = 'association'::text);

--
-- Name: organisation_region_code_unique; Type: INDEX; Schema: public; Owner: migrator
--

CREATE UNIQUE INDEX organisation_region_code_unique ON public.organisation USING btree (region_code) WHERE (kind = 'region'::text);

--
-- Name: pledge_organisation; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX pledge_organisation ON public.pledge USING btree (organisation_id);

--
-- Name: product_coordinator; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX product_coordinator ON public.product USING btree (coordinator_id);

--
-- Name: product_name_unique; Type: INDEX; Schema: public; Owner: migrator
--

CREATE UNIQUE INDEX product_name_unique ON public.product USING btree (lower(name));

--
-- Name: project_name_unique; Type: INDEX; Schema: public; Owner: migrator
--

CREATE UNIQUE INDEX project_name_unique ON public.project USING btree (lower(name));

--
-- Name: rate_row_once; Type: INDEX; Schema: public; Owner: migrator
--

CREATE UNIQUE INDEX rate_row_once ON public.rate_row USING btree (sheet_id, charge, component, lower(during));

--
-- Name: seat_contact; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX seat_contact ON public.seat USING btree (group_id) WHERE ((role = ANY (ARRAY['contact'::text, 'productCoordinator'::text])) AND (NOT voided));

--
-- Name: seat_decision; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX seat_decision ON public.seat USING btree (decision_id) WHERE (decision_id IS NOT NULL);

--
-- Name: seat_organisation; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX seat_organisation ON public.seat USING btree (organisation_id);

--
-- Name: seat_person; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX seat_person ON public.seat USING btree (person_id);

--
-- Name: setting_one_charges_begin; Type: INDEX; Schema: public; Owner: migrator
--

CREATE UNIQUE INDEX setting_one_charges_begin ON public.setting USING btree (name) WHERE (name = 'charges-begin'::text);

--
-- Name: succession_successor; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX succession_successor ON public.succession USING btree (successor_id);

--
-- Name: supplier_role_product; Type: INDEX; Schema: public; Owner: migrator
--

CREATE INDEX supplier_role_product ON public.supplier_role USING btree (product_id);

--
-- Name: access_entry access_entry_final; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER access_entry_final BEFORE UPDATE OR TRUNCATE ON public.access_entry FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

--
-- Name: access_entry access_entry_kept; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER access_entry_kept BEFORE DELETE ON public.access_entry FOR EACH ROW EXECUTE FUNCTION public.check_access_kept();

--
-- Name: adjustment adjustment_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER adjustment_audit AFTER INSERT OR DELETE OR UPDATE ON public.adjustment FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: agreement agreement_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER agreement_audit AFTER INSERT OR DELETE OR UPDATE ON public.agreement FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: agreement_document agreement_document_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER agreement_document_audit AFTER INSERT ON public.agreement_document FOR EACH ROW EXECUTE FUNCTION public.audit_change('id', 'content');

--
-- Name: agreement_document agreement_document_final; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER agreement_document_final BEFORE DELETE OR UPDATE OR TRUNCATE ON public.agreement_document FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

--
-- Name: agreement_form agreement_form_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER agreement_form_audit AFTER INSERT OR DELETE OR UPDATE ON public.agreement_form FOR EACH ROW EXECUTE FUNCTION public.audit_change('agreement_id,valid_from');

--
-- Name: agreement_form agreement_form_on_product; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER agreement_form_on_product AFTER INSERT OR UPDATE ON public.agreement_form FOR EACH ROW EXECUTE FUNCTION public.check_agreement_form();

--
-- Name: agreement agreement_product_known; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER agreement_product_known AFTER INSERT OR UPDATE OF subject ON public.agreement FOR EACH ROW WHEN ((new.subject ~~ 'product:%'::text)) EXECUTE FUNCTION public.check_agreement_product();

--
-- Name: api_token api_token_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER api_token_audit AFTER INSERT OR DELETE OR UPDATE ON public.api_token FOR EACH ROW EXECUTE FUNCTION public.audit_change('id', 'digest');

--
-- Name: api_token api_token_revoked_once; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER api_token_revoked_once BEFORE UPDATE ON public.api_token FOR EACH ROW EXECUTE FUNCTION public.check_revocation();

--
-- Name: attendance attendance_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER attendance_audit AFTER INSERT OR DELETE OR UPDATE ON public.attendance FOR EACH ROW EXECUTE FUNCTION public.audit_change('meeting_id,person_id');

--
-- Name: audit_entry audit_entry_final; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER audit_entry_final BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

--
-- Name: billing_contact billing_contact_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER billing_contact_audit AFTER INSERT OR DELETE OR UPDATE ON public.billing_contact FOR EACH ROW EXECUTE FUNCTION public.audit_change('organisation_id');

--
-- Name: commission commission_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER commission_audit AFTER INSERT OR DELETE OR UPDATE ON public.commission FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: commission_document commission_document_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER commission_document_audit AFTER INSERT ON public.commission_document FOR EACH ROW EXECUTE FUNCTION public.audit_change('id', 'content');

--
-- Name: commission_document commission_document_final; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER commission_document_final BEFORE DELETE OR UPDATE OR TRUNCATE ON public.commission_document FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

--
-- Name: contact_role contact_role_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER contact_role_audit AFTER INSERT OR DELETE OR UPDATE ON public.contact_role FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: decision decision_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER decision_audit AFTER INSERT OR DELETE OR UPDATE ON public.decision FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: document document_credit_days; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER document_credit_days AFTER INSERT ON public.document REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.check_credit_days();

--
-- Name: document document_final; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER document_final BEFORE DELETE OR UPDATE OR TRUNCATE ON public.document FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

--
-- Name: document_line document_line_final; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER document_line_final BEFORE DELETE OR UPDATE OR TRUNCATE ON public.document_line FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

--
-- Name: document_line document_line_sealed; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER document_line_sealed AFTER INSERT ON public.document_line REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_additions_to_sealed();

--
-- Name: document document_sealed; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER document_sealed AFTER INSERT ON public.document REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_additions_to_sealed();

--
-- Name: document_tax document_tax_final; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER document_tax_final BEFORE DELETE OR UPDATE OR TRUNCATE ON public.document_tax FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

--
-- Name: document_tax document_tax_sealed; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER document_tax_sealed AFTER INSERT ON public.document_tax REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_additions_to_sealed();

--
-- Name: dues_rate dues_rate_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER dues_rate_audit AFTER INSERT OR DELETE OR UPDATE ON public.dues_rate FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: frozen_size frozen_size_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER frozen_size_audit AFTER UPDATE ON public.frozen_size FOR EACH ROW EXECUTE FUNCTION public.audit_change('organisation_id,year');

--
-- Name: frozen_size frozen_size_decided; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER frozen_size_decided BEFORE UPDATE ON public.frozen_size FOR EACH ROW EXECUTE FUNCTION public.check_refreeze();

--
-- Name: frozen_size frozen_size_final; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER frozen_size_final BEFORE DELETE OR TRUNCATE ON public.frozen_size FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

--
-- Name: governance_group governance_group_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER governance_group_audit AFTER INSERT OR DELETE OR UPDATE ON public.governance_group FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: governance_group governance_group_kind_stays; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER governance_group_kind_stays BEFORE UPDATE OF kind ON public.governance_group FOR EACH ROW WHEN ((old.kind <> new.kind)) EXECUTE FUNCTION public.refuse_other_kind();

--
-- Name: inhabitants inhabitants_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER inhabitants_audit AFTER INSERT OR DELETE OR UPDATE ON public.inhabitants FOR EACH ROW EXECUTE FUNCTION public.audit_change('organisation_id,counted_on');

--
-- Name: invoice_run invoice_run_added; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER invoice_run_added AFTER INSERT ON public.invoice_run FOR EACH ROW EXECUTE FUNCTION public.check_added_run();

--
-- Name: invoice_run invoice_run_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER invoice_run_audit AFTER INSERT ON public.invoice_run FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: invoice_run invoice_run_final; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER invoice_run_final BEFORE DELETE OR UPDATE OR TRUNCATE ON public.invoice_run FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

--
-- Name: meeting meeting_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER meeting_audit AFTER INSERT OR DELETE OR UPDATE ON public.meeting FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: number_series number_series_seal; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER number_series_seal AFTER INSERT OR DELETE OR UPDATE ON public.number_series FOR EACH ROW EXECUTE FUNCTION public.seal_documents();

--
-- Name: organisation organisation_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER organisation_audit AFTER INSERT OR DELETE OR UPDATE ON public.organisation FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: organisation_gln organisation_gln_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER organisation_gln_audit AFTER INSERT OR DELETE OR UPDATE ON public.organisation_gln FOR EACH ROW EXECUTE FUNCTION public.audit_change('gln');

--
-- Name: person person_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER person_audit AFTER INSERT OR DELETE OR UPDATE ON public.person FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: pledge pledge_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER pledge_audit AFTER INSERT OR DELETE OR UPDATE ON public.pledge FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: prepared_run prepared_run_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER prepared_run_audit AFTER INSERT OR DELETE OR UPDATE ON public.prepared_run FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: prepared_run prepared_run_final; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER prepared_run_final BEFORE UPDATE ON public.prepared_run FOR EACH ROW EXECUTE FUNCTION public.check_prepared_run();

--
-- Name: prepared_run prepared_run_kept; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER prepared_run_kept BEFORE DELETE OR TRUNCATE ON public.prepared_run FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

--
-- Name: product product_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER product_audit AFTER INSERT OR DELETE OR UPDATE ON public.product FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: project project_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER project_audit AFTER INSERT OR DELETE OR UPDATE ON public.project FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: rate_row rate_row_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER rate_row_audit AFTER INSERT OR DELETE OR UPDATE ON public.rate_row FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: rate_row rate_row_sheet; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE CONSTRAINT TRIGGER rate_row_sheet AFTER INSERT OR UPDATE ON public.rate_row DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.check_rate_sheet_rows();

--
-- Name: rate_sheet rate_sheet_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER rate_sheet_audit AFTER INSERT OR DELETE OR UPDATE ON public.rate_sheet FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: rate_sheet rate_sheet_rows; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE CONSTRAINT TRIGGER rate_sheet_rows AFTER UPDATE ON public.rate_sheet DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.check_rate_sheet_rows();

--
-- Name: scenario scenario_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER scenario_audit AFTER INSERT ON public.scenario FOR EACH ROW EXECUTE FUNCTION public.audit_change('name', 'outcome');

--
-- Name: scenario scenario_final; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER scenario_final BEFORE DELETE OR UPDATE OR TRUNCATE ON public.scenario FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

--
-- Name: seat seat_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER seat_audit AFTER INSERT OR DELETE OR UPDATE ON public.seat FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: seat seat_of_group; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER seat_of_group AFTER INSERT ON public.seat FOR EACH ROW EXECUTE FUNCTION public.check_seat();

--
-- Name: setting setting_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER setting_audit AFTER INSERT OR DELETE OR UPDATE ON public.setting FOR EACH ROW EXECUTE FUNCTION public.audit_change('name,valid_from');

--
-- Name: size_placement size_placement_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER size_placement_audit AFTER INSERT OR DELETE OR UPDATE ON public.size_placement FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: succession succession_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER succession_audit AFTER INSERT OR DELETE OR UPDATE ON public.succession FOR EACH ROW EXECUTE FUNCTION public.audit_change('predecessor_id');

--
-- Name: succession succession_line; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER succession_line AFTER INSERT ON public.succession FOR EACH ROW EXECUTE FUNCTION public.check_succession();

--
-- Name: supplier_role supplier_role_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER supplier_role_audit AFTER INSERT OR DELETE OR UPDATE ON public.supplier_role FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: vat_rule vat_rule_audit; Type: TRIGGER; Schema: public; Owner: migrator
--

CREATE TRIGGER vat_rule_audit AFTER INSERT OR DELETE OR UPDATE ON public.vat_rule FOR EACH ROW EXECUTE FUNCTION public.audit_change('id');

--
-- Name: adjustment adjustment_decision_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.adjustment
    ADD CONSTRAINT adjustment_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES public.decision(id);

--
-- Name: adjustment adjustment_organisation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.adjustment
    ADD CONSTRAINT adjustment_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);

--
-- Name: agreement_document agreement_document_agreement_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.agreement_document
    ADD CONSTRAINT agreement_document_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES public.agreement(id);

--
-- Name: agreement agreement_end_decision_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_end_decision_id_fkey FOREIGN KEY (end_decision_id) REFERENCES public.decision(id);

--
-- Name: agreement_form agreement_form_agreement_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.agreement_form
    ADD CONSTRAINT agreement_form_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES public.agreement(id);

--
-- Name: agreement agreement_notified_decision_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_notified_decision_id_fkey FOREIGN KEY (notified_decision_id) REFERENCES public.decision(id);

--
-- Name: agreement agreement_organisation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);

--
-- Name: api_token api_token_organisation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);

--
-- Name: api_token api_token_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);

--
-- Name: api_token_use api_token_use_token_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.api_token_use
    ADD CONSTRAINT api_token_use_token_id_fkey FOREIGN KEY (token_id) REFERENCES public.api_token(id);

--
-- Name: attendance attendance_meeting_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.attendance
    ADD CONSTRAINT attendance_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES public.meeting(id);

--
-- Name: attendance attendance_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.attendance
    ADD CONSTRAINT attendance_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);

--
-- Name: billing_contact billing_contact_organisation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.billing_contact
    ADD CONSTRAINT billing_contact_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);

--
-- Name: billing_contact billing_contact_organisation_id_gln_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.billing_contact
    ADD CONSTRAINT billing_contact_organisation_id_gln_fkey FOREIGN KEY (organisation_id, gln) REFERENCES public.organisation_gln(organisation_id, gln);

--
-- Name: commission_document commission_document_commission_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.commission_document
    ADD CONSTRAINT commission_document_commission_id_fkey FOREIGN KEY (commission_id) REFERENCES public.commission(id);

--
-- Name: commission commission_group_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.commission
    ADD CONSTRAINT commission_group_id_fkey FOREIGN KEY (group_id) REFERENCES public.governance_group(id);

--
-- Name: contact_role contact_role_organisation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.contact_role
    ADD CONSTRAINT contact_role_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);

--
-- Name: contact_role contact_role_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.contact_role
    ADD CONSTRAINT contact_role_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);

--
-- Name: dues_rate dues_rate_decision_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.dues_rate
    ADD CONSTRAINT dues_rate_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES public.decision(id);

--
-- Name: expected_amount expected_amount_organisation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.expected_amount
    ADD CONSTRAINT expected_amount_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);

--
-- Name: expected_amount expected_amount_year_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.expected_amount
    ADD CONSTRAINT expected_amount_year_fkey FOREIGN KEY (year) REFERENCES public.expectation(year);

--
-- Name: frozen_size frozen_size_frozen_by_decision_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.frozen_size
    ADD CONSTRAINT frozen_size_frozen_by_decision_id_fkey FOREIGN KEY (frozen_by_decision_id) REFERENCES public.decision(id);

--
-- Name: frozen_size frozen_size_organisation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.frozen_size
    ADD CONSTRAINT frozen_size_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);

--
-- Name: frozen_size frozen_size_placement_decision_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.frozen_size
    ADD CONSTRAINT frozen_size_placement_decision_id_fkey FOREIGN KEY (placement_decision_id) REFERENCES public.decision(id);

--
-- Name: governance_group governance_group_decision_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.governance_group
    ADD CONSTRAINT governance_group_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES public.decision(id);

--
-- Name: governance_group governance_group_product_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.governance_group
    ADD CONSTRAINT governance_group_product_id_fkey FOREIGN KEY (product_id) REFERENCES public.product(id);

--
-- Name: inhabitants inhabitants_organisation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.inhabitants
    ADD CONSTRAINT inhabitants_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);

--
-- Name: meeting meeting_group_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.meeting
    ADD CONSTRAINT meeting_group_id_fkey FOREIGN KEY (group_id) REFERENCES public.governance_group(id);

--
-- Name: organisation_gln organisation_gln_organisation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.organisation_gln
    ADD CONSTRAINT organisation_gln_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);

--
-- Name: pledge pledge_decision_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.pledge
    ADD CONSTRAINT pledge_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES public.decision(id);

--
-- Name: pledge pledge_organisation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.pledge
    ADD CONSTRAINT pledge_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);

--
-- Name: pledge pledge_project_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.pledge
    ADD CONSTRAINT pledge_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);

--
-- Name: product product_coordinator_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_coordinator_id_fkey FOREIGN KEY (coordinator_id) REFERENCES public.person(id);

--
-- Name: project project_decision_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.project
    ADD CONSTRAINT project_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES public.decision(id);

--
-- Name: project project_product_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.project
    ADD CONSTRAINT project_product_id_fkey FOREIGN KEY (product_id) REFERENCES public.product(id);

--
-- Name: rate_row rate_row_decision_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.rate_row
    ADD CONSTRAINT rate_row_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES public.decision(id);

--
-- Name: rate_row rate_row_sheet_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.rate_row
    ADD CONSTRAINT rate_row_sheet_id_fkey FOREIGN KEY (sheet_id) REFERENCES public.rate_sheet(id);

--
-- Name: rate_sheet rate_sheet_decision_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.rate_sheet
    ADD CONSTRAINT rate_sheet_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES public.decision(id);

--
-- Name: rate_sheet rate_sheet_product_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.rate_sheet
    ADD CONSTRAINT rate_sheet_product_id_fkey FOREIGN KEY (product_id) REFERENCES public.product(id);

--
-- Name: seat seat_decision_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.seat
    ADD CONSTRAINT seat_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES public.decision(id);

--
-- Name: seat seat_group_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.seat
    ADD CONSTRAINT seat_group_id_fkey FOREIGN KEY (group_id) REFERENCES public.governance_group(id);

--
-- Name: seat seat_organisation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.seat
    ADD CONSTRAINT seat_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);

--
-- Name: seat seat_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.seat
    ADD CONSTRAINT seat_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);

--
-- Name: setting setting_decision_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.setting
    ADD CONSTRAINT setting_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES public.decision(id);

--
-- Name: size_placement size_placement_decision_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.size_placement
    ADD CONSTRAINT size_placement_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES public.decision(id);

--
-- Name: size_placement size_placement_organisation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.size_placement
    ADD CONSTRAINT size_placement_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);

--
-- Name: succession succession_decision_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.succession
    ADD CONSTRAINT succession_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES public.decision(id);

--
-- Name: succession succession_predecessor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.succession
    ADD CONSTRAINT succession_predecessor_id_fkey FOREIGN KEY (predecessor_id) REFERENCES public.organisation(id);

--
-- Name: succession succession_successor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.succession
    ADD CONSTRAINT succession_successor_id_fkey FOREIGN KEY (successor_id) REFERENCES public.organisation(id);

--
-- Name: supplier_role supplier_role_organisation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.supplier_role
    ADD CONSTRAINT supplier_role_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);

--
-- Name: supplier_role supplier_role_product_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.supplier_role
    ADD CONSTRAINT supplier_role_product_id_fkey FOREIGN KEY (product_id) REFERENCES public.product(id);

--
-- Name: vat_rule vat_rule_decision_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: migrator
--

ALTER TABLE ONLY public.vat_rule
    ADD CONSTRAINT vat_rule_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES public.decision(id);

--
-- Name: access_entry; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.access_entry ENABLE ROW LEVEL SECURITY;

--
-- Name: adjustment; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.adjustment ENABLE ROW LEVEL SECURITY;

--
-- Name: agreement; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.agreement ENABLE ROW LEVEL SECURITY;

--
-- Name: agreement_document; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.agreement_document ENABLE ROW LEVEL SECURITY;

--
-- Name: agreement_form; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.agreement_form ENABLE ROW LEVEL SECURITY;

--
-- Name: api_token; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.api_token ENABLE ROW LEVEL SECURITY;

--
-- Name: api_token_use; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.api_token_use ENABLE ROW LEVEL SECURITY;

--
-- Name: attendance; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.attendance ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_entry; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.audit_entry ENABLE ROW LEVEL SECURITY;

--
-- Name: billing_contact; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.billing_contact ENABLE ROW LEVEL SECURITY;

--
-- Name: commission; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.commission ENABLE ROW LEVEL SECURITY;

--
-- Name: commission_document; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.commission_document ENABLE ROW LEVEL SECURITY;

--
-- Name: contact_role; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.contact_role ENABLE ROW LEVEL SECURITY;

--
-- Name: decision; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.decision ENABLE ROW LEVEL SECURITY;

--
-- Name: document; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.document ENABLE ROW LEVEL SECURITY;

--
-- Name: document_line; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.document_line ENABLE ROW LEVEL SECURITY;

--
-- Name: document_tax; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.document_tax ENABLE ROW LEVEL SECURITY;

--
-- Name: expected_amount; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.expected_amount ENABLE ROW LEVEL SECURITY;

--
-- Name: frozen_size; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.frozen_size ENABLE ROW LEVEL SECURITY;

--
-- Name: governance_group; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.governance_group ENABLE ROW LEVEL SECURITY;

--
-- Name: inhabitants; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.inhabitants ENABLE ROW LEVEL SECURITY;

--
-- Name: invoice_run; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.invoice_run ENABLE ROW LEVEL SECURITY;

--
-- Name: meeting; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.meeting ENABLE ROW LEVEL SECURITY;

--
-- Name: organisation; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.organisation ENABLE ROW LEVEL SECURITY;

--
-- Name: organisation_gln; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.organisation_gln ENABLE ROW LEVEL SECURITY;

--
-- Name: access_entry own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.access_entry FOR SELECT TO app, readonly USING (((( SELECT public.session_role() AS session_role) = ANY (ARRAY['secretariat'::text, 'auditor'::text])) OR ((( SELECT public.session_role() AS session_role) = 'memberAdministrator'::text) AND (organisation_id = ANY (( SELECT public.session_organisations() AS session_organisations)::bigint[])))));

--
-- Name: agreement own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.agreement FOR SELECT TO app, readonly USING (((organisation_id = ANY (( SELECT public.session_organisations() AS session_organisations)::bigint[])) OR ( SELECT public.session_sees_all() AS session_sees_all)));

--
-- Name: agreement_document own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.agreement_document FOR SELECT TO app, readonly USING ((EXISTS ( SELECT
   FROM public.agreement a
  WHERE (a.id = agreement_document.agreement_id))));

--
-- Name: agreement_form own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.agreement_form FOR SELECT TO app, readonly USING ((EXISTS ( SELECT
   FROM public.agreement a
  WHERE (a.id = agreement_form.agreement_id))));

--
-- Name: attendance own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.attendance FOR SELECT TO app, readonly USING ((( SELECT public.session_sees_all() AS session_sees_all) OR (EXISTS ( SELECT
   FROM (public.meeting m
     JOIN public.seat s ON ((s.group_id = m.group_id)))
  WHERE ((m.id = attendance.meeting_id) AND (s.person_id = attendance.person_id) AND (NOT s.voided) AND (s.during @> m.held_on) AND (s.organisation_id = ANY (( SELECT public.session_organisations() AS session_organisations)::bigint[])))))));

--
-- Name: audit_entry own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.audit_entry FOR SELECT TO app, readonly USING ((( SELECT public.session_role() AS session_role) = ANY (ARRAY['secretariat'::text, 'auditor'::text])));

--
-- Name: billing_contact own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.billing_contact FOR SELECT TO app, readonly USING (((organisation_id = ANY (( SELECT public.session_organisations() AS session_organisations)::bigint[])) OR ( SELECT public.session_sees_all() AS session_sees_all)));

--
-- Name: contact_role own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.contact_role FOR SELECT TO app, readonly USING (((organisation_id = ANY (( SELECT public.session_organisations() AS session_organisations)::bigint[])) OR ( SELECT public.session_sees_all() AS session_sees_all)));

--
-- Name: decision own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.decision FOR SELECT TO app, readonly USING (((EXISTS ( SELECT
   FROM public.rate_sheet r
  WHERE (r.decision_id = decision.id))) OR (EXISTS ( SELECT
   FROM public.rate_row r
  WHERE (r.decision_id = decision.id))) OR (EXISTS ( SELECT
   FROM public.dues_rate r
  WHERE (r.decision_id = decision.id))) OR ( SELECT public.session_sees_all() AS session_sees_all) OR (EXISTS ( SELECT
   FROM public.agreement a
  WHERE (a.end_decision_id = decision.id))) OR (EXISTS ( SELECT
   FROM public.pledge g
  WHERE (g.decision_id = decision.id))) OR (EXISTS ( SELECT
   FROM public.governance_group g
  WHERE (g.decision_id = decision.id))) OR (EXISTS ( SELECT
   FROM public.seat s
  WHERE (s.decision_id = decision.id)))));

--
-- Name: document own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.document FOR SELECT TO app, readonly USING (((organisation_id = ANY (( SELECT public.session_organisations() AS session_organisations)::bigint[])) OR ( SELECT public.session_sees_all() AS session_sees_all)));

--
-- Name: document_line own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.document_line FOR SELECT TO app, readonly USING (((organisation_id = ANY (( SELECT public.session_organisations() AS session_organisations)::bigint[])) OR ( SELECT public.session_sees_all() AS session_sees_all)));

--
-- Name: document_tax own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.document_tax FOR SELECT TO app, readonly USING ((EXISTS ( SELECT
   FROM public.document d
  WHERE ((d.kind = document_tax.kind) AND (d.number = document_tax.number)))));

--
-- Name: expected_amount own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.expected_amount FOR SELECT TO app, readonly USING (((organisation_id = ANY (( SELECT public.session_organisations() AS session_organisations)::bigint[])) OR ( SELECT public.session_sees_all() AS session_sees_all)));

--
-- Name: governance_group own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.governance_group FOR SELECT TO app, readonly USING (((id = ANY (( SELECT public.session_groups() AS session_groups)::bigint[])) OR (id = ANY (( SELECT public.session_contact_groups() AS session_contact_groups)::bigint[])) OR ( SELECT public.session_sees_all() AS session_sees_all)));

--
-- Name: inhabitants own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.inhabitants FOR SELECT TO app, readonly USING (((organisation_id = ANY (( SELECT public.session_organisations() AS session_organisations)::bigint[])) OR ( SELECT public.session_sees_all() AS session_sees_all)));

--
-- Name: invoice_run own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.invoice_run FOR SELECT TO app, readonly USING ((( SELECT public.session_sees_all() AS session_sees_all) OR (id IN ( SELECT d.run_id
   FROM public.document d
  WHERE (d.organisation_id = ANY (( SELECT public.session_organisations() AS session_organisations)::bigint[]))))));

--
-- Name: meeting own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.meeting FOR SELECT TO app, readonly USING ((( SELECT public.session_sees_all() AS session_sees_all) OR (EXISTS ( SELECT
   FROM public.seat s
  WHERE ((s.group_id = meeting.group_id) AND (s.organisation_id = ANY (( SELECT public.session_organisations() AS session_organisations)::bigint[])) AND (NOT s.voided) AND (s.during @> meeting.held_on))))));

--
-- Name: organisation own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.organisation FOR SELECT TO app, readonly USING (((id = ANY (( SELECT public.session_organisations() AS session_organisations)::bigint[])) OR ( SELECT public.session_sees_all() AS session_sees_all) OR (kind = 'association'::text) OR (EXISTS ( SELECT
   FROM public.supplier_role r
  WHERE (r.organisation_id = organisation.id))) OR (EXISTS ( SELECT
   FROM public.seat s
  WHERE (s.organisation_id = organisation.id)))));

--
-- Name: organisation_gln own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.organisation_gln FOR SELECT TO app, readonly USING (((organisation_id = ANY (( SELECT public.session_organisations() AS session_organisations)::bigint[])) OR ( SELECT public.session_sees_all() AS session_sees_all)));

--
-- Name: person own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.person FOR SELECT TO app, readonly USING (((EXISTS ( SELECT
   FROM public.seat s
  WHERE ((s.person_id = person.id) AND (NOT s.voided)))) OR (EXISTS ( SELECT
   FROM public.contact_role c
  WHERE (c.person_id = person.id))) OR ( SELECT public.session_sees_all() AS session_sees_all) OR ((( SELECT public.session_role() AS session_role) = ANY (ARRAY['memberContact'::text, 'memberAdministrator'::text, 'supplier'::text])) AND (EXISTS ( SELECT
   FROM public.product p
  WHERE (p.coordinator_id = person.id))))));

--
-- Name: pledge own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.pledge FOR SELECT TO app, readonly USING (((organisation_id = ANY (( SELECT public.session_organisations() AS session_organisations)::bigint[])) OR ( SELECT public.session_sees_all() AS session_sees_all)));

--
-- Name: prepared_run own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.prepared_run FOR SELECT TO app, readonly USING (( SELECT public.session_sees_all() AS session_sees_all));

--
-- Name: seat own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.seat FOR SELECT TO app, readonly USING (((organisation_id = ANY (( SELECT public.session_organisations() AS session_organisations)::bigint[])) OR ((role = ANY (ARRAY['contact'::text, 'productCoordinator'::text])) AND (NOT voided) AND (group_id = ANY (( SELECT public.session_contact_groups() AS session_contact_groups)::bigint[])) AND COALESCE((upper(during) > ((now() AT TIME ZONE 'Europe/Copenhagen'::text))::date), true)) OR ( SELECT public.session_sees_all() AS session_sees_all)));

--
-- Name: succession own; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY own ON public.succession FOR SELECT TO app, readonly USING (((predecessor_id = ANY (( SELECT public.session_organisations() AS session_organisations)::bigint[])) OR (successor_id = ANY (( SELECT public.session_organisations() AS session_organisations)::bigint[])) OR ( SELECT public.session_sees_all() AS session_sees_all)));

--
-- Name: access_entry owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.access_entry TO migrator USING (true) WITH CHECK (true);

--
-- Name: adjustment owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.adjustment TO migrator USING (true) WITH CHECK (true);

--
-- Name: agreement owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.agreement TO migrator USING (true) WITH CHECK (true);

--
-- Name: agreement_document owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.agreement_document TO migrator USING (true) WITH CHECK (true);

--
-- Name: agreement_form owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.agreement_form TO migrator USING (true) WITH CHECK (true);

--
-- Name: api_token owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.api_token TO migrator USING (true) WITH CHECK (true);

--
-- Name: api_token_use owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.api_token_use TO migrator USING (true) WITH CHECK (true);

--
-- Name: attendance owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.attendance TO migrator USING (true) WITH CHECK (true);

--
-- Name: audit_entry owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.audit_entry TO migrator USING (true) WITH CHECK (true);

--
-- Name: billing_contact owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.billing_contact TO migrator USING (true) WITH CHECK (true);

--
-- Name: commission owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.commission TO migrator USING (true) WITH CHECK (true);

--
-- Name: commission_document owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.commission_document TO migrator USING (true) WITH CHECK (true);

--
-- Name: contact_role owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.contact_role TO migrator USING (true) WITH CHECK (true);

--
-- Name: decision owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.decision TO migrator USING (true) WITH CHECK (true);

--
-- Name: document owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.document TO migrator USING (true) WITH CHECK (true);

--
-- Name: document_line owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.document_line TO migrator USING (true) WITH CHECK (true);

--
-- Name: document_tax owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.document_tax TO migrator USING (true) WITH CHECK (true);

--
-- Name: expected_amount owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.expected_amount TO migrator USING (true) WITH CHECK (true);

--
-- Name: frozen_size owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.frozen_size TO migrator USING (true) WITH CHECK (true);

--
-- Name: governance_group owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.governance_group TO migrator USING (true) WITH CHECK (true);

--
-- Name: inhabitants owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.inhabitants TO migrator USING (true) WITH CHECK (true);

--
-- Name: invoice_run owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.invoice_run TO migrator USING (true) WITH CHECK (true);

--
-- Name: meeting owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.meeting TO migrator USING (true) WITH CHECK (true);

--
-- Name: organisation owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.organisation TO migrator USING (true) WITH CHECK (true);

--
-- Name: organisation_gln owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.organisation_gln TO migrator USING (true) WITH CHECK (true);

--
-- Name: person owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.person TO migrator USING (true) WITH CHECK (true);

--
-- Name: pledge owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.pledge TO migrator USING (true) WITH CHECK (true);

--
-- Name: prepared_run owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.prepared_run TO migrator USING (true) WITH CHECK (true);

--
-- Name: scenario owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.scenario TO migrator USING (true) WITH CHECK (true);

--
-- Name: seat owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.seat TO migrator USING (true) WITH CHECK (true);

--
-- Name: setting owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.setting TO migrator USING (true) WITH CHECK (true);

--
-- Name: size_placement owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.size_placement TO migrator USING (true) WITH CHECK (true);

--
-- Name: succession owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.succession TO migrator USING (true) WITH CHECK (true);

--
-- Name: supplier_role owner; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY owner ON public.supplier_role TO migrator USING (true) WITH CHECK (true);

--
-- Name: person; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.person ENABLE ROW LEVEL SECURITY;

--
-- Name: pledge; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.pledge ENABLE ROW LEVEL SECURITY;

--
-- Name: prepared_run; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.prepared_run ENABLE ROW LEVEL SECURITY;

--
-- Name: setting published; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY published ON public.setting FOR SELECT TO app, readonly USING ((name = ANY (ARRAY['size-bounds'::text, 'contribution-member'::text, 'contribution-non-member'::text])));

--
-- Name: supplier_role published; Type: POLICY; Schema: public; Owner: migrator
--

CREATE POLICY published ON public.supplier_role FOR SELECT TO app, readonly USING (true);

--
-- Name: scenario; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.scenario ENABLE ROW LEVEL SECURITY;

--
-- Name: seat; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.seat ENABLE ROW LEVEL SECURITY;

--
-- Name: setting; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.setting ENABLE ROW LEVEL SECURITY;

--
-- Name: size_placement; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.size_placement ENABLE ROW LEVEL SECURITY;

--
-- Name: succession; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.succession ENABLE ROW LEVEL SECURITY;

--
-- Name: supplier_role; Type: ROW SECURITY; Schema: public; Owner: migrator
--

ALTER TABLE public.supplier_role ENABLE ROW LEVEL SECURITY;

--
-- Name: DATABASE os2medlem; Type: ACL; Schema: -; Owner: migrator
--

REVOKE CONNECT,TEMPORARY ON DATABASE os2medlem FROM PUBLIC;
GRANT CONNECT ON DATABASE os2medlem TO app;
GRANT CONNECT ON DATABASE os2medlem TO batch;
GRANT CONNECT ON DATABASE os2medlem TO readonly;

--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: pg_database_owner
--

REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO migrator;
GRANT USAGE ON SCHEMA public TO app;
GRANT USAGE ON SCHEMA public TO batch;
GRANT USAGE ON SCHEMA public TO readonly;

--
-- Name: FUNCTION lo_close(integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.lo_close(integer) FROM PUBLIC;

--
-- Name: FUNCTION lo_creat(integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.lo_creat(integer) FROM PUBLIC;

--
-- Name: FUNCTION lo_create(oid); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.lo_create(oid) FROM PUBLIC;

--
-- Name: FUNCTION lo_from_bytea(oid, bytea); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.lo_from_bytea(oid, bytea) FROM PUBLIC;

--
-- Name: FUNCTION lo_get(oid); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.lo_get(oid) FROM PUBLIC;

--
-- Name: FUNCTION lo_get(oid, bigint, integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.lo_get(oid, bigint, integer) FROM PUBLIC;

--
-- Name: FUNCTION lo_lseek(integer, integer, integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.lo_lseek(integer, integer, integer) FROM PUBLIC;

--
-- Name: FUNCTION lo_lseek64(integer, bigint, integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.lo_lseek64(integer, bigint, integer) FROM PUBLIC;

--
-- Name: FUNCTION lo_open(oid, integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.lo_open(oid, integer) FROM PUBLIC;

--
-- Name: FUNCTION lo_put(oid, bigint, bytea); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.lo_put(oid, bigint, bytea) FROM PUBLIC;

--
-- Name: FUNCTION lo_tell(integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.lo_tell(integer) FROM PUBLIC;

--
-- Name: FUNCTION lo_tell64(integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.lo_tell64(integer) FROM PUBLIC;

--
-- Name: FUNCTION lo_truncate(integer, integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.lo_truncate(integer, integer) FROM PUBLIC;

--
-- Name: FUNCTION lo_truncate64(integer, bigint); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.lo_truncate64(integer, bigint) FROM PUBLIC;

--
-- Name: FUNCTION lo_unlink(oid); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.lo_unlink(oid) FROM PUBLIC;

--
-- Name: FUNCTION lowrite(integer, bytea); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.lowrite(integer, bytea) FROM PUBLIC;

--
-- Name: FUNCTION pg_advisory_lock(bigint); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_lock(bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_lock(bigint) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_lock(bigint) TO migrator;

--
-- Name: FUNCTION pg_advisory_lock(integer, integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_lock(integer, integer) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_lock(integer, integer) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_lock(integer, integer) TO migrator;

--
-- Name: FUNCTION pg_advisory_lock_shared(bigint); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_lock_shared(bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_lock_shared(bigint) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_lock_shared(bigint) TO migrator;

--
-- Name: FUNCTION pg_advisory_lock_shared(integer, integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_lock_shared(integer, integer) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_lock_shared(integer, integer) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_lock_shared(integer, integer) TO migrator;

--
-- Name: FUNCTION pg_advisory_unlock(bigint); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_unlock(bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_unlock(bigint) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_unlock(bigint) TO migrator;

--
-- Name: FUNCTION pg_advisory_unlock(integer, integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_unlock(integer, integer) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_unlock(integer, integer) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_unlock(integer, integer) TO migrator;

--
-- Name: FUNCTION pg_advisory_unlock_all(); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_unlock_all() FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_unlock_all() TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_unlock_all() TO migrator;

--
-- Name: FUNCTION pg_advisory_unlock_shared(bigint); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_unlock_shared(bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_unlock_shared(bigint) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_unlock_shared(bigint) TO migrator;

--
-- Name: FUNCTION pg_advisory_unlock_shared(integer, integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_unlock_shared(integer, integer) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_unlock_shared(integer, integer) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_unlock_shared(integer, integer) TO migrator;

--
-- Name: FUNCTION pg_advisory_xact_lock(bigint); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_xact_lock(bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_xact_lock(bigint) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_xact_lock(bigint) TO migrator;

--
-- Name: FUNCTION pg_advisory_xact_lock(integer, integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_xact_lock(integer, integer) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_xact_lock(integer, integer) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_xact_lock(integer, integer) TO migrator;

--
-- Name: FUNCTION pg_advisory_xact_lock_shared(bigint); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_xact_lock_shared(bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_xact_lock_shared(bigint) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_xact_lock_shared(bigint) TO migrator;

--
-- Name: FUNCTION pg_advisory_xact_lock_shared(integer, integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_advisory_xact_lock_shared(integer, integer) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_xact_lock_shared(integer, integer) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_advisory_xact_lock_shared(integer, integer) TO migrator;

--
-- Name: FUNCTION pg_cancel_backend(integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_cancel_backend(integer) FROM PUBLIC;

--
-- Name: FUNCTION pg_terminate_backend(pid integer, timeout bigint); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_terminate_backend(pid integer, timeout bigint) FROM PUBLIC;

--
-- Name: FUNCTION pg_try_advisory_lock(bigint); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_try_advisory_lock(bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_try_advisory_lock(bigint) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_try_advisory_lock(bigint) TO migrator;

--
-- Name: FUNCTION pg_try_advisory_lock(integer, integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_try_advisory_lock(integer, integer) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_try_advisory_lock(integer, integer) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_try_advisory_lock(integer, integer) TO migrator;

--
-- Name: FUNCTION pg_try_advisory_lock_shared(bigint); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_try_advisory_lock_shared(bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_try_advisory_lock_shared(bigint) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_try_advisory_lock_shared(bigint) TO migrator;

--
-- Name: FUNCTION pg_try_advisory_lock_shared(integer, integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_try_advisory_lock_shared(integer, integer) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_try_advisory_lock_shared(integer, integer) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_try_advisory_lock_shared(integer, integer) TO migrator;

--
-- Name: FUNCTION pg_try_advisory_xact_lock(bigint); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_try_advisory_xact_lock(bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_try_advisory_xact_lock(bigint) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_try_advisory_xact_lock(bigint) TO migrator;

--
-- Name: FUNCTION pg_try_advisory_xact_lock(integer, integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_try_advisory_xact_lock(integer, integer) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_try_advisory_xact_lock(integer, integer) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_try_advisory_xact_lock(integer, integer) TO migrator;

--
-- Name: FUNCTION pg_try_advisory_xact_lock_shared(bigint); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_try_advisory_xact_lock_shared(bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_try_advisory_xact_lock_shared(bigint) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_try_advisory_xact_lock_shared(bigint) TO migrator;

--
-- Name: FUNCTION pg_try_advisory_xact_lock_shared(integer, integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.pg_try_advisory_xact_lock_shared(integer, integer) FROM PUBLIC;
GRANT ALL ON FUNCTION pg_catalog.pg_try_advisory_xact_lock_shared(integer, integer) TO batch;
GRANT ALL ON FUNCTION pg_catalog.pg_try_advisory_xact_lock_shared(integer, integer) TO migrator;

--
-- Name: FUNCTION access_kept_since(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.access_kept_since() FROM PUBLIC;

--
-- Name: FUNCTION audit_change(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.audit_change() FROM PUBLIC;

--
-- Name: FUNCTION begins_billing_period(day date, frequency text); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.begins_billing_period(day date, frequency text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.begins_billing_period(day date, frequency text) TO batch;

--
-- Name: FUNCTION billing_period_start(day date, frequency text); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.billing_period_start(day date, frequency text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.billing_period_start(day date, frequency text) TO batch;

--
-- Name: FUNCTION check_access_kept(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.check_access_kept() FROM PUBLIC;

--
-- Name: FUNCTION check_added_run(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.check_added_run() FROM PUBLIC;

--
-- Name: FUNCTION check_agreement_form(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.check_agreement_form() FROM PUBLIC;

--
-- Name: FUNCTION check_agreement_product(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.check_agreement_product() FROM PUBLIC;

--
-- Name: FUNCTION check_credit_days(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.check_credit_days() FROM PUBLIC;

--
-- Name: FUNCTION check_prepared_run(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.check_prepared_run() FROM PUBLIC;

--
-- Name: FUNCTION check_rate_sheet_rows(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.check_rate_sheet_rows() FROM PUBLIC;

--
-- Name: FUNCTION check_refreeze(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.check_refreeze() FROM PUBLIC;

--
-- Name: FUNCTION check_revocation(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.check_revocation() FROM PUBLIC;

--
-- Name: FUNCTION check_seat(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.check_seat() FROM PUBLIC;

--
-- Name: FUNCTION check_succession(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.check_succession() FROM PUBLIC;

--
-- Name: FUNCTION cvr_is_valid(cvr text); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.cvr_is_valid(cvr text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.cvr_is_valid(cvr text) TO batch;

--
-- Name: FUNCTION forget_accesses(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.forget_accesses() FROM PUBLIC;
GRANT ALL ON FUNCTION public.forget_accesses() TO batch;

--
-- Name: FUNCTION gln_is_valid(gln text); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.gln_is_valid(gln text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.gln_is_valid(gln text) TO batch;

--
-- Name: FUNCTION group_sizes(groups bigint[], on_day date); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.group_sizes(groups bigint[], on_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.group_sizes(groups bigint[], on_day date) TO app;
GRANT ALL ON FUNCTION public.group_sizes(groups bigint[], on_day date) TO readonly;
GRANT ALL ON FUNCTION public.group_sizes(groups bigint[], on_day date) TO batch;

--
-- Name: FUNCTION has_place(person bigint, organisation bigint); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.has_place(person bigint, organisation bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.has_place(person bigint, organisation bigint) TO batch;

--
-- Name: COLUMN api_token.id; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(id) ON TABLE public.api_token TO batch;

--
-- Name: COLUMN api_token.person_id; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(person_id),INSERT(person_id) ON TABLE public.api_token TO batch;

--
-- Name: COLUMN api_token.role; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(role),INSERT(role) ON TABLE public.api_token TO batch;

--
-- Name: COLUMN api_token.organisation_id; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(organisation_id),INSERT(organisation_id) ON TABLE public.api_token TO batch;

--
-- Name: COLUMN api_token.scopes; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(scopes),INSERT(scopes) ON TABLE public.api_token TO batch;

--
-- Name: COLUMN api_token.prefix; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(prefix),INSERT(prefix) ON TABLE public.api_token TO batch;

--
-- Name: COLUMN api_token.digest; Type: ACL; Schema: public; Owner: migrator
--

GRANT INSERT(digest) ON TABLE public.api_token TO batch;

--
-- Name: COLUMN api_token.created_at; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(created_at) ON TABLE public.api_token TO batch;

--
-- Name: COLUMN api_token.expires_at; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(expires_at),INSERT(expires_at) ON TABLE public.api_token TO batch;

--
-- Name: COLUMN api_token.revoked_at; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(revoked_at),UPDATE(revoked_at) ON TABLE public.api_token TO batch;

--
-- Name: FUNCTION live_tokens(secret text); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.live_tokens(secret text) FROM PUBLIC;

--
-- Name: FUNCTION note_access(requests text[], secrets text[], moments bigint[], operations text[], targets text[], statuses integer[]); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.note_access(requests text[], secrets text[], moments bigint[], operations text[], targets text[], statuses integer[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.note_access(requests text[], secrets text[], moments bigint[], operations text[], targets text[], statuses integer[]) TO app;

--
-- Name: FUNCTION open_session(secret text); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.open_session(secret text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.open_session(secret text) TO app;
GRANT ALL ON FUNCTION public.open_session(secret text) TO readonly;

--
-- Name: TABLE invoice_run; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT ON TABLE public.invoice_run TO batch;

--
-- Name: COLUMN invoice_run.id; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(id) ON TABLE public.invoice_run TO app;
GRANT SELECT(id) ON TABLE public.invoice_run TO readonly;

--
-- Name: COLUMN invoice_run.kind; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(kind) ON TABLE public.invoice_run TO app;
GRANT SELECT(kind) ON TABLE public.invoice_run TO readonly;

--
-- Name: COLUMN invoice_run.target; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(target) ON TABLE public.invoice_run TO app;
GRANT SELECT(target) ON TABLE public.invoice_run TO readonly;

--
-- Name: COLUMN invoice_run.issued_on; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(issued_on) ON TABLE public.invoice_run TO app;
GRANT SELECT(issued_on) ON TABLE public.invoice_run TO readonly;

--
-- Name: COLUMN invoice_run.due_on; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(due_on) ON TABLE public.invoice_run TO app;
GRANT SELECT(due_on) ON TABLE public.invoice_run TO readonly;

--
-- Name: COLUMN invoice_run.seller_name; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(seller_name) ON TABLE public.invoice_run TO app;
GRANT SELECT(seller_name) ON TABLE public.invoice_run TO readonly;

--
-- Name: COLUMN invoice_run.seller_cvr; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(seller_cvr) ON TABLE public.invoice_run TO app;
GRANT SELECT(seller_cvr) ON TABLE public.invoice_run TO readonly;

--
-- Name: COLUMN invoice_run.seller_gln; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(seller_gln) ON TABLE public.invoice_run TO app;
GRANT SELECT(seller_gln) ON TABLE public.invoice_run TO readonly;

--
-- Name: COLUMN invoice_run.seller_street; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(seller_street) ON TABLE public.invoice_run TO app;
GRANT SELECT(seller_street) ON TABLE public.invoice_run TO readonly;

--
-- Name: COLUMN invoice_run.seller_postal_code; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(seller_postal_code) ON TABLE public.invoice_run TO app;
GRANT SELECT(seller_postal_code) ON TABLE public.invoice_run TO readonly;

--
-- Name: COLUMN invoice_run.seller_city; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(seller_city) ON TABLE public.invoice_run TO app;
GRANT SELECT(seller_city) ON TABLE public.invoice_run TO readonly;

--
-- Name: COLUMN invoice_run.creditor_number; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(creditor_number) ON TABLE public.invoice_run TO app;
GRANT SELECT(creditor_number) ON TABLE public.invoice_run TO readonly;

--
-- Name: FUNCTION posted_runs(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.posted_runs() FROM PUBLIC;
GRANT ALL ON FUNCTION public.posted_runs() TO app;
GRANT ALL ON FUNCTION public.posted_runs() TO readonly;

--
-- Name: FUNCTION price_model(price jsonb); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.price_model(price jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.price_model(price jsonb) TO batch;

--
-- Name: FUNCTION refuse_additions_to_sealed(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.refuse_additions_to_sealed() FROM PUBLIC;

--
-- Name: FUNCTION refuse_change(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.refuse_change() FROM PUBLIC;

--
-- Name: FUNCTION refuse_other_kind(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.refuse_other_kind() FROM PUBLIC;

--
-- Name: FUNCTION seal_documents(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.seal_documents() FROM PUBLIC;

--
-- Name: FUNCTION session_contact_groups(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.session_contact_groups() FROM PUBLIC;
GRANT ALL ON FUNCTION public.session_contact_groups() TO app;
GRANT ALL ON FUNCTION public.session_contact_groups() TO readonly;

--
-- Name: FUNCTION session_groups(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.session_groups() FROM PUBLIC;
GRANT ALL ON FUNCTION public.session_groups() TO app;
GRANT ALL ON FUNCTION public.session_groups() TO readonly;

--
-- Name: FUNCTION session_organisations(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.session_organisations() FROM PUBLIC;
GRANT ALL ON FUNCTION public.session_organisations() TO app;
GRANT ALL ON FUNCTION public.session_organisations() TO readonly;

--
-- Name: FUNCTION session_role(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.session_role() FROM PUBLIC;
GRANT ALL ON FUNCTION public.session_role() TO app;
GRANT ALL ON FUNCTION public.session_role() TO readonly;

--
-- Name: FUNCTION session_sees_all(); Type: ACL; Schema: public; Owner: migrator
--

REVOKE ALL ON FUNCTION public.session_sees_all() FROM PUBLIC;
GRANT ALL ON FUNCTION public.session_sees_all() TO app;
GRANT ALL ON FUNCTION public.session_sees_all() TO readonly;

--
-- Name: TABLE access_entry; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT ON TABLE public.access_entry TO app;
GRANT SELECT ON TABLE public.access_entry TO readonly;
GRANT SELECT ON TABLE public.access_entry TO batch;

--
-- Name: TABLE adjustment; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT ON TABLE public.adjustment TO batch;

--
-- Name: TABLE agreement; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.agreement TO batch;
GRANT SELECT ON TABLE public.agreement TO app;
GRANT SELECT ON TABLE public.agreement TO readonly;

--
-- Name: TABLE agreement_document; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT ON TABLE public.agreement_document TO batch;
GRANT SELECT ON TABLE public.agreement_document TO app;
GRANT SELECT ON TABLE public.agreement_document TO readonly;

--
-- Name: TABLE agreement_form; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.agreement_form TO batch;
GRANT SELECT ON TABLE public.agreement_form TO app;
GRANT SELECT ON TABLE public.agreement_form TO readonly;

--
-- Name: TABLE api_token_use; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT ON TABLE public.api_token_use TO batch;

--
-- Name: TABLE attendance; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.attendance TO batch;
GRANT SELECT ON TABLE public.attendance TO app;
GRANT SELECT ON TABLE public.attendance TO readonly;

--
-- Name: TABLE audit_entry; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT ON TABLE public.audit_entry TO batch;
GRANT SELECT ON TABLE public.audit_entry TO app;
GRANT SELECT ON TABLE public.audit_entry TO readonly;

--
-- Name: TABLE billing_contact; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.billing_contact TO batch;
GRANT SELECT ON TABLE public.billing_contact TO app;
GRANT SELECT ON TABLE public.billing_contact TO readonly;

--
-- Name: TABLE commission; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.commission TO batch;

--
-- Name: TABLE commission_document; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT ON TABLE public.commission_document TO batch;

--
-- Name: TABLE contact_role; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.contact_role TO batch;
GRANT SELECT ON TABLE public.contact_role TO app;
GRANT SELECT ON TABLE public.contact_role TO readonly;

--
-- Name: TABLE decision; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.decision TO batch;
GRANT SELECT ON TABLE public.decision TO app;
GRANT SELECT ON TABLE public.decision TO readonly;

--
-- Name: TABLE document; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT ON TABLE public.document TO batch;
GRANT SELECT ON TABLE public.document TO app;
GRANT SELECT ON TABLE public.document TO readonly;

--
-- Name: TABLE document_line; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT ON TABLE public.document_line TO batch;
GRANT SELECT ON TABLE public.document_line TO app;
GRANT SELECT ON TABLE public.document_line TO readonly;

--
-- Name: TABLE document_tax; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT ON TABLE public.document_tax TO batch;
GRANT SELECT ON TABLE public.document_tax TO app;
GRANT SELECT ON TABLE public.document_tax TO readonly;

--
-- Name: TABLE dues_rate; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.dues_rate TO batch;
GRANT SELECT ON TABLE public.dues_rate TO app;
GRANT SELECT ON TABLE public.dues_rate TO readonly;

--
-- Name: TABLE expectation; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT ON TABLE public.expectation TO app;
GRANT SELECT ON TABLE public.expectation TO readonly;
GRANT SELECT,INSERT,UPDATE ON TABLE public.expectation TO batch;

--
-- Name: TABLE expected_amount; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT ON TABLE public.expected_amount TO app;
GRANT SELECT ON TABLE public.expected_amount TO readonly;
GRANT SELECT,INSERT,DELETE ON TABLE public.expected_amount TO batch;

--
-- Name: TABLE frozen_size; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.frozen_size TO batch;

--
-- Name: TABLE governance_group; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.governance_group TO batch;
GRANT SELECT ON TABLE public.governance_group TO app;
GRANT SELECT ON TABLE public.governance_group TO readonly;

--
-- Name: TABLE inhabitants; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.inhabitants TO batch;
GRANT SELECT ON TABLE public.inhabitants TO app;
GRANT SELECT ON TABLE public.inhabitants TO readonly;

--
-- Name: TABLE meeting; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.meeting TO batch;
GRANT SELECT ON TABLE public.meeting TO app;
GRANT SELECT ON TABLE public.meeting TO readonly;

--
-- Name: TABLE number_series; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,UPDATE ON TABLE public.number_series TO batch;

--
-- Name: TABLE organisation; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.organisation TO batch;
GRANT SELECT ON TABLE public.organisation TO app;
GRANT SELECT ON TABLE public.organisation TO readonly;

--
-- Name: TABLE organisation_gln; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.organisation_gln TO batch;
GRANT SELECT ON TABLE public.organisation_gln TO app;
GRANT SELECT ON TABLE public.organisation_gln TO readonly;

--
-- Name: TABLE person; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT ON TABLE public.person TO batch;
GRANT SELECT ON TABLE public.person TO app;
GRANT SELECT ON TABLE public.person TO readonly;

--
-- Name: COLUMN person.name; Type: ACL; Schema: public; Owner: migrator
--

GRANT UPDATE(name) ON TABLE public.person TO batch;

--
-- Name: COLUMN person.phone; Type: ACL; Schema: public; Owner: migrator
--

GRANT UPDATE(phone) ON TABLE public.person TO batch;

--
-- Name: TABLE pledge; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.pledge TO batch;
GRANT SELECT ON TABLE public.pledge TO app;
GRANT SELECT ON TABLE public.pledge TO readonly;

--
-- Name: TABLE prepared_run; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.prepared_run TO batch;
GRANT SELECT ON TABLE public.prepared_run TO app;
GRANT SELECT ON TABLE public.prepared_run TO readonly;

--
-- Name: TABLE product; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.product TO batch;
GRANT SELECT ON TABLE public.product TO app;
GRANT SELECT ON TABLE public.product TO readonly;

--
-- Name: TABLE project; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.project TO batch;
GRANT SELECT ON TABLE public.project TO app;
GRANT SELECT ON TABLE public.project TO readonly;

--
-- Name: TABLE rate_row; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.rate_row TO batch;

--
-- Name: COLUMN rate_row.id; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(id) ON TABLE public.rate_row TO app;
GRANT SELECT(id) ON TABLE public.rate_row TO readonly;

--
-- Name: COLUMN rate_row.sheet_id; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(sheet_id) ON TABLE public.rate_row TO app;
GRANT SELECT(sheet_id) ON TABLE public.rate_row TO readonly;

--
-- Name: COLUMN rate_row.charge; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(charge) ON TABLE public.rate_row TO app;
GRANT SELECT(charge) ON TABLE public.rate_row TO readonly;

--
-- Name: COLUMN rate_row.component; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(component) ON TABLE public.rate_row TO app;
GRANT SELECT(component) ON TABLE public.rate_row TO readonly;

--
-- Name: COLUMN rate_row.during; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(during) ON TABLE public.rate_row TO app;
GRANT SELECT(during) ON TABLE public.rate_row TO readonly;

--
-- Name: COLUMN rate_row.decision_id; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(decision_id) ON TABLE public.rate_row TO app;
GRANT SELECT(decision_id) ON TABLE public.rate_row TO readonly;

--
-- Name: COLUMN rate_row.voided; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(voided) ON TABLE public.rate_row TO app;
GRANT SELECT(voided) ON TABLE public.rate_row TO readonly;

--
-- Name: COLUMN rate_row.told_price; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT(told_price) ON TABLE public.rate_row TO app;
GRANT SELECT(told_price) ON TABLE public.rate_row TO readonly;

--
-- Name: TABLE rate_sheet; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.rate_sheet TO batch;
GRANT SELECT ON TABLE public.rate_sheet TO app;
GRANT SELECT ON TABLE public.rate_sheet TO readonly;

--
-- Name: TABLE scenario; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT ON TABLE public.scenario TO batch;

--
-- Name: TABLE schema_migration; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT ON TABLE public.schema_migration TO batch;
GRANT SELECT ON TABLE public.schema_migration TO app;
GRANT SELECT ON TABLE public.schema_migration TO readonly;

--
-- Name: TABLE seat; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.seat TO batch;
GRANT SELECT ON TABLE public.seat TO app;
GRANT SELECT ON TABLE public.seat TO readonly;

--
-- Name: TABLE setting; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.setting TO batch;
GRANT SELECT ON TABLE public.setting TO app;
GRANT SELECT ON TABLE public.setting TO readonly;

--
-- Name: TABLE size_placement; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.size_placement TO batch;

--
-- Name: TABLE succession; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT ON TABLE public.succession TO batch;
GRANT SELECT ON TABLE public.succession TO app;
GRANT SELECT ON TABLE public.succession TO readonly;

--
-- Name: TABLE supplier_role; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.supplier_role TO batch;
GRANT SELECT ON TABLE public.supplier_role TO app;
GRANT SELECT ON TABLE public.supplier_role TO readonly;

--
-- Name: TABLE vat_rule; Type: ACL; Schema: public; Owner: migrator
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.vat_rule TO batch;

--
-- Name: DEFAULT PRIVILEGES FOR FUNCTIONS; Type: DEFAULT ACL; Schema: -; Owner: migrator
--

ALTER DEFAULT PRIVILEGES FOR ROLE migrator REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

--
-- PostgreSQL database dump complete
--

