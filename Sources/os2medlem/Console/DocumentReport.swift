import Domain
import Interchange
import Registry
import Wording

extension Session {
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
        // What changed is often the same on several lines, and told on the first of them; but only where all of it is.
        var told: [[String]: Int32] = [:]
        for line in document.lines {
            let changes = line.derivation.causes.map { $0.sentence(in: language) }.sorted()
            let first = changes.isEmpty ? nil : told[changes]
            for sentence in line.explanation(in: language) where first == nil || !changes.contains(sentence) {
                Console.print("  \(line.line)  \(sentence)")
            }
            if let first { Console.print("  \(line.line)  \(language.changedAs(line: first))") } else { told[changes] = line.line }
        }
        for tax in document.taxes { Console.print("  \(document.explanation(of: tax, in: language))") }
        for waiver in document.waived {
            Console.print("  \(waiver.title(of: document.subjectName(of: waiver), in: language))")
            for sentence in waiver.explanation(in: language) { Console.print("     \(sentence)") }
        }
    }
}

extension Language {
    /// Picks the text in this language.
    func text(_ danish: String, _ english: String) -> String { self == .danish ? danish : english }
}
