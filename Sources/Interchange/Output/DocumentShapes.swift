public import Domain
public import Wording

// The public shapes of posted documents: in a list, whole, and explained.

extension InvoiceRecord {
    public func write(to json: inout CanonicalJSON) throws(ArithmeticOverflow) {
        let (gross, open) = (try document.gross(), try open())
        json.object {
            document.writeHead(to: &$0)
            document.writeLines(to: &$0)
            document.writeSums(to: &$0, gross: gross)
            writeCredited(open: open, to: &$0)
        }
    }

    func writeCredited(open: Money, to json: inout CanonicalJSON) {
        json.member("creditedMinor", credited)
        json.member("openMinor", open)
        json.name("creditNotes")
        json.array { for number in creditNotes { $0.integer(number) } }
    }
}

extension PostedDocument {
    /// A credit note without the reasons for its amounts; an invoice is written with what was taken back of it, see ``InvoiceRecord``.
    public func writeCreditNote(to json: inout CanonicalJSON) throws(ArithmeticOverflow) {
        let gross = try gross()
        json.object {
            writeHead(to: &$0)
            writeLines(to: &$0)
            writeSums(to: &$0, gross: gross)
        }
    }

    /// Why it is what it is: each line with its reasons as sentences and as data.
    public func writeExplanation(to json: inout CanonicalJSON, in language: Language) throws(ArithmeticOverflow) {
        let gross = try gross()
        json.object {
            $0.member("kind", kind.rawValue)
            $0.member("number", number)
            $0.organisation(cvr: buyer.cvr, id: organisation, name: buyer.name)
            $0.member("issuedOn", issuedOn)
            $0.name("lines")
            $0.array { for line in lines { line.write(to: &$0, in: language) } }
            writeTaxes(to: &$0, in: language)
            writeWaived(to: &$0, in: language)
            writeSums(to: &$0, gross: gross)
        }
    }

    /// The tax at each rate, with how it came about.
    func writeTaxes(to json: inout CanonicalJSON, in language: Language) {
        json.name("taxes")
        json.array {
            for tax in taxes {
                $0.object {
                    $0.member("vatRate", tax.rate.percentText)
                    $0.member("netMinor", tax.base)
                    $0.member("vatMinor", tax.tax)
                    $0.member("because", explanation(of: tax, in: language))
                }
            }
        }
    }

    func writeSums(to json: inout CanonicalJSON, gross: Money) {
        json.member("netMinor", net)
        json.member("vatMinor", tax)
        json.member("grossMinor", gross)
    }

    /// Everything before the lines.
    func writeHead(to json: inout CanonicalJSON) {
        json.member("kind", kind.rawValue)
        json.member("number", number)
        json.organisation(cvr: buyer.cvr, id: organisation, name: buyer.name)
        json.member("issuedOn", issuedOn)
        switch role {
        case .invoice(let dueOn, let payment):
            json.member("dueOn", dueOn)
            json.member("payment", "+71<\(payment)+\(creditorNumber)<")
        case .creditNote(let invoice, let invoicedOn):
            json.member("creditsInvoice", invoice)
            json.member("invoicedOn", invoicedOn)
        }
        json.member("run", run)
        json.member("reference", buyerReference)
        json.member("orderNumber", orderNumber)
        json.member("accountString", accountString)
    }

    /// The lines without the reasons for their amounts.
    fileprivate func writeLines(to json: inout CanonicalJSON) {
        json.name("lines")
        json.array { for line in lines { $0.object { line.writeMembers(to: &$0) } } }
    }
}

extension DocumentSummary {
    /// The members that both kinds begin with.
    fileprivate func writeHead(to json: inout CanonicalJSON) {
        json.member("kind", kind.rawValue)
        json.member("number", number)
        json.organisation(cvr: buyerCVR, id: organisation, name: buyerName)
        json.member("issuedOn", issuedOn)
    }

    fileprivate func writeSums(to json: inout CanonicalJSON, gross: Money) {
        json.member("run", run)
        json.member("netMinor", net)
        json.member("vatMinor", tax)
        json.member("grossMinor", gross)
    }

