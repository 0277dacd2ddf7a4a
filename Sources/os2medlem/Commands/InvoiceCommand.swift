public import ArgumentParser
public import Domain
import Interchange
import Registry
import Wording

struct InvoiceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invoice",
        abstract: "Preview and run the invoicing; list, show, explain, replay, credit, reverse and export documents.",
        subcommands: [
            Preview.self, Run.self, Prepare.self, Approve.self, Post.self, Prepared.self, Runs.self, Compare.self, Expect.self, List.self,
            Show.self, Explain.self, ReplayCommand.self, Credit.self, Reverse.self, Export.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Posted invoices, or credit notes, by number.")
        @OptionGroup var options: GlobalOptions
        @Option(help: "invoice or creditNote.") var kind: DocumentKind = .invoice
        @Option(name: .customLong("run"), help: "Only those of one run.") var runNumber: Int64?

        func run() async throws {
            let (kind, run) = (kind, runNumber)
            try await options.withSession { session in
                switch kind {
                case .invoice: try list(try await session.read { try await Documents.invoices(of: run, in: $0) }, in: session)
                case .creditNote: try list(try await session.read { try await Documents.creditNotes(of: run, in: $0) }, in: session)
                }
            }
        }

        private func list(_ invoices: [InvoiceEntry], in session: Session) throws {
            try Console.list(
                invoices, in: session,
                columns: [
                    (.number, .trailing), (.issued, .leading), (.due, .leading), (.receiver, .leading), (.net, .trailing),
                    (.vat, .trailing), (.credited, .trailing), (.open, .trailing), (.run, .trailing),
                ],
                row: { entry, table in
                    let document = entry.document
                    table.row(
                        String(document.number), document.issuedOn.description, document.dueOn?.description ?? "", document.buyerName,
                        session.amount(document.net), session.amount(document.tax), session.amount(entry.credited),
                        (try? entry.open()).map(session.amount) ?? "", String(document.run))
                }, json: { try $0.write(to: &$1) })
        }

        private func list(_ notes: [CreditNoteEntry], in session: Session) throws {
            try Console.list(
                notes, in: session,
                columns: [
                    (.number, .trailing), (.issued, .leading), (.receiver, .leading), (.net, .trailing), (.vat, .trailing),
                    (.credits, .trailing), (.run, .trailing),
                ],
                row: { entry, table in
                    let document = entry.document
                    table.row(
                        String(document.number), document.issuedOn.description, document.buyerName, session.amount(document.net),
                        session.amount(document.tax), document.creditsInvoice.map(String.init) ?? "", String(document.run))
                }, json: { try $0.write(to: &$1) })
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One document with its lines.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The number.") var number: Int64
        @Option(help: "invoice or creditNote.") var kind: DocumentKind = .invoice

        func run() async throws {
            try await showDocument(kind, number, options, explaining: false)
        }
    }

    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "How every line of a document came to be.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The number.") var number: Int64
        @Option(help: "invoice or creditNote.") var kind: DocumentKind = .invoice

        func run() async throws {
            try await showDocument(kind, number, options, explaining: true)
        }
    }

    struct Credit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a credit by hand on one invoice line, for a decided reason. The credit note is posted at once.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The invoice's number.") var number: Int64
        @Option(help: "The line's number.") var line: Int32 = 1
        @Option(parsing: .unconditional, help: "Kroner excluding VAT, more than zero, as in 2500.00.") var amount: String
        @Option(help: "Why, for the receiver to read.") var reason: String
        @Option(help: "The decision's reference.") var decision: String

        func run() async throws {
            let money = try Money(aboveZero: amount)
            let (reference, reason, decision) = (LineReference(invoice: number, line: line), reason, decision)
            try await options.withSession { session in
                let notes = try await session.post("invoice credit") { work in
                    let numbers = try await CreditByHand.post(money, on: reference, because: reason, decision: decision, in: work)
                    var notes: [PostedDocument] = []
                    for number in numbers { notes.append(try await Documents.find(.creditNote, number, in: work)) }
                    return notes
                }
                if session.format == .json {
                    var json = CanonicalJSON()
                    try json.array { for note in notes { try note.write(to: &$0, in: session.language) } }
                    return Console.print(json)
                }
                for note in notes {
                    try session.print(note, explaining: true)
                    guard case .creditNote(let invoice, _) = note.role, invoice != reference.invoice else { continue }
                    // What the named line has left goes first; the rest comes from the key's other invoices (rule 7).
                    Console.print(
                        session.language.text(
                            "Faktura \(reference.invoice) linje \(reference.line) har ikke nok tilbage; resten er krediteret på faktura \(invoice).",
                            "Invoice \(reference.invoice) line \(reference.line) has not enough left; the rest is credited on invoice \(invoice)."
                        ))
                }
            }
        }
    }

    private static func showDocument(_ kind: DocumentKind, _ number: Int64, _ options: GlobalOptions, explaining: Bool) async throws {
        try await options.withSession { session in
            switch kind {
            case .invoice:
                let invoice = try await session.read { work in
                    let invoice = try await Documents.invoice(number, in: work)
                    return explaining ? try await Documents.tellingWhoShares(invoice, in: work) : invoice
                }
                try session.print(invoice, explaining: explaining)
            case .creditNote:
                let note = try await session.read { work in
                    let note = try await Documents.find(kind, number, in: work)
                    return explaining ? try await Documents.tellingWhoShares(note, in: work) : note
                }
                try session.print(note, explaining: explaining)
            }
        }
    }
}

extension DocumentKind: ExpressibleByArgument {}
