import Domain
import Postgres

/// A posting under way: takes numbers from the locked counters and copies documents in, page by page; the run's own row closes it.
struct Posting {
    enum Kind: String {
        case charges, creditByHand, reversal
    }

    private let kind: Kind
    private let work: Work
    private let run: Int64
    private let seller: Seller
    private let issuedOn: CivilDate
    private let dueOn: CivilDate
    private let names: [Subject: String]
    private var lastInvoice: Int64
    private var lastCreditNote: Int64
    private let before: (invoice: Int64, creditNote: Int64)
    /// The shared totals whose participants' sizes are frozen already: each is frozen with the first line that stands on it.
    private var frozen: Set<SharedSizes> = []

    /// Locks the number series and looks up what every document carries: the seller and the dates.
    ///
    /// - Throws: ``Refusal`` by `SETTING_MISSING`, `UNKNOWN_ORGANISATION` when the association itself is not registered.
    init(_ kind: Kind, in work: Work) async throws {
        self.kind = kind
        self.work = work
        let series = try await work.transaction.query(
            "SELECT last_number FROM number_series ORDER BY kind DESC FOR UPDATE", as: Int64.self)
        guard series.count == 2 else { throw Refusal(.seriesGap) }
        // Descending by kind: invoice, then credit note.
        lastInvoice = series[0]
        lastCreditNote = series[1]
        before = (series[0], series[1])
        // Under the lock on the counters, so runs are numbered without a gap as well.
        run = try await work.transaction.only("SELECT coalesce(max(id), 0) + 1 FROM invoice_run", as: Int64.self)
        let settings = try await SettingStore.load(in: work)
        seller = try await Seller.load(settings, in: work)
        issuedOn = work.today
        let days = Int(try settings.value(.paymentDays, on: work.today)) ?? 30
        guard let dueOn = work.today.adding(days: days) else { throw Refusal(.dateInvalid, work.today.description) }
        self.dueOn = dueOn
        names = try await SubjectNames.load(in: work)
    }

    /// Posts one page of outcomes and returns the numbers of each one's documents.
    ///
    /// - Throws: ``Refusal`` by `CREDIT_BEFORE_INVOICE`, `AMOUNT_OUT_OF_RANGE` when the numbers are used up.
    mutating func post(_ outcomes: [HashedOutcome]) async throws -> [[Int64]] {
        var numbers: [[Int64]] = []
        var documents: [NumberedDocument] = []
        for hashed in outcomes {
            var own: [Int64] = []
            var derivations = hashed.derivations[...]
            for document in hashed.outcome.documents {
                if let invoice = document.credits, invoice.issuedOn > issuedOn {
                    throw Refusal(
                        .creditBeforeInvoice, issuedOn.description, String(invoice.number), invoice.issuedOn.description)
                }
                let number = try take(document.kind)
                own.append(number)
                documents.append(
                    NumberedDocument(
                        number: number, party: hashed.outcome.party, document: document, waived: document.told(of: hashed.outcome.waived),
                        derivations: Array(derivations.prefix(document.lines.count))))
                derivations = derivations.dropFirst(document.lines.count)
            }
            numbers.append(own)
        }
        if !documents.isEmpty { try await copy(documents) }
        try await freeze(outcomes.map(\.outcome.usedSizes))
        return numbers
    }

    /// Writes the counters back and the run's row, which the database compares with what was posted under it. Nothing when nothing was posted.
    ///
    /// - Parameter order: what was to be charged, and with which warnings; nothing for what charges nothing.
    func finish(
        _ target: BillingPeriod, _ order: (scope: ChargeScope, accepted: Set<String>)? = nil, chargesBegin: CivilDate, hash: RunHash,
        totals: RunTotals
    ) async throws -> Int64? {
        guard totals.documents > 0 else { return nil }
        try await work.transaction.execute("UPDATE number_series SET last_number = \(lastInvoice) WHERE kind = 'invoice'")
        try await work.transaction.execute("UPDATE number_series SET last_number = \(lastCreditNote) WHERE kind = 'creditNote'")
        try await work.transaction.execute(
            """
            INSERT INTO invoice_run (id, kind, target, charges_begin, issued_on, due_on, inputs, posted_by, invoices, credit_notes, net_minor,
                vat_minor, seller_name, seller_cvr, seller_gln, seller_street, seller_postal_code, seller_city, creditor_number, scope, accepted)
            VALUES (\(run), \(kind.rawValue), \(target.description), \(chargesBegin.stored), \(issuedOn.stored), \(dueOn.stored), \(hash.bytes),
                \(work.actor.description), \(lastInvoice - before.invoice), \(lastCreditNote - before.creditNote), \(totals.net.minorUnits),
                \(totals.tax.minorUnits), \(seller.name), \(seller.cvr.description), \(seller.gln?.description), \(seller.address.street),
                \(seller.address.postalCode), \(seller.address.city), \(seller.creditorNumber),
                \(order?.scope.description), \(order?.accepted.sorted()))
            """)
        return run
    }

