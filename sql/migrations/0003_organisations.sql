-- Check digits are the database's too: what is wrong on its face is in no row, whoever wrote it.
CREATE FUNCTION cvr_is_valid(cvr text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT cvr ~ '^[1-9][0-9]{7}$' AND
        (SELECT sum(substr(cvr, place, 1)::integer * weight) % 11 = 0
         FROM unnest(ARRAY[2, 7, 6, 5, 4, 3, 2, 1]) WITH ORDINALITY AS digit (weight, place_number)
         CROSS JOIN LATERAL (SELECT place_number::integer AS place) AS position)
$$;
CREATE FUNCTION gln_is_valid(gln text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT gln ~ '^[0-9]{13}$' AND
        (SELECT sum(substr(gln, place, 1)::integer * CASE WHEN place % 2 = 1 THEN 1 ELSE 3 END) % 10 = 0 FROM generate_series(1, 13) AS place)
$$;

CREATE TABLE organisation (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    import_id text,
    kind text NOT NULL CONSTRAINT organisation_kind
        CHECK (kind IN ('municipality', 'region', 'stateBody', 'otherPublicBody', 'supplier', 'association')),
    name text NOT NULL CONSTRAINT organisation_name_text CHECK (name ~ '\S' AND name !~ '[[:cntrl:]]' AND length(name) <= 200),
    cvr text COLLATE "C" CONSTRAINT organisation_cvr_valid CHECK (cvr_is_valid(cvr)),
    municipality_code text COLLATE "C" CONSTRAINT organisation_municipality_code
        CHECK (municipality_code IS NULL OR (municipality_code ~ '^[0-9]{4}$' AND kind = 'municipality')),
    -- A region's own code, or the code of the region a municipality lies in.
    region_code text COLLATE "C" CONSTRAINT organisation_region_code
        CHECK (region_code IS NULL OR (region_code ~ '^[0-9]{4}$' AND kind IN ('municipality', 'region'))),
    street text CONSTRAINT organisation_street_text CHECK (street ~ '\S' AND street !~ '[[:cntrl:]]'),
    postal_code text CONSTRAINT organisation_postal_code CHECK (postal_code ~ '^[0-9]{4}$'),
    city text CONSTRAINT organisation_city_text CHECK (city ~ '\S' AND city !~ '[[:cntrl:]]'),
    CONSTRAINT organisation_import_id_unique UNIQUE (import_id),
    CONSTRAINT organisation_cvr_unique UNIQUE (cvr),
    CONSTRAINT organisation_municipality_code_unique UNIQUE (municipality_code)
);
CREATE UNIQUE INDEX organisation_region_code_unique ON organisation (region_code) WHERE kind = 'region';
-- There is one seller.
CREATE UNIQUE INDEX organisation_one_association ON organisation (kind) WHERE kind = 'association';
CREATE TRIGGER organisation_audit AFTER INSERT OR UPDATE OR DELETE ON organisation
    FOR EACH ROW EXECUTE FUNCTION audit_change('id');

CREATE TABLE organisation_gln (
    gln text COLLATE "C" PRIMARY KEY CONSTRAINT organisation_gln_valid CHECK (gln_is_valid(gln)),
    organisation_id bigint NOT NULL REFERENCES organisation,
    UNIQUE (organisation_id, gln)
);
CREATE TRIGGER organisation_gln_audit AFTER INSERT OR UPDATE OR DELETE ON organisation_gln
    FOR EACH ROW EXECUTE FUNCTION audit_change('gln');

-- Where invoices go and what they must carry. The GLN is one of the organisation's own.
CREATE TABLE billing_contact (
    organisation_id bigint PRIMARY KEY REFERENCES organisation,
    gln text COLLATE "C",
    reference text CONSTRAINT billing_contact_reference CHECK (reference ~ '\S' AND reference !~ '[[:cntrl:]]'),
    order_number text CONSTRAINT billing_contact_order_number CHECK (order_number ~ '\S' AND order_number !~ '[[:cntrl:]]'),
    account_string text CONSTRAINT billing_contact_account_string CHECK (account_string ~ '\S' AND account_string !~ '[[:cntrl:]]'),
    FOREIGN KEY (organisation_id, gln) REFERENCES organisation_gln (organisation_id, gln)
);
CREATE TRIGGER billing_contact_audit AFTER INSERT OR UPDATE OR DELETE ON billing_contact
    FOR EACH ROW EXECUTE FUNCTION audit_change('organisation_id');

CREATE TABLE inhabitants (
    organisation_id bigint NOT NULL REFERENCES organisation,
    counted_on date NOT NULL,
    inhabitants integer NOT NULL CONSTRAINT inhabitants_not_negative CHECK (inhabitants >= 0),
    source text NOT NULL CONSTRAINT inhabitants_source CHECK (source <> ''),
    PRIMARY KEY (organisation_id, counted_on)
);
CREATE TRIGGER inhabitants_audit AFTER INSERT OR UPDATE OR DELETE ON inhabitants
    FOR EACH ROW EXECUTE FUNCTION audit_change('organisation_id,counted_on');

GRANT SELECT, INSERT, UPDATE ON organisation, organisation_gln, billing_contact, inhabitants TO app;
