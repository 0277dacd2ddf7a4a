import Domain
import Interchange
import Wording

/// A run for people: the lines and why, who is parked, what is waived, and what it comes to by product and by receiver.
struct RunTables: RunReport {
    private let language: Language
    private let listingLines: Bool
    private var lines: TextTable
    private var parked: TextTable
    private var waived: TextTable

    init(in language: Language, listingLines: Bool) {
        self.language = language
        self.listingLines = listingLines
        lines = TextTable([
            (language.text("modtager", "receiver"), .leading), (language.text("produkt", "product"), .leading),
            (language.text("post", "charge"), .leading),
            (language.text("dage", "days"), .leading), (language.text("netto", "net"), .trailing),
            (language.text("fordi", "because"), .leading),
        ])
        parked = TextTable([
            (language.text("parkeret", "parked"), .leading), (language.text("årsag", "reason"), .leading), ("", .leading),
        ])
        waived = TextTable([
            (language.text("bortfalder", "waived"), .leading), (language.text("produkt", "product"), .leading),
            (language.text("fordi", "because"), .leading),
        ])
    }

    mutating func add(_ run: RunOutcome, _ names: [Subject: String]) throws {
        let outcome = run.outcome
        for document in listingLines ? outcome.documents : [] {
            for line in document.lines {
                lines.row(
                    outcome.name(of: line.key), names[line.key.subject] ?? "",
                    line.key.charge.title(in: language) + (line.key.period.map { " \($0)" } ?? ""),
                    "\(line.covers.first)–\(line.covers.last)", try document.kind.counted(line.net).text(in: language),
                    line.reason(in: language))
            }
        }
        for parking in outcome.parked {
            parked.row(
                outcome.name(of: parking.key), parking.reason.rawValue,
                [parking.key.flatMap { names[$0.subject] }, parking.reason.sentence(for: parking, in: language)].compactMap { $0 }
                    .joined(separator: ": "))
        }
        // Joining fees that paid pledges took away altogether (rule 14): no line says so.
        for waiver in outcome.waived {
            waived.row(
                outcome.name(of: waiver.key), names[waiver.key.subject] ?? "",
                waiver.explanation(in: language).joined(separator: " "))
        }
    }

    func print(_ result: ChargeRunResult) throws {
        for table in [lines, parked, waived, breakdown(of: result), members(of: result)] where !table.isEmpty {
            Console.write(table)
            Console.print("")
        }
        Console.print(try result.summary(in: language))
    }

    /// Net amounts by product and charge, with the host's account.
    private func breakdown(of result: ChargeRunResult) -> TextTable {
        var table = TextTable([
            (language.text("produkt", "product"), .leading), (language.text("post", "charge"), .leading),
            (language.text("konto", "account"), .leading), (language.text("linjer", "lines"), .trailing),
            (language.text("netto", "net"), .trailing),
        ])
        for total in result.subtotals {
            table.row(
                result.names[total.subject] ?? "", total.charge.title(in: language), total.account ?? "", String(total.lines),
                total.net.text(in: language))
        }
        return table
    }

    /// What each receiver is to pay, or gets back.
    private func members(of result: ChargeRunResult) -> TextTable {
        var table = TextTable([
            (language.text("modtager", "receiver"), .leading), (language.text("netto", "net"), .trailing),
            (language.text("inkl. moms", "incl. VAT"), .trailing),
        ])
        for total in result.breakdown.members { table.row(total.name, total.net.text(in: language), total.gross.text(in: language)) }
        return table
    }
}

extension ChargeRunResult {
    /// What it comes to, and what it warns of.
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
            if warning == .earlierDate, let earlier {
                lines.append("\(warning.rawValue): \(earlier.sentence(in: language))")
                continue
            }
            lines.append("\(warning.rawValue): \(count) – \(warning.sentence(in: language))")
            if let names = totals.concerned[warning] { lines.append("  \(language.some(names.map { $0.text(in: language) }, of: count))") }
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