    fileprivate var headCells: [String] {
        [kind.rawValue, String(number), cell(buyerCVR), organisation.description, buyerName, issuedOn.description]
    }

    /// Net, VAT and both; the database keeps them far inside 64 bits, so an amount that does not fit is none.
    fileprivate var sumCells: [String] { [String(run), net.description, tax.description, cell(try? gross())] }
}

extension InvoiceEntry: CSVRow {
    public func write(to json: inout CanonicalJSON) throws(ArithmeticOverflow) {
        let (gross, open, extent) = (try document.gross(), try open(), try extent())
        json.object {
            document.writeHead(to: &$0)
            $0.member("dueOn", document.dueOn)
            document.writeSums(to: &$0, gross: gross)
            $0.member("creditedMinor", credited)
            $0.member("openMinor", open)
            $0.member("credited", extent.rawValue)
        }
    }

    /// The amount that was credited is `creditedAmount`: `credited` says how much of the invoice that is.
    public static var csvHeader: [String] {
        [
            "kind", "number", "organisation", "organisationId", "name", "issuedOn", "dueOn", "run", "net", "vat", "gross", "creditedAmount",
            "open", "credited",
        ]
    }

    public var csvCells: [String] {
        document.headCells + [cell(document.dueOn)] + document.sumCells
            + [credited.description, cell(try? open()), cell((try? extent())?.rawValue)]
    }
}

extension CreditNoteEntry: CSVRow {
    public func write(to json: inout CanonicalJSON) throws(ArithmeticOverflow) {
        let gross = try document.gross()
        json.object {
            document.writeHead(to: &$0)
            $0.member("creditsInvoice", document.creditsInvoice)
            document.writeSums(to: &$0, gross: gross)
        }
    }

    public static var csvHeader: [String] {
        ["kind", "number", "organisation", "organisationId", "name", "issuedOn", "creditsInvoice", "run", "net", "vat", "gross"]
    }

    public var csvCells: [String] { document.headCells + [cell(document.creditsInvoice)] + document.sumCells }
}

extension RunPreparation {
    func writeMembers(to json: inout CanonicalJSON) {
        json.member("period", target.description)
        json.member("scope", scope)
        json.member("reverses", reverses)
        json.member("inputs", inputs.description)
        json.name("accepted")
        if let accepted { json.array { for code in accepted { $0.string(code) } } } else { json.null() }
        json.member("preparedBy", preparedBy)
        json.member("preparedOn", preparedOn)
        json.member("approvedBy", approvedBy)
        json.member("approvedOn", approvedOn)
    }
}

extension RunRecord: CSVRow {
    public func write(to json: inout CanonicalJSON) throws(ArithmeticOverflow) {
        let gross = try gross()
        json.object {
            $0.member("run", id)
            $0.member("kind", kind.rawValue)
            preparation.writeMembers(to: &$0)
            $0.member("postedOn", postedOn)
            $0.member("postedBy", postedBy)
            $0.member("reversedBy", reversedBy)
            $0.member("invoices", invoices)
            $0.member("creditNotes", creditNotes)
            $0.member("netMinor", net)
            $0.member("vatMinor", tax)
            $0.member("grossMinor", gross)
        }
    }

    public static var csvHeader: [String] {
        [
            "run", "kind", "period", "scope", "reverses", "inputs", "accepted", "preparedBy", "preparedOn", "approvedBy", "approvedOn",
            "postedOn", "postedBy", "reversedBy", "invoices", "creditNotes", "net", "vat", "gross",
        ]
    }

    public var csvCells: [String] {
        [
            String(id), kind.rawValue, preparation.target.description, cell(preparation.scope), cell(preparation.reverses),
            preparation.inputs.description, cell(preparation.accepted?.joined(separator: " ")), cell(preparation.preparedBy),
            cell(preparation.preparedOn), cell(preparation.approvedBy), cell(preparation.approvedOn), postedOn.description, postedBy,
            cell(reversedBy), String(invoices), String(creditNotes), net.description, tax.description, cell(try? gross()),
        ]
    }
}
