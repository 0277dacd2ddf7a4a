-- As before, but when a token was last used is told to the minute: one that is used all day is not written every second. Each token is looked up once.
CREATE OR REPLACE FUNCTION note_access(requests text[], secrets text[], moments bigint[], operations text[], targets text[], statuses integer[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