    private mutating func freeze(_ used: [UsedSizes]) async throws {
        let shared = used.reduce(into: Set()) { $0.formUnion($1.shared) }.subtracting(frozen)
        frozen.formUnion(shared)
        try await SizeStore.freeze(Set(used.flatMap(\.unfrozen)).union(shared.flatMap(\.unfrozen)).sorted(), in: work)
    }

    private mutating func take(_ kind: DocumentKind) throws(Refusal) -> Int64 {
        switch kind {
        case .invoice:
            guard lastInvoice < 99_999_999_999_999 else { throw Refusal(.amountOutOfRange) }
            lastInvoice += 1
            return lastInvoice
        case .creditNote:
            guard lastCreditNote < .max else { throw Refusal(.amountOutOfRange) }
            lastCreditNote += 1
            return lastCreditNote
        }
    }

    /// Three bulk copies, in the order the database checks them: documents, their lines, their taxes.
    private func copy(_ documents: [NumberedDocument]) async throws {
        let (run, issuedOn, dueOn, names) = (run, issuedOn.stored, dueOn.stored, names)
        try await work.transaction.copyIn(
            """
            COPY document (kind, number, run_id, organisation_id, issued_on, due_on, credits_invoice, fik, buyer_name, buyer_cvr, buyer_gln,
                buyer_street, buyer_postal_code, buyer_city, buyer_reference, buyer_order_number, buyer_account_string, net_minor, vat_minor, waived)
            FROM STDIN (FORMAT binary)
            """
        ) { rows in
            for entry in documents {
                let (document, party) = (entry.document, entry.party)
                let isInvoice = document.kind == .invoice
                try rows.row {
                    $0.write(document.kind.rawValue)
                    $0.write(entry.number)
                    $0.write(run)
                    $0.write(party.id.value)
                    $0.write(issuedOn)
                    $0.write(isInvoice ? dueOn : nil)
                    $0.write(document.credits?.number)
                    $0.write(isInvoice ? FIKReference(invoiceNumber: entry.number)?.description : nil)
                    $0.write(party.name)
                    $0.write(party.cvr?.description)
                    $0.write(party.billing.gln?.description)
                    $0.write(party.address.street)
                    $0.write(party.address.postalCode)
                    $0.write(party.address.city)
                    $0.write(party.billing.reference ?? "")
                    $0.write(party.billing.orderNumber)
                    $0.write(party.billing.accountString)
                    $0.write(document.net.minorUnits)
                    $0.write(document.tax.minorUnits)
                    $0.write(entry.storedWaived)
                }
            }
        }
        try await work.transaction.copyIn(
            """
            COPY document_line (kind, number, line, organisation_id, subject, charge, billing_period, revision, part, covers, net_minor,
                vat_category, vat_basis_points, vat_decision, credits_line, subject_name, account_name, derivation)
            FROM STDIN (FORMAT binary)
            """
        ) { rows in
            for entry in documents {
                for (index, (line, derivation)) in zip(entry.document.lines, entry.derivations).enumerated() {
                    try rows.row {
                        $0.write(entry.document.kind.rawValue)
                        $0.write(entry.number)
                        $0.write(Int32(index + 1))
                        $0.write(line.key.organisation.value)
                        $0.write(line.key.subject.description)
                        $0.write(line.key.charge.rawValue)
                        $0.write(line.key.period?.description)
                        $0.write(line.revision)
                        $0.write(line.part)
                        $0.write(line.covers.stored)
                        $0.write(line.net.minorUnits)
                        $0.write(line.vat.rate.category.rawValue)
                        $0.write(line.vat.rate.basisPoints)
                        $0.write(line.vat.decision)
                        $0.write(line.credits?.line)
                        $0.write(names[line.key.subject])
                        $0.write(line.key.organisation == entry.party.id ? nil : entry.party.name(of: line.key.organisation))
                        $0.write(derivation)
                    }
                }
            }
        }
        try await work.transaction.copyIn(
            "COPY document_tax (kind, number, category, basis_points, base_minor, tax_minor) FROM STDIN (FORMAT binary)"
        ) { rows in
            for entry in documents {
                for tax in entry.document.taxes {
                    try rows.row(
                        entry.document.kind.rawValue, entry.number, tax.rate.category.rawValue, tax.rate.basisPoints, tax.base.minorUnits,
                        tax.tax.minorUnits)
                }
            }
        }
    }
}

/// A document with its number, on its way into the database.
private struct NumberedDocument: Sendable {
    let number: Int64
    let party: ChargedParty
    let document: DraftDocument
    /// What the document tells of besides its lines.
    let waived: [Waiver]
    /// One a line, in their stored form.
    let derivations: [String]

    /// Nothing where nothing was waived, as almost everywhere.
    var storedWaived: String? {
        if waived.isEmpty { return nil }
        var json = CanonicalJSON()
        json.array { for waiver in waived { waiver.write(to: &$0) } }
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
