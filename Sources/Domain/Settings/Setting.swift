/// The association's dated settings: data with a day and, where it matters, a decision.
public enum SettingName: String, Sendable, CaseIterable {
    /// The first day whose charges this program invoices; the value says nothing, the day is the setting.
    case chargesBegin = "charges-begin"
    /// Days from the invoice date to the due date; a public body pays within 30 at most.
    case paymentDays = "payment-days"
    /// The creditor number of payment slips, eight digits that begin with 8.
    case creditorNumber = "creditor-number"
    /// How an indexed amount is rounded; only `whole-kroner-half-up` is known.
    case indexRounding = "index-rounding"
    /// The highest number of inhabitants of each class but the largest, for sheets without bounds of their own: ``SizeBounds`` as text, `24999 60000 120000`.
    case sizeBounds = "size-bounds"
    /// What comes on top of a product's fee for a member, in percent with at most two decimals, 0…100: `9` (*bidrag til OS2*).
    case contributionMember = "contribution-member"
    /// The same for an authority that is not a member: `35`.
    case contributionNonMember = "contribution-non-member"
    /// `on` where another person than the one who prepared a run approves it, else `off`.
    case fourEyes = "four-eyes"
    /// By how many percent, 1…1000, a party's total may differ from the year before without a warning.
    case changeWarning = "change-warning"
    /// How many lines, 1…1000, one agreement may get on one day.
    case lineLimit = "line-limit"

    /// The host's account of the association, before its sub-accounts: `XG-9212045210`.
    case associationAccount = "association-account"
    /// What level 3 asks of a product's groups: ``GovernanceModel`` as text, `2016` or `2025`.
    case governanceModel = "governance-model"
    /// How many months, 6…60, it stays on record who read what; a year where there is no such setting.
    case accessRetention = "access-retention"

    /// A policy, which somebody has decided on (DESIGN §1); the others are facts, such as a number at the bank.
    public var needsDecision: Bool {
        switch self {
        case .chargesBegin, .paymentDays, .creditorNumber, .indexRounding, .associationAccount, .accessRetention: false
        case .sizeBounds, .contributionMember, .contributionNonMember, .fourEyes, .changeWarning, .lineLimit, .governanceModel: true
        }
    }

    /// Is the text a value of this setting?
    public func accepts(_ value: String) -> Bool {
        switch self {
        case .chargesBegin: value.isEmpty
        case .paymentDays: Int(value).map { (1...30).contains($0) && String($0) == value } ?? false
        case .creditorNumber: value.utf8.count == 8 && value.utf8.allSatisfy(\.isDigit) && value.hasPrefix("8")
        case .indexRounding: value == "whole-kroner-half-up"
        case .sizeBounds: SizeBounds(value) != nil
        case .contributionMember, .contributionNonMember: Ratio(percent: value) != nil
        case .associationAccount:
            (1...40).contains(value.utf8.count) && value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        case .fourEyes: value == "on" || value == "off"
        case .accessRetention: Int(value).map { (6...60).contains($0) && String($0) == value } ?? false
        case .governanceModel: GovernanceModel(rawValue: value) != nil
        case .changeWarning, .lineLimit: Int(value).map { (1...1000).contains($0) && String($0) == value } ?? false
        }
    }
}

/// One setting from one day on.
public struct Setting: Sendable, Hashable {
    public let name: SettingName
    public let from: CivilDate
    public let value: String
    public let decision: DecisionReference?

    public init(name: SettingName, from: CivilDate, value: String, decision: DecisionReference? = nil) {
        self.name = name
        self.from = from
        self.value = value
        self.decision = decision
    }
}

/// All settings on file, asked by name and day.
public struct Settings: Sendable {
    private let settings: [Setting]

    public init(_ settings: [Setting]) { self.settings = settings.sorted { $0.from < $1.from } }

    /// The value in force on a day.
    /// - Throws: ``Refusal`` by `SETTING_MISSING`.
    public func value(_ name: SettingName, on day: CivilDate) throws(Refusal) -> String {
        guard let setting = settings.last(where: { $0.name == name && $0.from <= day }) else {
            throw Refusal(.settingMissing, name.rawValue, day.description)
        }
        return setting.value
    }

    /// All values of a setting that parse, with the day each begins to hold.
    package func dated<Value: Sendable>(_ name: SettingName, _ parse: (String) -> Value?) -> Dated<Value> {
        Dated(settings.filter { $0.name == name }.compactMap { setting in parse(setting.value).map { (setting.from, $0) } })
    }

    /// A contribution's percentages, with the decision behind each.
    package func contributions(_ name: SettingName) -> Dated<DecidedRatio> {
        Dated(
            settings.filter { $0.name == name }.compactMap { setting in
                Ratio(percent: setting.value).map { (setting.from, DecidedRatio(ratio: $0, decision: setting.decision)) }
            })
    }

    /// The newest value on file, for what does not depend on a day.
    package func newest(_ name: SettingName) -> String? { settings.last { $0.name == name }?.value }

    /// The models of governance, each with the day it begins to hold.
    package var governanceModels: [(from: CivilDate, model: GovernanceModel)] {
        settings.filter { $0.name == .governanceModel }.compactMap { setting in
            GovernanceModel(rawValue: setting.value).map { (setting.from, $0) }
        }
    }

    /// The contribution in force on a day.
    /// - Throws: ``Refusal`` by `SETTING_MISSING`, `SETTING_INVALID`.
    public func contribution(on day: CivilDate) throws(Refusal) -> ContributionRates {
        ContributionRates(
            member: try percent(.contributionMember, on: day), nonMember: try percent(.contributionNonMember, on: day))
    }

    /// The association's own size classes on a day.
    /// - Throws: ``Refusal`` by `SETTING_MISSING`, `SETTING_INVALID`.
    public func sizeBounds(on day: CivilDate) throws(Refusal) -> SizeBounds {
        let value = try value(.sizeBounds, on: day)
        guard let bounds = SizeBounds(value) else { throw Refusal(.settingInvalid, SettingName.sizeBounds.rawValue, value) }
        return bounds
    }

    private func percent(_ name: SettingName, on day: CivilDate) throws(Refusal) -> Ratio {
        let value = try value(name, on: day)
        guard let ratio = Ratio(percent: value) else { throw Refusal(.settingInvalid, name.rawValue, value) }
        return ratio
    }

    /// The day charges begin: the newest on file, whatever day it is today, because what is owed does not depend on today (rule 2).
    /// - Throws: ``Refusal`` by `SETTING_MISSING`.
    public func chargesBegin() throws(Refusal) -> CivilDate {
        guard let setting = settings.last(where: { $0.name == .chargesBegin }) else {
            throw Refusal(.settingMissing, SettingName.chargesBegin.rawValue, "")
        }
        return setting.from
    }
}
