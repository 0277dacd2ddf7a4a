import Domain

extension Money {
    /// Kroner above zero, as somebody typed them: a text that is no amount and an amount that is none to give are told apart.
    ///
    /// - Throws: ``Refusal`` by `AMOUNT_INVALID`, `AMOUNT_NOT_POSITIVE`.
    init(aboveZero text: String) throws(Refusal) {
        guard let amount = try? Money(kroner: text) else { throw Refusal(.amountInvalid, text) }
        guard amount > .zero else { throw Refusal(.amountNotPositive, text) }
        self = amount
    }
}
