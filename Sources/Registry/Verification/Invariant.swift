import Postgres

/// One thing that must hold of the books, as a statement that lists where it does not.
struct Invariant: Sendable {
    let name: String
    /// Selects one text per violation; a hundred are enough to act on.
    let violations: SQL

    static let all: [Invariant] = [
        Invariant(
            name: "numbers are consecutive from 1 to the counter",
            violations: """
                SELECT s.kind || ': ' || count(d.number) || ' documents, highest ' || coalesce(max(d.number), 0) || ', counter ' || s.last_number
                FROM number_series AS s LEFT JOIN document AS d ON d.kind = s.kind
                GROUP BY s.kind, s.last_number
                HAVING count(d.number) <> s.last_number OR coalesce(max(d.number), 0) <> s.last_number
                """),
        Invariant(
            name: "a document's lines add up to it",
            violations: """
                SELECT d.kind || ' ' || d.number FROM document AS d
                LEFT JOIN (SELECT kind, number, sum(net_minor) AS net FROM document_line GROUP BY kind, number) AS l USING (kind, number)
                WHERE l.net IS DISTINCT FROM d.net_minor LIMIT 100
                """),
        Invariant(
            name: "a document's taxes add up to it and follow from its lines",
            violations: """
                SELECT d.kind || ' ' || d.number FROM document AS d
                LEFT JOIN (SELECT kind, number, sum(base_minor) AS base, sum(tax_minor) AS tax FROM document_tax GROUP BY kind, number) AS t
                    USING (kind, number)
                WHERE t.base IS DISTINCT FROM d.net_minor OR t.tax IS DISTINCT FROM d.vat_minor
                UNION ALL
                SELECT t.kind || ' ' || t.number FROM document_tax AS t
                WHERE t.base_minor IS DISTINCT FROM (SELECT sum(l.net_minor) FROM document_line AS l WHERE l.kind = t.kind AND l.number = t.number
                        AND l.vat_category = t.category AND l.vat_basis_points = t.basis_points)
                    OR (t.kind = 'invoice' AND t.tax_minor <> round(t.base_minor::numeric * t.basis_points / 10000))
                LIMIT 100
                """),
        Invariant(
            name: "credits stay within what was invoiced, per line and per tax",
            violations: """
                SELECT 'invoice ' || n.credits_invoice || ' line ' || c.credits_line
                FROM document AS n JOIN document_line AS c USING (kind, number)
                LEFT JOIN document_line AS i ON i.kind = 'invoice' AND i.number = n.credits_invoice AND i.line = c.credits_line
                WHERE n.kind = 'creditNote'
                GROUP BY n.credits_invoice, c.credits_line, i.net_minor HAVING i.net_minor IS NULL OR sum(c.net_minor) > i.net_minor
                UNION ALL
                SELECT 'invoice ' || n.credits_invoice || ' tax'
                FROM document AS n JOIN document_tax AS c USING (kind, number)
                LEFT JOIN document_tax AS i ON i.kind = 'invoice' AND i.number = n.credits_invoice
                    AND i.category = c.category AND i.basis_points = c.basis_points
                WHERE n.kind = 'creditNote'
                GROUP BY n.credits_invoice, c.category, c.basis_points, i.base_minor, i.tax_minor
                HAVING i.tax_minor IS NULL OR sum(c.tax_minor) > i.tax_minor
                    OR (sum(c.base_minor) = i.base_minor AND sum(c.tax_minor) <> i.tax_minor)
                """),
        Invariant(
            name: "no credit note is dated before its invoice",
            violations: """
                SELECT 'credit note ' || n.number FROM document AS n JOIN document AS i ON i.kind = 'invoice' AND i.number = n.credits_invoice
                WHERE n.kind = 'creditNote' AND n.issued_on < i.issued_on LIMIT 100
                """),
        Invariant(
            name: "a key's postings are numbered without a gap",
            violations: """
                SELECT organisation_id || ' ' || subject || ' ' || charge || ' ' || coalesce(billing_period, '')
                FROM document_line GROUP BY organisation_id, subject, charge, billing_period
                HAVING count(DISTINCT revision) <> max(revision) + 1 LIMIT 100
                """),
        Invariant(
            name: "what stands posted on a key is what its last posting said is owed",
            violations: """
                SELECT key.organisation_id || ' ' || key.subject || ' ' || key.charge || ' ' || coalesce(key.billing_period, '')
                FROM (
                    SELECT organisation_id, subject, charge, billing_period,
                        sum(CASE kind WHEN 'invoice' THEN net_minor ELSE -net_minor END) AS balance,
                        (array_agg(derivation ORDER BY revision DESC, part DESC))[1] AS derivation
                    FROM document_line GROUP BY organisation_id, subject, charge, billing_period
                ) AS key
                WHERE key.balance <> (key.derivation ->> 'owedMinor')::numeric LIMIT 100
                """),
        Invariant(
            name: "every document belongs to a run, and every run states what it posted",
            violations: """
                SELECT 'run ' || r.id FROM invoice_run AS r
                LEFT JOIN (
                    SELECT run_id, count(*) FILTER (WHERE kind = 'invoice') AS invoices, count(*) FILTER (WHERE kind = 'creditNote') AS notes,
                        sum(CASE kind WHEN 'invoice' THEN net_minor ELSE -net_minor END) AS net,
                        sum(CASE kind WHEN 'invoice' THEN vat_minor ELSE -vat_minor END) AS vat
                    FROM document GROUP BY run_id
                ) AS d ON d.run_id = r.id
                WHERE (d.invoices, d.notes, d.net, d.vat) IS DISTINCT FROM
                    (r.invoices, r.credit_notes, r.net_minor::numeric, r.vat_minor::numeric)
                UNION ALL
                SELECT kind || ' ' || number FROM document WHERE NOT EXISTS (SELECT FROM invoice_run WHERE id = document.run_id)
                LIMIT 100
                """),
        Invariant(
            name: "documents and lines belong to registered organisations",
            violations: """
                SELECT kind || ' ' || number FROM document WHERE NOT EXISTS (SELECT FROM organisation WHERE id = organisation_id)
                UNION ALL
                SELECT kind || ' ' || number FROM document_line WHERE NOT EXISTS (SELECT FROM organisation WHERE id = organisation_id)
                LIMIT 100
                """),
        Invariant(
            name: "no two agreements of an organisation on one subject overlap",
            violations: """
                SELECT a.id || ' and ' || b.id FROM agreement AS a JOIN agreement AS b
                    ON a.organisation_id = b.organisation_id AND a.subject = b.subject AND a.id < b.id AND a.during && b.during
                WHERE a.state IN ('active', 'noticeGiven', 'ended') AND b.state IN ('active', 'noticeGiven', 'ended') LIMIT 100
                """),
        Invariant(
            name: "agreements are on registered products, and only those on products are passive",
            violations: """
                SELECT a.id::text FROM agreement AS a
                LEFT JOIN product AS p ON p.id = CASE WHEN a.subject LIKE 'product:%' THEN substr(a.subject, 9)::bigint END
                WHERE (a.subject LIKE 'product:%' AND p.id IS NULL)
                    OR (a.subject NOT LIKE 'product:%'
                        AND (a.form <> 'active' OR EXISTS (SELECT FROM agreement_form WHERE agreement_id = a.id)))
                LIMIT 100
                """),
        Invariant(
            name: "the triggers that keep posted rows are in place",
            violations: """
                SELECT expected.name FROM (VALUES
                    ('audit_entry_final'), ('agreement_document_final'), ('invoice_run_final'), ('document_final'), ('document_line_final'),
                    ('document_tax_final'), ('document_sealed'), ('document_line_sealed'), ('document_tax_sealed'), ('invoice_run_added'),
                    ('number_series_seal'), ('document_credit_days')
                ) AS expected (name)
                WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = expected.name AND tgenabled IN ('O', 'A'))
                """),
    ]
}
