-- The two roles of os2medlem, run once per server and once per database by somebody who may create roles. Running it again changes nothing.
--
-- migrator  owns the database's objects and changes them through migrations; nothing else runs as it.
-- app       runs every use case. It may read everything, write registers, and only add to what is posted; each migration grants it what its tables need.
--
-- Programs that start at once take turns: catalog rows that two sessions change at the same moment make one of them fail.
--
-- Neither is a superuser, and neither has a password here: the server's own authentication decides who may become them.
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
EXCEPTION
    -- Two programs at once on a new server: the other one made them.
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

DO $$
BEGIN
    IF (SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()) <> 'migrator' THEN
        EXECUTE format('ALTER DATABASE %I OWNER TO migrator', current_database());
    END IF;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO app', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO migrator;
GRANT USAGE ON SCHEMA public TO app;
