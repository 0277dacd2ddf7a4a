public import Domain

extension PostedDocument {
    /// What its e-invoice is saved under.
    public var eInvoiceName: String { kind == .invoice ? "invoice-\(number).xml" : "credit-note-\(number).xml" }
}

extension PostedLine {
    /// What the receiver reads on the line.
    public func text(in language: Language) -> LineText {
        LineText(
            name: [
                subjectName, key.charge.title(in: language) + (key.period.map { " \($0)" } ?? ""), accountName.map { "(\($0))" },
            ].compactMap { $0 }.joined(separator: " "),
            description: explanation(in: language).joined(separator: " "))
    }
}
