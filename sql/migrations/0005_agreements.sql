-- One table for memberships, joinings and supplier partnerships. The subject is never null: with null for membership an exclusion
-- constraint would let overlaps through.
CREATE TABLE agreement (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    import_id text,
    organisation_id bigint NOT NULL REFERENCES organisation,
    subject text COLLATE "C" NOT NULL CONSTRAINT agreement_subject CHECK (subject ~ '^(association|supplier|product:[1-9][0-9]*)$'),
    state text NOT NULL CONSTRAINT agreement_state
        CHECK (state IN ('draft', 'sent', 'signed', 'active', 'noticeGiven', 'ended', 'cancelled', 'voided')),
    sent_on date,
    signed_by text,
    signer_title text,
    signed_on date,
    countersigned_by text,
    countersigner_title text,
    countersigned_on date,
    during daterange CONSTRAINT agreement_during CHECK (NOT isempty(during) AND NOT lower_inf(during)),
    notice_received_on date,
    end_reason text CONSTRAINT agreement_end_reason CHECK (end_reason IN ('notice', 'exclusion', 'succeeded')),
    end_decision_id bigint REFERENCES decision,
    CONSTRAINT agreement_import_id_unique UNIQUE (import_id),
    CONSTRAINT agreement_signature_whole CHECK (num_nulls(nullif(signed_by, ''), nullif(signer_title, ''), signed_on) IN (0, 3)),
    CONSTRAINT agreement_countersignature_whole
        CHECK (num_nulls(nullif(countersigned_by, ''), nullif(countersigner_title, ''), countersigned_on) IN (0, 3)),
    CONSTRAINT agreement_signed_in_order CHECK (countersigned_on >= signed_on),
    CONSTRAINT agreement_exclusion_decided CHECK (end_reason <> 'exclusion' OR end_decision_id IS NOT NULL),
    -- What each state has, and has not yet.
    CONSTRAINT agreement_state_facts CHECK (
        CASE state
            WHEN 'draft' THEN sent_on IS NULL AND signed_on IS NULL AND during IS NULL
            WHEN 'sent' THEN sent_on IS NOT NULL AND signed_on IS NULL AND during IS NULL
            WHEN 'signed' THEN signed_on IS NOT NULL AND countersigned_on IS NULL AND during IS NULL
            WHEN 'active' THEN countersigned_on IS NOT NULL AND during IS NOT NULL AND upper_inf(during) AND end_reason IS NULL
            WHEN 'noticeGiven' THEN countersigned_on IS NOT NULL AND during IS NOT NULL AND NOT upper_inf(during) AND end_reason IS NOT NULL
            WHEN 'ended' THEN countersigned_on IS NOT NULL AND during IS NOT NULL AND NOT upper_inf(during) AND end_reason IS NOT NULL
            WHEN 'cancelled' THEN signed_on IS NULL AND during IS NULL
            WHEN 'voided' THEN signed_on IS NOT NULL
        END),
    -- Membership ends the day the notice is registered as received, and that day is its last.
    CONSTRAINT agreement_notice_is_last_day
        CHECK (subject <> 'association' OR end_reason <> 'notice' OR upper(during) = notice_received_on + 1),
    CONSTRAINT agreement_no_overlap EXCLUDE USING gist (organisation_id WITH =, subject WITH =, during WITH &&)
        WHERE (state IN ('active', 'noticeGiven', 'ended'))
);
-- At most one live agreement per organisation and subject; drafts may be several.
CREATE UNIQUE INDEX agreement_one_live ON agreement (organisation_id, subject) WHERE state IN ('sent', 'signed', 'active', 'noticeGiven');
CREATE INDEX agreement_organisation ON agreement (organisation_id);
CREATE TRIGGER agreement_audit AFTER INSERT OR UPDATE OR DELETE ON agreement
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

-- The signed paper itself. The server computes the digest, so it cannot disagree with the content.
CREATE TABLE agreement_document (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    agreement_id bigint NOT NULL REFERENCES agreement,
    file_name text NOT NULL CONSTRAINT agreement_document_file_name CHECK (file_name <> '' AND length(file_name) <= 255),
    content bytea NOT NULL CONSTRAINT agreement_document_content CHECK (octet_length(content) BETWEEN 1 AND 20971520),
    sha256 bytea NOT NULL GENERATED ALWAYS AS (sha256(content)) STORED,
    CONSTRAINT agreement_document_once UNIQUE (agreement_id, sha256)
);
CREATE TRIGGER agreement_document_audit AFTER INSERT ON agreement_document
    FOR EACH ROW EXECUTE FUNCTION audit_change('id', 'content');
CREATE TRIGGER agreement_document_final BEFORE UPDATE OR DELETE OR TRUNCATE ON agreement_document
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT, UPDATE ON agreement TO app;
GRANT SELECT, INSERT ON agreement_document TO app;
