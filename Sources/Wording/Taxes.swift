public import Domain

extension PostedDocument {
    /// How the tax at one rate came about: the rate, what it is taken of, and who decided so; where the document has several rates, of which lines.
    public func explanation(of tax: TaxAmount, in language: Language) -> String {
        let taxed = lines.filter { $0.vat.rate == tax.rate }
        let place = taxes.count > 1 ? language.lines(taxed.map(\.line)) + ": " : ""
        let decisions = taxed.compactMap(\.vat.decision).once
        let decided = decisions.isEmpty ? "" : " (\(language("beslutning", "decision")) \(decisions.joined(separator: ", ")))"
        let text = "\(place)\(tax.sentence(in: language))\(decided)"
        return text.hasSuffix(".") ? text : "\(text)."
    }
}

extension TaxAmount {
    /// Without a full stop.
    fileprivate func sentence(in language: Language) -> String {
        let (net, tax, percent) = (base.text(in: language), tax.text(in: language), rate.percentText(in: language))
        if rate.category == .exempt { return language("Fritaget for moms: \(net) kr.", "Exempt from VAT: DKK \(net)") }
        guard let whole = try? rate.tax(on: base), whole != self.tax else {
            return language("Moms \(percent) % af \(net) kr. = \(tax) kr.", "VAT \(percent) % of DKK \(net) = DKK \(tax)")
        }
        // Credit notes give back what the invoice took, to the øre (rule 8).
        let computed = whole.text(in: language)
        return language(
            "Moms \(percent) % af \(net) kr. er \(computed) kr.; her \(tax) kr., så fakturaens kreditnotaer tilsammen giver dens moms",
            "VAT \(percent) % of DKK \(net) is DKK \(computed); here DKK \(tax), so that the invoice's credit notes come to its VAT together"
        )
    }
}

extension VATRate {
    /// The rate in percent as people write it: `12,5` or `12.5`.
    public func percentText(in language: Language) -> String {
        language == .danish ? percentText.replacing(".", with: ",") : percentText
    }
}

extension Language {
    fileprivate func lines(_ numbers: [Int32]) -> String {
        self("Linje", numbers.count > 1 ? "Lines" : "Line") + " " + numbers.map(String.init).joined(separator: ", ")
    }
}
