/// How an agreement comes by its last day: the fact behind what lapses, which a correction names (rule 6).
public struct AgreementEnd: Sendable, Hashable {
    public let agreement: Identifier<Agreement>
    public let lastDay: CivilDate
    public let reason: EndReason
    /// The day a written notice was registered as received, where that is known.
    public let noticeReceivedOn: CivilDate?
    /// Behind an exclusion or a succession.
    public let decision: DecisionReference?
    /// The name of who stands in the agreement's place from the day after, where the reason is a succession.
    public let successor: String?

    /// The first day without the agreement: on which a successor stands in its place.
    public var nextDay: CivilDate { lastDay.next }

    public init(
        agreement: Identifier<Agreement>, lastDay: CivilDate, reason: EndReason, noticeReceivedOn: CivilDate? = nil,
        decision: DecisionReference? = nil, successor: String? = nil
    ) {
        self.agreement = agreement
        self.lastDay = lastDay
        self.reason = reason
        self.noticeReceivedOn = noticeReceivedOn
        self.decision = decision
        self.successor = successor
    }
}

extension Participation {
    /// The ends that a period's charges feel, before the period's last day, also where that lies before the whole period; and the succession that they do
    /// not feel, because the period had begun.
    ///
    /// In such a period a succession ends nothing, and an end that had been notified stays (rule 15).
    func ends(in period: BillingPeriod) -> [AgreementEnd] {
        guard let ending else { return [] }
        let spell = spell(in: period)
        let succession = spell?.succeededAfter.map { AgreementEnd(agreement, on: $0, ending) }
        guard let last = (spell?.term ?? term).last, last < period.lastDay else { return [succession].compactMap { $0 } }
        guard let succession else { return [AgreementEnd(agreement, on: last, ending)] }
        return [notified.map { AgreementEnd(agreement, on: $0.lastDay, $0.ending) }, succession].compactMap { $0 }
    }
}

extension AgreementEnd {
    fileprivate init(_ agreement: Identifier<Agreement>, on lastDay: CivilDate, _ ending: Participation.Ending) {
        self.init(
            agreement: agreement, lastDay: lastDay, reason: ending.reason,
            noticeReceivedOn: ending.reason == .notice ? ending.noticeReceivedOn : nil, decision: ending.decision,
            successor: ending.successor)
    }
}

extension [Participation] {
    /// The ends behind what a period's key comes to: of those that live in the period, or, where none does, of the last that lived before it.
    func ends(in period: BillingPeriod) -> [AgreementEnd] {
        let living = filter { $0.spell(in: period) != nil }
        guard living.isEmpty else { return living.flatMap { $0.ends(in: period) } }
        let before = filter { $0.term.last.map { $0 < period.firstDay } ?? false }
        return before.max { ($0.term.first, $0.agreement) < ($1.term.first, $1.agreement) }?.ends(in: period) ?? []
    }
}

// The stored form, as part of a derivation.

extension EndReason: Decodable {}

extension AgreementEnd: Decodable {
    private enum Member: String, CodingKey { case agreement, lastDay, reason, noticeReceivedOn, decision, successor }

    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("agreement", agreement.value)
            $0.member("lastDay", lastDay)
            $0.member("reason", reason.rawValue)
            $0.member("noticeReceivedOn", noticeReceivedOn)
            if let decision { $0.value("decision") { decision.write(to: &$0) } }
            $0.member("successor", successor)
        }
    }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        let received = try members.decode(String?.self, forKey: .noticeReceivedOn)
        self.init(
            agreement: Identifier(try members.decode(Int64.self, forKey: .agreement)), lastDay: try members.day(.lastDay),
            reason: try members.decode(EndReason.self, forKey: .reason),
            noticeReceivedOn: try received.map { _ in try members.day(.noticeReceivedOn) },
            decision: try members.decodeIfPresent(DecisionReference.self, forKey: .decision),
            successor: try members.decode(String?.self, forKey: .successor))
    }
}
