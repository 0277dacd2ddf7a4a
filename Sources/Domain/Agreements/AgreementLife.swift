/// The life of one agreement: its state and the facts its moves left behind. Every move is a function from one life to the next, or a refusal.
public struct AgreementLife: Sendable, Hashable {
    public var state: AgreementState
    public var sentOn: CivilDate?
    public var signature: Signature?
    public var countersignature: Signature?
    /// Known from the countersignature on.
    public var term: Term?
    public var noticeReceivedOn: CivilDate?
    public var endReason: EndReason?

    public init(
        state: AgreementState, sentOn: CivilDate?, signature: Signature?, countersignature: Signature?, term: Term?,
        noticeReceivedOn: CivilDate?, endReason: EndReason?
    ) {
        self.state = state
        self.sentOn = sentOn
        self.signature = signature
        self.countersignature = countersignature
        self.term = term
        self.noticeReceivedOn = noticeReceivedOn
        self.endReason = endReason
    }

    public static let draft = AgreementLife(
        state: .draft, sentOn: nil, signature: nil, countersignature: nil, term: nil, noticeReceivedOn: nil, endReason: nil)
}

/// A step in an agreement's life.
public enum AgreementMove: Sendable, Hashable {
    case send(CivilDate)
    /// By the counterparty.
    case sign(Signature)
    /// By the board's chair; in force from the given day, or from the day of the countersignature.
    case countersign(Signature, firstDay: CivilDate?)
    /// A written notice, registered as received on a Copenhagen day.
    case giveNotice(receivedOn: CivilDate)
    /// By the board; the last day is the decision's.
    case exclude(lastDay: CivilDate)
    /// The general assembly did not confirm an exclusion, or a notice was taken back: the end falls away.
    case removeEnd
    case cancel
    /// It was recorded by mistake.
    case void

    public var name: String {
        switch self {
        case .send: "send"
        case .sign: "sign"
        case .countersign: "countersign"
        case .giveNotice: "notice"
        case .exclude: "exclude"
        case .removeEnd: "remove-end"
        case .cancel: "cancel"
        case .void: "void"
        }
    }
}

extension AgreementLife {
    /// The life after a move.
    ///
    /// - Parameter rule: how a notice becomes the last day, which depends on what the agreement is about; see ``AgreementTerms/ending(_:)``.
    /// - Throws: ``Refusal`` by `ILLEGAL_MOVE` when the state does not allow the move, `SIGNED_OUT_OF_ORDER` when the chair's signature is older
    ///   than the counterparty's, `END_BEFORE_START` when the last day lies before the first, `NOTICE_BEFORE_START` when notice by terms is older than
    ///   the agreement, `DATE_INVALID` when it would end after the calendar.
    public func after(_ move: AgreementMove, ending rule: NoticeRule = .onReceipt) throws(Refusal) -> AgreementLife {
        // Another stands in its place: nothing but a mistake takes that back.
        if endReason == .succeeded && move != .void { throw Refusal(.illegalMove, move.name, EndReason.succeeded.rawValue) }
        var next = self
        switch (state, move) {
        case (.draft, .send(let day)):
            next.state = .sent
            next.sentOn = day
        case (.sent, .sign(let signature)):
            try AgreementLife.checkWhole(signature)
            next.state = .signed
            next.signature = signature
        case (.signed, .countersign(let countersignature, let firstDay)):
            try AgreementLife.checkWhole(countersignature)
            if let signed = signature?.date, countersignature.date < signed {
                throw Refusal(.signedOutOfOrder, countersignature.date.description, signed.description)
            }
            next.state = .active
            next.countersignature = countersignature
            next.term = Term(first: firstDay ?? countersignature.date, last: nil)
        case (.active, .giveNotice(let receivedOn)):
            next.term = try ending(on: try lastDay(noticeReceivedOn: receivedOn, by: rule))
            next.state = .noticeGiven
            next.noticeReceivedOn = receivedOn
            next.endReason = .notice
        case (.active, .exclude(let lastDay)), (.noticeGiven, .exclude(let lastDay)):
            // After a notice the earlier of the two days holds: an exclusion prolongs nothing.
            next.term = try ending(on: term?.last.map { min($0, lastDay) } ?? lastDay)
            next.state = .noticeGiven
            next.endReason = .exclusion
        case (.noticeGiven, .removeEnd), (.ended, .removeEnd):
            next.state = .active
            next.term = term.flatMap { Term(first: $0.first, last: nil) }
            next.noticeReceivedOn = nil
            next.endReason = nil
        case (.draft, .cancel), (.sent, .cancel):
            next.state = .cancelled
        case (.signed, .void), (.active, .void), (.noticeGiven, .void), (.ended, .void):
            next.state = .voided
        default:
            throw Refusal(.illegalMove, move.name, state.rawValue)
        }
        return next
    }

