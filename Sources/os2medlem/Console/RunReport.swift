import Domain
import EInvoice
import Interchange
import Registry
import Wording

extension Session {
    /// A preview or a posted run, for people or for programs.
    func print(_ result: ChargeRunResult) throws {
        switch format {
        case .json:
            var json = CanonicalJSON(reserving: 65_536)
            try result.write(to: &json, in: language)
            Console.print(json)
        case .csv:
            Console.write(ChargedLineRow.csv(try result.lineRows(in: language)))
            // No line says who is not charged.
            if result.totals.parked > 0 {
                Console.remark(
                    language.text(
                        "\(result.totals.parked) parkeret; tabellen og JSON siger hvem og hvorfor",
                        "\(result.totals.parked) parked; the table and the JSON say who and why"))
            }
        case .table:
            // Only some of the lines would look like all of them.
            if result.holdsAllLines {
                let lines = try result.lines(in: language)
                if !lines.isEmpty { Console.print(lines.text) }
            }
            let parked = result.parked(in: language)
            if !parked.isEmpty { Console.print(parked.text) }
            let waived = result.waived(in: language)
            if !waived.isEmpty { Console.print(waived.text) }
            if result.holdsAllLines {
                let breakdown = try result.breakdown(in: language)
                if !breakdown.isEmpty { Console.print(breakdown.text) }
                let members = try result.members(in: language)
                if !members.isEmpty { Console.print(members.text) }
            }
            Console.print(try result.summary(in: language))
        }
    }

    /// A posted invoice, and what was taken back of it.
    func print(_ invoice: InvoiceRecord, explaining: Bool) throws {
        guard format == .table else {
            return try print(invoice.document) { try invoice.write(to: &$0, in: language) }
        }
        try printHead(invoice.document)
        if !invoice.creditNotes.isEmpty {
            let (credited, open) = (invoice.credited.text(in: language), try invoice.open().text(in: language))
            let notes = invoice.creditNotes.map(String.init).joined(separator: ", ")
            Console.print(
                language.text(
                    "Krediteret \(credited) kr. inkl. moms (kreditnota \(notes)); derefter \(open) kr., betalinger ikke medregnet.",
                    "Credited DKK \(credited) incl. VAT (credit note \(notes)); DKK \(open) after that, payments not counted."))
        }
        if explaining { printReasons(invoice.document) }
    }

    /// A posted credit note.
    func print(_ note: PostedDocument, explaining: Bool) throws {
        guard format == .table else { return try print(note) { try note.write(to: &$0, in: language) } }
        try printHead(note)
        if explaining { printReasons(note) }
    }

    /// For programs: as CSV the lines.
    private func print(_ document: PostedDocument, json write: (inout CanonicalJSON) throws -> Void) throws {
        if format == .csv { return Console.write(ExplainedLineRow.csv(document.lines.map { ExplainedLineRow($0, in: language) })) }
        var json = CanonicalJSON()
        try write(&json)
        Console.print(json)
    }

    private func printHead(_ document: PostedDocument) throws {
        let language = language
        let title = document.kind == .invoice ? language.text("Faktura", "Invoice") : language.text("Kreditnota", "Credit note")
        Console.print("\(title) \(document.number)  \(document.issuedOn)  \(document.buyer.name)")
        switch document.role {
        case .invoice(let dueOn, let payment):
            Console.print(
                language.text("Forfald \(dueOn), betaling", "Due \(dueOn), payment") + " +71<\(payment)+\(document.creditorNumber)<")
        case .creditNote(let invoice, let issuedOn):
            Console.print(language.text("Til faktura \(invoice) af \(issuedOn)", "On invoice \(invoice) of \(issuedOn)"))
        }
        var table = TextTable([("", .trailing), ("", .leading), ("", .leading), ("", .trailing)])
        for line in document.lines {
            table.row(
                String(line.line), line.text(in: language).name, "\(line.covers.first)–\(line.covers.last)", line.net.text(in: language))
        }
        table.row("", language.text("I alt ekskl. moms", "Total excl. VAT"), "", document.net.text(in: language))
        table.row("", language.text("Moms", "VAT"), "", document.tax.text(in: language))
        table.row("", language.text("I alt", "Total"), "", try document.gross().text(in: language))
        Console.print(String(table.text.dropFirst().dropLast()))
    }

    private func printReasons(_ document: PostedDocument) {
        let language = language
        // What changed is often the same on several lines, and told on the first of them.
        var told: [String: Int32] = [:]
        for line in document.lines {
            let changes = Set(line.derivation.causes.map { $0.sentence(in: language) })
            var earlier: Set<Int32> = []
            for sentence in line.explanation(in: language) {
                if changes.contains(sentence), let first = told[sentence] {
                    earlier.insert(first)
                    continue
                }
                if changes.contains(sentence) { told[sentence] = line.line }
                Console.print("  \(line.line)  \(sentence)")
            }
            if !earlier.isEmpty { Console.print("  \(line.line)  \(language.changedAs(lines: earlier.sorted()))") }
        }
        for tax in document.taxes { Console.print("  \(document.explanation(of: tax, in: language))") }
        for waiver in document.waived {
            Console.print("  \(waiver.title(of: document.subjectName(of: waiver), in: language))")
            for sentence in waiver.explanation(in: language) { Console.print("     \(sentence)") }
        }
    }
}

