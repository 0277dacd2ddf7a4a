import Domain
import Testing

/// The one life of all agreements (DOMAIN §2), as a table of every state and every move.
@Suite struct AgreementLifeTests {
    private static let signature = Signature(name: "S", title: "Director", date: CivilDate("2026-01-10") ?? .epoch)
    private static let countersignature = Signature(name: "C", title: "Chair", date: CivilDate("2026-01-20") ?? .epoch)
    private static let firstDay = CivilDate("2026-02-01")
    private static let notice = CivilDate("2026-06-30") ?? .epoch

    private static let moves: [AgreementMove] = [
        .send(signature.date), .sign(signature), .countersign(countersignature, firstDay: firstDay), .giveNotice(receivedOn: notice),
        .exclude(lastDay: notice), .removeEnd, .cancel, .void,
    ]

    /// A life in each state, and where each move in the order above leads; nothing where it is refused.
    private static let table: [(AgreementState, [AgreementState?])] = [
        (.draft, [.sent, nil, nil, nil, nil, nil, .cancelled, nil]),
        (.sent, [nil, .signed, nil, nil, nil, nil, .cancelled, nil]),
        (.signed, [nil, nil, .active, nil, nil, nil, nil, .voided]),
        (.active, [nil, nil, nil, .noticeGiven, .noticeGiven, nil, nil, .voided]),
        (.noticeGiven, [nil, nil, nil, nil, .noticeGiven, .active, nil, .voided]),
        (.ended, [nil, nil, nil, nil, nil, .active, nil, .voided]),
        (.cancelled, [nil, nil, nil, nil, nil, nil, nil, nil]),
        (.voided, [nil, nil, nil, nil, nil, nil, nil, nil]),
    ]

    @Test func everyMoveFromEveryState() throws {
        for (state, outcomes) in Self.table {
            for (move, expected) in zip(Self.moves, outcomes) {
                let life = try Self.life(in: state)
                if let expected {
                    #expect(try life.after(move).state == expected, "\(move.name) from \(state)")
                } else {
                    let refusal = #expect(throws: Refusal.self) { try life.after(move) }
                    #expect(refusal?.rule == .illegalMove, "\(move.name) from \(state)")
                }
            }
        }
        #expect(Set(Self.table.map(\.0)) == Set(AgreementState.allCases))
    }

    @Test func membershipEndsTheDayTheNoticeIsReceived() throws {
        let life = try Self.life(in: .active).after(.giveNotice(receivedOn: Self.notice))
        #expect(life.term?.last == Self.notice)
        #expect(life.settled(on: Self.notice).state == .noticeGiven)
        #expect(life.settled(on: try #require(Self.notice.adding(days: 1))).state == .ended)
    }

    @Test func withoutAFirstDayItIsInForceFromTheCountersignature() throws {
        let life = try Self.life(in: .signed).after(.countersign(Self.countersignature, firstDay: nil))
        #expect(life.term?.first == Self.countersignature.date)
    }