    /// The life as it is on a day: with its last day past, an agreement under notice has ended. No move is needed for that, only time.
    public func settled(on today: CivilDate) -> AgreementLife {
        guard state.isInForce, let last = term?.last else { return self }
        var settled = self
        settled.state = last < today ? .ended : .noticeGiven
        return settled
    }

    /// The life as it stood on a day that may lie in the past: each signature and the notice count from their own day on.
    ///
    /// What is in force on the day is in force whenever that was signed, and shows who signed (DOMAIN §2). An exclusion and a succession carry no day of their own here, so
    /// their last day stands. What was cancelled or recorded by mistake is that on any day.
    public func asOf(_ day: CivilDate) -> AgreementLife {
        guard state.isLive || state.isInForce else { return self }
        var earlier = self
        if let received = noticeReceivedOn, received > day { earlier.forgetNotice() }
        if let first = term?.first, first <= day { return earlier.settled(on: day) }
        if state.isInForce {
            guard let countersigned = countersignature?.date, countersigned > day else { return earlier.settled(on: day) }
            (earlier.countersignature, earlier.term, earlier.noticeReceivedOn, earlier.endReason) = (nil, nil, nil, nil)
            earlier.state = .signed
        }
        if let signed = signature?.date, signed > day {
            earlier.signature = nil
            // Nothing says that it had been sent at all, where no day of that is known.
            earlier.state = sentOn == nil ? .draft : .sent
        }
        if let sent = sentOn, sent > day {
            earlier.sentOn = nil
            if earlier.state == .sent { earlier.state = .draft }
        }
        return earlier
    }

    /// Before a notice was received; the last day falls away with it, where it is the notice's.
    private mutating func forgetNotice() {
        noticeReceivedOn = nil
        guard endReason == .notice else { return }
        (endReason, state) = (nil, .active)
        term = term.flatMap { Term(first: $0.first, last: nil) }
    }

    /// Why a life cannot have followed from an earlier one by a day: what is to come has not been sent, signed or received. A first day in force may lie
    /// ahead, and so may an exclusion's last.
    package func obstacle(after earlier: AgreementLife, on today: CivilDate) -> Refusal? {
        if let received = noticeReceivedOn, received != earlier.noticeReceivedOn, received > today {
            return Refusal(.noticeInFuture, received.description, today.description)
        }
        let days: [(PastFact, CivilDate?, CivilDate?)] = [
            (.sending, sentOn, earlier.sentOn), (.signature, signature?.date, earlier.signature?.date),
            (.countersignature, countersignature?.date, earlier.countersignature?.date),
        ]
        for (fact, day, before) in days where day != before {
            if let refusal = day.flatMap({ fact.refusal(of: $0, on: today) }) { return refusal }
        }
        return nil
    }

    /// A signature carries a name and a title.
    private static func checkWhole(_ signature: Signature) throws(Refusal) {
        if signature.name.isEmpty { throw Refusal(.valueMissing, "name") }
        if signature.title.isEmpty { throw Refusal(.valueMissing, "title") }
    }

    /// DOMAIN §2: membership ends with the day of the notice; all else with the first period end that the notice reaches.
    private func lastDay(noticeReceivedOn received: CivilDate, by rule: NoticeRule) throws(Refusal) -> CivilDate {
        guard case .byTerms(let notice, let minimumLastDay) = rule else { return received }
        if let first = term?.first, received < first { throw Refusal(.noticeBeforeStart, received.description, first.description) }
        guard let last = notice.firstEnd(noticeReceivedOn: received, minimumLastDay: minimumLastDay) else {
            throw Refusal(.dateInvalid, received.description)
        }
        return last
    }

    private func ending(on last: CivilDate) throws(Refusal) -> Term {
        guard let first = term?.first, let ended = Term(first: first, last: last) else {
            throw Refusal(.endBeforeStart, last.description, term?.first.description ?? "?")
        }
        return ended
    }
}
