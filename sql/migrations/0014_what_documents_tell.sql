-- A joining fee that paid pledges took away altogether has no line. The invoice that charges the same agreement for the period in which the fee fell due
-- keeps what was waived and why, computed again whenever it is read; as text, like the derivation of a line.
ALTER TABLE document ADD COLUMN waived json
    CONSTRAINT document_waived CHECK (waived IS NULL OR (kind = 'invoice' AND json_array_length(waived) > 0));
