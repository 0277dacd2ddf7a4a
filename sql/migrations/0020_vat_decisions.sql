-- A line keeps the reference of the decision behind its VAT, as it was when the line was posted: the rules may change. Lines from before do not say.
ALTER TABLE document_line ADD COLUMN vat_decision text CONSTRAINT document_line_vat_decision CHECK (vat_decision <> '');