    @Test func refusalsNameTheirRule() throws {
        let older = Signature(name: "C", title: "Chair", date: CivilDate("2026-01-09") ?? .epoch)
        let early = #expect(throws: Refusal.self) { try Self.life(in: .signed).after(.countersign(older, firstDay: nil)) }
        #expect(early?.rule == .signedOutOfOrder)
        let backwards = #expect(throws: Refusal.self) {
            try Self.life(in: .active).after(.giveNotice(receivedOn: CivilDate("2026-01-31") ?? .epoch))
        }
        #expect(backwards?.rule == .endBeforeStart)
    }

    /// Sent on 1, signed on 10, countersigned on 20 March, notice on 1 June for the last of it: every day decides by itself what it shows.
    @Test(arguments: [
        // In force before anybody sent it, between the signatures, on the day of the last, and after.
        "2026-02-01", "2026-03-05", "2026-03-15", "2026-03-20", "2026-04-01",
    ])
    func asOfADayEachFactCountsFromItsOwn(firstDay: String) throws {
        func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }
        let first = try date(firstDay)
        let (sent, signed, countersigned) = (try date("2026-03-01"), try date("2026-03-10"), try date("2026-03-20"))
        let (received, last) = (try date("2026-06-01"), try date("2026-06-30"))
        let byTerms = NoticeRule.byTerms(try #require(NoticeTerms(months: 0, to: .month)), minimumLastDay: nil)
        var lives = [try AgreementLife.draft.after(.send(sent))]
        for move: AgreementMove in [
            .sign(Signature(name: "S", title: "Director", date: signed)),
            .countersign(Signature(name: "C", title: "Chair", date: countersigned), firstDay: first), .giveNotice(receivedOn: received),
        ] {
            lives.append(try lives[lives.count - 1].after(move, ending: byTerms))
        }
        lives.append(try lives[2].after(.exclude(lastDay: last)))
        lives.append(try lives[3].after(.exclude(lastDay: last)))
        lives.append(lives[3].settled(on: try date("2027-01-01")))
        #expect(lives.map(\.state) == [.sent, .signed, .active, .noticeGiven, .noticeGiven, .noticeGiven, .ended])
        for life in lives {
            var day = try date("2026-01-25")
            while day < (try date("2026-07-05")) {
                let shown = life.asOf(day)
                let place: Comment = "\(life.state) \(life.endReason?.rawValue ?? "") on \(day)"
                let isInForce = life.term != nil && first <= day
                // What was signed is shown where it had been, or where it is in force.
                #expect((shown.signature != nil) == (life.signature != nil && (isInForce || signed <= day)), place)
                let isCountersigned = life.countersignature != nil && (isInForce || countersigned <= day)
                #expect((shown.countersignature != nil) == isCountersigned && (shown.term != nil) == isCountersigned, place)
                #expect((shown.sentOn != nil) == (isInForce || sent <= day), place)
                let isNoticed = life.noticeReceivedOn != nil && received <= day
                #expect(shown.noticeReceivedOn == (isNoticed ? received : nil), place)
                let isEnding = isCountersigned && (isNoticed || life.endReason == .exclusion)
                #expect(shown.term?.last == (isEnding ? last : nil) && (shown.endReason != nil) == isEnding, place)
                let state: AgreementState =
                    if isEnding { last < day ? .ended : .noticeGiven } else if isCountersigned { .active } else if shown.signature != nil {
                        .signed
                    } else if sent <= day { .sent } else { .draft }
                #expect(shown.state == state, place)
                day = try #require(day.adding(days: 1))
            }
        }
    }

    @Test func whatNeverCameIntoForceIsThatOnAnyDay() throws {
        for state in [AgreementState.draft, .cancelled, .voided] {
            let life = try Self.life(in: state)
            #expect(life.asOf(try #require(CivilDate("2025-01-01"))) == life)
        }
        // Signed without a day of sending: the day before nothing says that it was on its way.
        var signed = try Self.life(in: .signed)
        signed.sentOn = nil
        #expect(signed.asOf(try #require(CivilDate("2026-01-09"))).state == .draft)
        #expect(signed.asOf(try #require(CivilDate("2026-01-10"))) == signed)
    }

    private static func life(in state: AgreementState) throws -> AgreementLife {
        let path: [AgreementMove] =
            switch state {
            case .draft: []
            case .sent: Array(moves[..<1])
            case .signed: Array(moves[..<2])
            case .active: Array(moves[..<3])
            case .noticeGiven, .ended: Array(moves[..<4])
            case .cancelled: [moves[0], .cancel]
            case .voided: Array(moves[..<3]) + [.void]
            }
        let life = try path.reduce(AgreementLife.draft) { try $0.after($1) }
        return state == .ended ? life.settled(on: CivilDate("2027-01-01") ?? .epoch) : life
    }
}
