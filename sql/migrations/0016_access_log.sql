-- Who read what, and until when a token holds.
--
-- Every read by somebody from outside the association is on record (DOMAIN, people's data). The server writes it in batches after the answer, to the
-- primary, so that reading needs nothing but a standby; what it notes twice after a failure is told by the request's own id.

-- One question that was asked with an outside token, and what came of it. It stands for itself and points with numbers only: tokens, people and
-- organisations may change, and it is written all day.
CREATE TABLE access_entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request text COLLATE "C" NOT NULL CONSTRAINT access_entry_request CHECK (request ~ '^[0-9a-f]{16}$'),
    at timestamptz NOT NULL,
    prefix text COLLATE "C" NOT NULL,
    person_id bigint NOT NULL,
    role text COLLATE "C" NOT NULL,
    organisation_id bigint NOT NULL,
    -- As the description of the API names it, and what was asked for with it, path and query.
    operation text COLLATE "C" NOT NULL CONSTRAINT access_entry_operation CHECK (operation <> ''),
    target text COLLATE "C" NOT NULL CONSTRAINT access_entry_target CHECK (target LIKE '/%'),
    status integer NOT NULL CONSTRAINT access_entry_status CHECK (status BETWEEN 200 AND 599),
    CONSTRAINT access_entry_request_unique UNIQUE (request)
);
CREATE INDEX access_entry_organisation ON access_entry (organisation_id, id);

CREATE TRIGGER access_entry_final BEFORE UPDATE OR DELETE OR TRUNCATE ON access_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE access_entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON access_entry TO migrator USING (true) WITH CHECK (true);
-- An organisation's administrator sees what its own people asked.
CREATE POLICY own ON access_entry FOR SELECT TO app, readonly
    USING ((SELECT session_role()) IN ('secretariat', 'auditor')
        OR ((SELECT session_role()) = 'memberAdministrator' AND organisation_id = ANY ((SELECT session_organisations())::bigint[])));

-- Notes what was asked with which token, whether or not the token has ended since, and when each was last used. Who does not know a token can note
-- nothing in its name. What is known already is left as it is. Moments are microseconds since 1970.
CREATE FUNCTION note_access(requests text[], secrets text[], moments bigint[], operations text[], targets text[], statuses integer[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO access_entry (request, at, prefix, person_id, role, organisation_id, operation, target, status)
        SELECT n.request, to_timestamp(n.moment / 1e6), t.prefix, t.person_id, t.role, t.organisation_id, n.operation, n.target, n.status
        FROM unnest(requests, secrets, moments, operations, targets, statuses) WITH ORDINALITY
            AS n (request, secret, moment, operation, target, status, place)
        JOIN api_token AS t ON t.digest = sha256(convert_to(n.secret, 'UTF8'))
        WHERE t.organisation_id IS NOT NULL
        ORDER BY n.place
        ON CONFLICT (request) DO NOTHING;
    -- In one order everywhere, so that two servers never wait for each other.
    INSERT INTO api_token_use AS u (token_id, last_used_at)
        SELECT t.id, to_timestamp(max(n.moment) / 1e6) FROM unnest(secrets, moments) AS n (secret, moment) JOIN api_token AS t ON t.digest = sha256(convert_to(n.secret, 'UTF8'))
        GROUP BY t.id ORDER BY t.id
        ON CONFLICT (token_id) DO UPDATE SET last_used_at = excluded.last_used_at WHERE u.last_used_at < excluded.last_used_at;
END
$$;

-- The token a secret stands for while it holds; at most one row. For the functions below, which run as the owner.
CREATE FUNCTION live_tokens(secret text) RETURNS SETOF api_token LANGUAGE sql STABLE AS $$
    SELECT * FROM public.api_token AS t
    WHERE t.digest = sha256(convert_to(secret, 'UTF8')) AND t.revoked_at IS NULL AND t.expires_at > now()
$$;

-- Whether a person is a contact of an organisation or sits somewhere on its behalf, today or later.
CREATE FUNCTION has_place(person bigint, organisation bigint) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
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

-- A token that speaks for an organisation ends when its holder has no place there any more. That is looked at when a session begins, once for all its
-- questions; a session that does not begin leaves nothing set that would stand for it.
CREATE OR REPLACE FUNCTION open_session(secret text)
RETURNS TABLE (id bigint, role text, organisation_id bigint, scopes text[], prefix text, expires_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT t.id, t.role, t.organisation_id, t.scopes, t.prefix, t.expires_at FROM live_tokens(secret) AS t
        WHERE t.organisation_id IS NULL OR has_place(t.person_id, t.organisation_id);
    PERFORM set_config('os2medlem.session', CASE WHEN FOUND THEN secret ELSE '' END, true);
END
$$;

CREATE OR REPLACE FUNCTION session_role() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT t.role FROM live_tokens(current_setting('os2medlem.session', true)) AS t), 'anonymous');
END
$$;

CREATE OR REPLACE FUNCTION session_organisations() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
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

-- Seats and votes of groups: of whoever sits there, those of the days on which it does; what came after is no business of who left.
CREATE OR REPLACE FUNCTION group_sizes(groups bigint[], on_day date) RETURNS TABLE (group_id bigint, seats bigint, votes bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
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

-- A token's use is noted with what was read.
DROP POLICY own ON api_token_use;
DROP FUNCTION session_token();
REVOKE INSERT, SELECT, UPDATE ON api_token_use FROM app;

REVOKE EXECUTE ON FUNCTION note_access(text[], text[], bigint[], text[], text[], integer[]), live_tokens(text), has_place(bigint, bigint)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION note_access(text[], text[], bigint[], text[], text[], integer[]) TO app;
GRANT EXECUTE ON FUNCTION has_place(bigint, bigint) TO batch;
GRANT SELECT ON access_entry TO app, readonly, batch;
