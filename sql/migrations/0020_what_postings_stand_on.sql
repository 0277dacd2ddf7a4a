-- A line keeps the reference of the decision behind its VAT, as it was when the line was posted: the rules may change. Lines from before do not say.
ALTER TABLE document_line ADD COLUMN vat_decision text CONSTRAINT document_line_vat_decision CHECK (vat_decision <> '');

-- What a run looked at and which warnings were accepted, also where nobody prepared it. Runs from before say so only where they were prepared.
ALTER TABLE invoice_run
    ADD COLUMN scope text COLLATE "C",
    ADD COLUMN accepted text[],
    ADD CONSTRAINT invoice_run_scope CHECK (num_nulls(scope, accepted) IN (0, 2) AND (scope IS NULL OR kind = 'charges'));
