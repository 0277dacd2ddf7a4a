-- Groups of the association: who sits in them and on whose behalf, when they meet, and the documents that commission them.
CREATE TABLE governance_group (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CONSTRAINT governance_group_name_text CHECK (name ~ '\S' AND name !~ '[[:cntrl:]]' AND length(name) <= 200),
    kind text NOT NULL CONSTRAINT governance_group_kind CHECK (kind IN
        ('board', 'generalAssembly', 'steeringGroup', 'coordinationGroup', 'expertCommittee', 'interestGroup')),
    product_id bigint REFERENCES product,
    -- From the day it was commissioned, where that is known, through its last day.
    during daterange NOT NULL CONSTRAINT governance_group_during CHECK (NOT isempty(during)),
    -- How many may sit with a vote; nothing where there is no limit.
    seat_limit integer CONSTRAINT governance_group_seat_limit CHECK (seat_limit BETWEEN 1 AND 1000),
    -- Who made it, or approved it.
    decision_id bigint REFERENCES decision,
    -- A product is coordinated and steered; a steering group is there before its project is a product.
    CONSTRAINT governance_group_product CHECK (
        CASE kind WHEN 'coordinationGroup' THEN product_id IS NOT NULL WHEN 'steeringGroup' THEN true ELSE product_id IS NULL END)
);
-- People write a group's name as they please.
CREATE UNIQUE INDEX governance_group_name_unique ON governance_group (lower(name));
CREATE UNIQUE INDEX governance_group_one_of_kind ON governance_group (kind) WHERE kind IN ('board', 'generalAssembly');
CREATE INDEX governance_group_of_product ON governance_group (product_id);
CREATE TRIGGER governance_group_audit AFTER INSERT OR UPDATE OR DELETE ON governance_group
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

-- Nobody sits for nobody: the organisation is part of the seat.
CREATE TABLE seat (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    group_id bigint NOT NULL REFERENCES governance_group,
    person_id bigint NOT NULL REFERENCES person,
    organisation_id bigint NOT NULL REFERENCES organisation,
    role text NOT NULL CONSTRAINT seat_role CHECK (role IN
        ('chair', 'deputyChair', 'treasurer', 'member', 'secretary', 'projectManager', 'productCoordinator', 'contact', 'observer',
            'alternate')),
    votes integer NOT NULL CONSTRAINT seat_votes CHECK (votes BETWEEN 0 AND 100),
    during daterange NOT NULL CONSTRAINT seat_during CHECK (NOT isempty(during) AND NOT lower_inf(during)),
    -- The last day of the term somebody was elected for, where it is stated: the seat itself goes on until somebody ends it.
    elected_until date,
    decision_id bigint REFERENCES decision,
    voided boolean NOT NULL DEFAULT false,
    CONSTRAINT seat_votes_of_role CHECK (votes = 0 OR role IN ('chair', 'deputyChair', 'treasurer', 'member')),
    CONSTRAINT seat_no_overlap EXCLUDE USING gist (
        group_id WITH =, person_id WITH =, organisation_id WITH =, role WITH =, during WITH &&) WHERE (NOT voided),
    CONSTRAINT seat_one_chair EXCLUDE USING gist (group_id WITH =, during WITH &&) WHERE (role = 'chair' AND NOT voided)
);
CREATE INDEX seat_person ON seat (person_id);
CREATE INDEX seat_organisation ON seat (organisation_id);
CREATE TRIGGER seat_audit AFTER INSERT OR UPDATE OR DELETE ON seat
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

-- Who votes at a general assembly is who is a member on the day, so nobody sits in it; and nobody sits down before a group is there or after it
-- has closed. A group's kind never changes, and closing a group says nothing of the seats there were.
CREATE FUNCTION check_seat() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
CREATE TRIGGER seat_of_group AFTER INSERT ON seat FOR EACH ROW EXECUTE FUNCTION check_seat();

