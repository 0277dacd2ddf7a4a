-- The roles of os2medlem, run once per server and once per database by a superuser (batch passes row-level security by, which nobody else may give).
-- Running it again changes nothing.
--
-- migrator  owns the database's objects and changes them through migrations; nothing else runs as it.
-- batch     runs every use case of the command line and the jobs: it may read everything, write registers, and only add to what is posted.
-- app       serves requests: it reads what the policies show its session (migration 0013).
-- readonly  as app, and writes nothing at all: for standby servers.
--
-- What each may do is in sql/grants.txt, which a test compares with the migrated database.
--
-- Programs that start at once take turns: catalog rows that two sessions change at the same moment make one of them fail.
--
-- None is a superuser, none owns another, and none has a password here: the server's own authentication decides who may become them.
DO $$
BEGIN
    -- "os2mrole" as a number; held to the end of the transaction, which is the whole of this text.
    PERFORM pg_advisory_xact_lock(8030818006184455269);
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'migrator') THEN
        CREATE ROLE migrator LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
        CREATE ROLE app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'readonly') THEN
        CREATE ROLE readonly LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'batch') THEN
        CREATE ROLE batch LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS;
    END IF;
EXCEPTION
    -- Two programs at once on a new server: the other one made them.
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

-- What statements carry, a token among it, is in no log of the server, however slow one was. A setting of a role would hold only for who logs in as it and not for
-- who puts it on, and would miss the roles that somebody made before; this holds for every login but one for which somebody set another value (ALTER ROLE): a role's
-- own setting outranks the database's. Where the first is not set yet it takes a superuser, which the refusal says by its name.
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['log_parameter_max_length=0', 'log_parameter_max_length_on_error=0'] LOOP
        IF NOT EXISTS (SELECT FROM pg_db_role_setting AS s JOIN pg_database AS d ON d.oid = s.setdatabase
            WHERE d.datname = current_database() AND s.setrole = 0 AND wanted = ANY (s.setconfig))
        THEN
            BEGIN
                EXECUTE format('ALTER DATABASE %I SET %I = 0', current_database(), split_part(wanted, '=', 1));
            EXCEPTION WHEN insufficient_privilege THEN
                RAISE EXCEPTION '% is not set, and % may not set it', wanted, session_user
                    USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'statements_unlogged';
            END;
        END IF;
    END LOOP;
END
$$;

DO $$
BEGIN
    IF (SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()) <> 'migrator' THEN
        EXECUTE format('ALTER DATABASE %I OWNER TO migrator', current_database());
    END IF;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO app, batch, readonly', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO migrator;
GRANT USAGE ON SCHEMA public TO app, batch, readonly;

-- A lock that outlives its transaction would hold up postings; who only reads takes none.
DO $$
DECLARE
    lock regprocedure;
BEGIN
    FOR lock IN SELECT oid FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^pg_(try_)?advisory'
        AND has_function_privilege('public', oid, 'EXECUTE')
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', lock);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO batch, migrator', lock);
    END LOOP;
END
$$;

-- A login serves many: whoever has got into one of its sessions ends no other's, and leaves nothing behind that belongs to the login.
DO $$
DECLARE
    mischief regprocedure;
BEGIN
    FOR mischief IN SELECT oid FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
        AND proname ~ '^(pg_terminate_backend|pg_cancel_backend|lo_.*|lowrite)$' AND has_function_privilege('public', oid, 'EXECUTE')
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', mischief);
    END LOOP;
END
$$;
