CREATE TABLE person (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CONSTRAINT person_name_text CHECK (name <> '' AND length(name) <= 200),
    email text NOT NULL CONSTRAINT person_email_text CHECK (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' AND length(email) <= 254),
    phone text CONSTRAINT person_phone_text CHECK (phone <> '' AND length(phone) <= 40),
    CONSTRAINT person_email_unique UNIQUE (email)
);
CREATE TRIGGER person_audit AFTER INSERT OR UPDATE OR DELETE ON person
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

CREATE TABLE contact_role (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id bigint NOT NULL REFERENCES organisation,
    person_id bigint NOT NULL REFERENCES person,
    role text NOT NULL CONSTRAINT contact_role_role CHECK (role IN ('primary', 'billing', 'signatory', 'technical')),
    during daterange NOT NULL CONSTRAINT contact_role_during CHECK (NOT isempty(during) AND NOT lower_inf(during)),
    CONSTRAINT contact_role_once EXCLUDE USING gist (organisation_id WITH =, person_id WITH =, role WITH =, during WITH &&),
    CONSTRAINT contact_role_one_primary EXCLUDE USING gist (organisation_id WITH =, during WITH &&) WHERE (role = 'primary')
);
CREATE INDEX contact_role_person ON contact_role (person_id);
CREATE TRIGGER contact_role_audit AFTER INSERT OR UPDATE OR DELETE ON contact_role
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

GRANT SELECT, INSERT, UPDATE ON person, contact_role TO app;
