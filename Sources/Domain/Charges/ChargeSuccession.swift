/// A succession as far as it moved agreements on one subject: why a predecessor's charges for it end, and a successor's begin (rule 15).
public struct ChargeSuccession: Sendable, Hashable {
    public let subject: Subject
    public let record: SuccessionRecord

    package init(subject: Subject, record: SuccessionRecord) {
        self.subject = subject
        self.record = record
    }

    /// Does it part what is charged in the one year from what is charged in the other? What is owed once ever, it moves to nobody.
    ///
    /// - Parameter inHalves: is the charge billed by the half-year?
    func parts(_ charged: PartyCharge, _ years: ComparedYears, inHalves: Bool) -> Bool {
        guard charged.place.subject == subject, charged.charge != .joiningFee, charged.charge != .pledge,
            charged.place.organisation == record.predecessor || charged.place.organisation == record.successor
        else { return false }
        // A period that has begun before the day stays the predecessor's.
        let target = years.target
        let lastBeginning = inHalves ? target.half ?? .second : nil
        guard let earliest = BillingPeriod(year: target.year - 1)?.firstDay,
            let latest = BillingPeriod(year: target.year, half: lastBeginning)?.firstDay
        else { return false }
        return earliest < record.day && record.day <= latest
    }
}