extension ChargeRunResult {
    /// Who is charged what, for which days, and why.
    func lines(in language: Language) throws -> TextTable {
        var table = TextTable([
            (language.text("modtager", "receiver"), .leading), (language.text("produkt", "product"), .leading),
            (language.text("post", "charge"), .leading),
            (language.text("dage", "days"), .leading), (language.text("netto", "net"), .trailing),
            (language.text("fordi", "because"), .leading),
        ])
        for outcome in outcomes {
            for document in outcome.outcome.documents {
                for line in document.lines {
                    let net = document.kind == .invoice ? line.net : try line.net.negated()
                    table.row(
                        outcome.outcome.party.name(of: line.key.organisation) ?? outcome.outcome.party.name,
                        names[line.key.subject] ?? "", line.key.charge.title(in: language) + (line.key.period.map { " \($0)" } ?? ""),
                        "\(line.covers.first)–\(line.covers.last)", net.text(in: language),
                        line.reason(in: language))
                }
            }
        }
        return table
    }

    func parked(in language: Language) -> TextTable {
        var table = TextTable([
            (language.text("parkeret", "parked"), .leading), (language.text("årsag", "reason"), .leading), ("", .leading),
        ])
        for outcome in outcomes {
            for parking in outcome.outcome.parked {
                table.row(
                    parking.key.flatMap { outcome.outcome.party.name(of: $0.organisation) } ?? outcome.outcome.party.name,
                    parking.reason.rawValue,
                    [parking.key.flatMap { names[$0.subject] }, parking.reason.sentence(for: parking, in: language)].compactMap { $0 }
                        .joined(separator: ": "))
            }
        }
        return table
    }

    /// Joining fees that paid pledges took away altogether (rule 14): no line says so.
    func waived(in language: Language) -> TextTable {
        var table = TextTable([
            (language.text("bortfalder", "waived"), .leading), (language.text("produkt", "product"), .leading),
            (language.text("fordi", "because"), .leading),
        ])
        for outcome in outcomes {
            for waiver in outcome.outcome.waived {
                table.row(
                    outcome.outcome.party.name(of: waiver.key.organisation) ?? outcome.outcome.party.name, names[waiver.key.subject] ?? "",
                    waiver.explanation(in: language).joined(separator: " "))
            }
        }
        return table
    }

    /// Net amounts by product and charge, with the host's account; empty for a result without its outcomes.
    func breakdown(in language: Language) throws -> TextTable {
        var table = TextTable([
            (language.text("produkt", "product"), .leading), (language.text("post", "charge"), .leading),
            (language.text("konto", "account"), .leading), (language.text("linjer", "lines"), .trailing),
            (language.text("netto", "net"), .trailing),
        ])
        for total in try subtotals() {
            table.row(
                names[total.subject] ?? "", total.charge.title(in: language), total.account ?? "", String(total.lines),
                total.net.text(in: language))
        }
        return table
    }

    /// What each receiver is to pay, or gets back.
    func members(in language: Language) throws -> TextTable {
        var table = TextTable([
            (language.text("modtager", "receiver"), .leading), (language.text("netto", "net"), .trailing),
            (language.text("inkl. moms", "incl. VAT"), .trailing),
        ])
        for total in try memberTotals() { table.row(total.name, total.net.text(in: language), total.gross.text(in: language)) }
        return table
    }

    func summary(in language: Language) throws -> String {
        var lines = [
            language.text(
                "\(totals.invoices) faktura(er), \(totals.creditNotes) kreditnota(er), \(totals.parked) parkeret",
                "\(totals.invoices) invoice(s), \(totals.creditNotes) credit note(s), \(totals.parked) parked"),
            language.text("Netto", "Net") + " \(totals.net.text(in: language)), " + language.text("moms", "VAT")
                + " \(totals.tax.text(in: language)), " + language.text("i alt", "total") + " \(try totals.gross().text(in: language))",
        ]
        for warning in ChargeWarning.allCases {
            guard let count = totals.warnings[warning] else { continue }
            lines.append("\(warning.rawValue): \(count) – \(warning.sentence(in: language))")
            if let names = totals.concerned[warning] { lines.append("  \(language.some(names, of: count))") }
        }
        for agreement in crowded {
            let subject = names[agreement.place.subject] ?? agreement.place.subject.description
            lines.append("\(ChargeWarning.lineLimit.rawValue): \(agreement.sentence(about: subject, in: language))")
        }
        for total in unshared { lines.append("\(names[total.subject] ?? ""): \(total.sentence(in: language))") }
        if let run { lines.append(language.text("kørsel \(run)", "run \(run)")) }
        lines.append("inputs \(hash)")
        return lines.joined(separator: "\n")
    }
}

extension Language {
    /// Picks the text in this language.
    func text(_ danish: String, _ english: String) -> String { self == .danish ? danish : english }
}
