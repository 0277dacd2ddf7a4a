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
