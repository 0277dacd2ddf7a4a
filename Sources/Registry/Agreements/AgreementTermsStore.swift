public import Domain
import Postgres

extension Agreements {
    /// Changes an agreement's form from a day on. The form that already holds on the day changes nothing.
    ///
    /// - Throws: ``Refusal`` by `UNKNOWN_AGREEMENT`, `PASSIVE_ONLY_ON_PRODUCTS` where the subject is no product, `ILLEGAL_MOVE` where the agreement never
    ///   was in force, `FORM_OUTSIDE_TERM` where the day is not one of its days.
    @discardableResult
    public static func changeForm(
        _ id: Identifier<Agreement>, to form: AgreementForm, from day: CivilDate, in work: Work
    ) async throws -> AgreementRecord {
        try await Organisations.lock(try await find(id, in: work).organisation, in: work)
        let record = try await find(id, in: work)
        guard case .product = record.subject else { throw Refusal(.passiveOnlyOnProducts) }
        guard record.life.state.isInForce, let term = record.life.term else {
            throw Refusal(.illegalMove, "form", record.life.state.rawValue)
        }
        var terms = record.terms
        terms.forms = try terms.forms.changing(to: form, from: day, in: term)
        try await store(terms, of: record, in: work)
        return try await find(id, in: work)
    }

    /// Writes an agreement's terms where they differ from what is recorded.
    ///
    /// - Throws: ``Refusal`` by the rules of ``AgreementTerms/check(for:)``.
    static func store(_ terms: AgreementTerms, of record: AgreementRecord, in work: Work) async throws {
        if terms == record.terms { return }
        try terms.check(for: record.subject)
        let id = record.id.value
        let (initial, months, to) = (terms.forms.initial.rawValue, Int32(terms.notice.months), terms.notice.to.rawValue)
        try await work.transaction.execute(
            """
            UPDATE agreement SET form = \(initial), notice_months = \(months), notice_to = \(to), minimum_last_day = \(terms.minimumLastDay?.stored)
            WHERE id = \(id) AND (form, notice_months, notice_to, minimum_last_day) IS DISTINCT FROM
                (\(initial), \(months), \(to), \(terms.minimumLastDay?.stored))
            """)
        // A change that moved to another day takes its row along: nothing is ever deleted.
        var moved = record.terms.forms.changes.filter { !terms.forms.changes.contains($0) }[...]
        for change in terms.forms.changes where !record.terms.forms.changes.contains(change) {
            if let old = moved.popFirst() {
                try await work.transaction.execute(
                    """
                    UPDATE agreement_form SET valid_from = \(change.from.stored), form = \(change.form.rawValue)
                    WHERE agreement_id = \(id) AND valid_from = \(old.from.stored)
                    """)
            } else {
                try await work.transaction.execute(
                    "INSERT INTO agreement_form (agreement_id, valid_from, form) VALUES (\(id), \(change.from.stored), \(change.form.rawValue))"
                )
            }
        }
    }
}