CREATE FUNCTION refuse_other_kind() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'a group keeps its kind' USING ERRCODE = 'check_violation', CONSTRAINT = 'governance_group_kind_stays', TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER governance_group_kind_stays BEFORE UPDATE OF kind ON governance_group
    FOR EACH ROW WHEN (OLD.kind <> NEW.kind) EXECUTE FUNCTION refuse_other_kind();

-- A meeting is planned first; its minutes and who was there follow.
CREATE TABLE meeting (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    group_id bigint NOT NULL REFERENCES governance_group,
    held_on date NOT NULL,
    called_on date CONSTRAINT meeting_called_before CHECK (called_on <= held_on),
    agenda text CONSTRAINT meeting_agenda_link CHECK (agenda ~ '^https?://[^[:space:][:cntrl:]]+$' AND length(agenda) <= 500),
    minutes text CONSTRAINT meeting_minutes_link CHECK (minutes ~ '^https?://[^[:space:][:cntrl:]]+$' AND length(minutes) <= 500),
    voided boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX meeting_once ON meeting (group_id, held_on) WHERE NOT voided;
CREATE TRIGGER meeting_audit AFTER INSERT OR UPDATE OR DELETE ON meeting
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

CREATE TABLE attendance (
    meeting_id bigint NOT NULL REFERENCES meeting,
    person_id bigint NOT NULL REFERENCES person,
    present boolean NOT NULL,
    PRIMARY KEY (meeting_id, person_id)
);
CREATE INDEX attendance_person ON attendance (person_id);
CREATE TRIGGER attendance_audit AFTER INSERT OR UPDATE OR DELETE ON attendance
    FOR EACH ROW EXECUTE FUNCTION audit_change('meeting_id,person_id');

-- What a group is there for, version by version, each signed.
CREATE TABLE commission (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    group_id bigint NOT NULL REFERENCES governance_group,
    version text COLLATE "C" NOT NULL CONSTRAINT commission_version CHECK (version ~ '^[0-9]+(\.[0-9]+)*$' AND length(version) <= 20),
    signed_by text NOT NULL CONSTRAINT commission_signed_by CHECK (signed_by ~ '\S' AND signed_by !~ '[[:cntrl:]]'),
    signer_title text NOT NULL CONSTRAINT commission_signer_title CHECK (signer_title ~ '\S' AND signer_title !~ '[[:cntrl:]]'),
    signed_on date NOT NULL,
    link text CONSTRAINT commission_link CHECK (link ~ '^https?://[^[:space:][:cntrl:]]+$' AND length(link) <= 500),
    CONSTRAINT commission_version_unique UNIQUE (group_id, version)
);
CREATE TRIGGER commission_audit AFTER INSERT OR UPDATE OR DELETE ON commission
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

-- The signed paper itself, as those of agreements are kept.
CREATE TABLE commission_document (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    commission_id bigint NOT NULL REFERENCES commission,
    file_name text NOT NULL CONSTRAINT commission_document_file_name CHECK (file_name <> '' AND length(file_name) <= 255),
    content bytea NOT NULL CONSTRAINT commission_document_content CHECK (octet_length(content) BETWEEN 1 AND 20971520),
    sha256 bytea NOT NULL GENERATED ALWAYS AS (sha256(content)) STORED,
    CONSTRAINT commission_document_once UNIQUE (commission_id, sha256)
);
CREATE TRIGGER commission_document_audit AFTER INSERT ON commission_document
    FOR EACH ROW EXECUTE FUNCTION audit_change('id', 'content');
CREATE TRIGGER commission_document_final BEFORE UPDATE OR DELETE OR TRUNCATE ON commission_document
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE setting DROP CONSTRAINT setting_name;
ALTER TABLE setting ADD CONSTRAINT setting_name CHECK (name IN (
    'charges-begin', 'payment-days', 'creditor-number', 'index-rounding', 'size-bounds', 'contribution-member', 'contribution-non-member',
    'four-eyes', 'change-warning', 'line-limit', 'association-account', 'governance-model'));

GRANT SELECT, INSERT, UPDATE ON governance_group, seat, meeting, attendance, commission TO app;
GRANT SELECT, INSERT ON commission_document TO app;
