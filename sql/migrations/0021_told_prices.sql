-- Rate sheets are published. Who shares a total by given weights, and with what weight, is not: each participant finds its own on its invoice.
ALTER TABLE rate_row ADD COLUMN told_price jsonb NOT NULL
    GENERATED ALWAYS AS (CASE WHEN price ->> 'by' = 'given' THEN jsonb_set(price, '{weights}', '[]') ELSE price END) STORED;
REVOKE SELECT ON rate_row FROM app, readonly;
GRANT SELECT (id, sheet_id, charge, component, during, told_price, decision_id, voided) ON rate_row TO app, readonly;
