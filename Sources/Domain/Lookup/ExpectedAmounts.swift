/// What an organisation can expect to be charged for a year: what stands posted and what a run would add, were it run on the day.
public struct ExpectedAmounts: Sendable, Hashable {
    public let year: Int
    /// The day it was calculated; nothing while that has not been done for the year.
    public let calculatedOn: CivilDate?
    /// By subject and charge.
    public let amounts: [ExpectedAmount]

    public init(year: Int, calculatedOn: CivilDate?, amounts: [ExpectedAmount]) {
        self.year = year
        self.calculatedOn = calculatedOn
        self.amounts = amounts
    }

    /// The sum, without VAT; nothing where it was not calculated or an amount in it could not be told.
    public func net() throws(ArithmeticOverflow) -> Money? {
        guard calculatedOn != nil else { return nil }
        var sum = Money.zero
        for amount in amounts {
            guard let net = amount.net else { return nil }
            sum = try sum + net
        }
        return sum
    }

    /// What one subject comes to; nothing where it is not known.
    public func net(of subject: Subject) throws(ArithmeticOverflow) -> Money? {
        let own = ExpectedAmounts(year: year, calculatedOn: calculatedOn, amounts: amounts.filter { $0.subject == subject })
        return own.amounts.isEmpty ? nil : try own.net()
    }
}

/// One charge of a year.
public struct ExpectedAmount: Sendable, Hashable {
    public let subject: Subject
    /// The product's or project's name.
    public let subjectName: String?
    public let charge: ChargeKind
    /// Without VAT; nothing where it cannot be told.
    public let net: Money?
    /// Why it cannot.
    public let parked: ParkingReason?

    public init(subject: Subject, subjectName: String?, charge: ChargeKind, net: Money?, parked: ParkingReason?) {
        self.subject = subject
        self.subjectName = subjectName
        self.charge = charge
        self.net = net
        self.parked = parked
    }
}
