import Domain
import Postgres

/// What a run reads before it meets the first party.
struct ChargeFacts {
    let terms: ChargeTerms
    let settings: Settings
    let adjustments: [Identifier<Organisation>: [ChargeKey: [Adjustment]]]
    let sizes: [Identifier<Organisation>: SizeHistory]
    let pledges: [Identifier<Organisation>: [Pledge]]
    let successions: Successions
    let postedDays: PostedDays

    static func load(_ target: BillingPeriod, _ scope: ChargeScope = .all, in work: Work) async throws -> ChargeFacts {
        let settings = try await SettingStore.load(in: work)
        let window = ChargeWindow(chargesBegin: try settings.chargesBegin(), target: target, scope: scope)
        let sheets = try await RateSheetStore.sheets(in: work)
        let sizes = try await SizeStore.histories(in: work)
        let terms = try ChargeTerms(
            window: window, tariff: try await RateStore.tariff(in: work), vat: try await RateStore.vatRules(in: work), sheets: sheets,
            policies: settings.chargePolicies(on: work.today),
            participants: try await ParticipantReading.load(sheets, sizes: sizes, in: work))
        let adjustments = try await work.transaction.query(
            "SELECT \(AdjustmentRow.columns) FROM adjustment AS a JOIN decision AS d ON d.id = a.decision_id ORDER BY a.id",
            as: AdjustmentRow.self)
        return ChargeFacts(
            terms: terms, settings: settings,
            adjustments: Dictionary(grouping: adjustments, by: \.key.organisation).mapValues { rows in
                Dictionary(grouping: rows, by: \.key).mapValues { $0.map(\.adjustment) }
            }, sizes: sizes, pledges: try await PledgeReading.load(in: work), successions: try await Successions.load(in: work),
            postedDays: try await work.transaction.only(
                "SELECT max(issued_on), coalesce(bool_or(issued_on = \(work.today.stored)), false) FROM invoice_run", as: PostedDays.self))
    }
}

/// The days that runs are dated.
struct PostedDays: RowDecodable, Sendable {
    /// The newest; nothing where nothing is posted.
    let newest: CivilDate?
    /// Was something posted on the day already?
    let includeToday: Bool

    static var columns: SQL { "newest, include_today" }

    init(row: inout Row) throws(DecodingFailure) {
        newest = try row.optionalDate()
        includeToday = try row.next()
    }
}

extension Settings {
    /// The settings that charges go by.
    fileprivate func chargePolicies(on today: CivilDate) -> ChargePolicies {
        ChargePolicies(
            bounds: dated(.sizeBounds) { SizeBounds($0) }, memberContribution: contributions(.contributionMember),
            nonMemberContribution: contributions(.contributionNonMember),
            lineLimit: (try? value(.lineLimit, on: today)).flatMap { Int($0) },
            changeWarning: (try? value(.changeWarning, on: today)).flatMap { Int64($0) })
    }
}

private struct AdjustmentRow: RowDecodable, Sendable {
    let key: ChargeKey
    let adjustment: Adjustment

    static var columns: SQL {
        "a.organisation_id, a.subject, a.charge, a.billing_period, a.id, a.amount_minor, a.reason, d.id, d.reference"
    }

    init(row: inout Row) throws(DecodingFailure) {
        key = try row.chargeKey()
        adjustment = Adjustment(
            id: try row.identifier(), amount: try row.money(), reason: try row.next(),
            decision: DecisionReference(id: try row.identifier(), reference: try row.next()))
    }
}
