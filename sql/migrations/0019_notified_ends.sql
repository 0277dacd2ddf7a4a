-- Why an end that was notified before a succession had been notified, and what an exclusion stood on: the succession takes the place of both.
ALTER TABLE agreement
    ADD COLUMN notified_reason text CONSTRAINT agreement_notified_reason CHECK (notified_reason IN ('notice', 'exclusion', 'succeeded')),
    ADD COLUMN notified_decision_id bigint REFERENCES decision;

-- What is on record already is in the audit: the row as it was before the succession.
SELECT set_config('os2medlem.actor', 'migration', true), set_config('os2medlem.use_case', 'migration 19', true);
UPDATE agreement AS a SET notified_reason = e.before ->> 'end_reason',
    notified_decision_id = CASE WHEN e.before ->> 'end_reason' <> 'notice' THEN (e.before ->> 'end_decision_id')::bigint END
FROM audit_entry AS e
WHERE a.notified_last_day IS NOT NULL AND e.record = 'agreement' AND e.record_id = a.id::text
    AND e.before ->> 'notified_last_day' IS NULL AND e.after ->> 'notified_last_day' IS NOT NULL;

ALTER TABLE agreement
    ADD CONSTRAINT agreement_notified_whole CHECK (num_nulls(notified_last_day, notified_reason) IN (0, 2)),
    ADD CONSTRAINT agreement_notified_decided CHECK (notified_reason <> 'exclusion' OR notified_decision_id IS NOT NULL);
