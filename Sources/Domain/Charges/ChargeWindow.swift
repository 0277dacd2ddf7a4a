/// Which charges a run looks at.
public enum ChargeScope: Sendable, Hashable, CustomStringConvertible {
    case all
    /// The association's dues.
    case dues
    /// Everything but dues.
    case products
    case only(Subject)

    public func contains(_ subject: Subject) -> Bool {
        switch self {
        case .all: true
        case .dues: subject == .association
        case .products: subject != .association
        case .only(let wanted): subject == wanted
        }
    }
}

extension ChargeScope {
    /// `all`, `dues`, `products`, or a subject's stored form.
    public var description: String {
        switch self {
        case .all: "all"
        case .dues: "dues"
        case .products: "products"
        case .only(let subject): subject.description
        }
    }

    public init?(_ text: String) {
        switch text {
        case "all": self = .all
        case "dues": self = .dues
        case "products": self = .products
        default:
            guard let subject = Subject(text) else { return nil }
            self = .only(subject)
        }
    }
}

/// Which keys a run looks at (DOMAIN §3, rule 3): every billing period that begins on or after the day charges begin, and before the target ends;
/// keys without a period by the day they fall due.
public struct ChargeWindow: Sendable, Hashable {
    /// The association's *charges begin* day: what lies before the takeover is never charged.
    public let chargesBegin: CivilDate
    public let target: BillingPeriod
    public let scope: ChargeScope

    public init(chargesBegin: CivilDate, target: BillingPeriod, scope: ChargeScope = .all) {
        self.chargesBegin = chargesBegin
        self.target = target
        self.scope = scope
    }

    /// The years whose dues are in the window, in order.
    public var years: [BillingPeriod] { calendarYears.compactMap { BillingPeriod(year: $0) }.filter { contains($0) } }

    /// Every year with a day in the window.
    public var calendarYears: [Int] {
        chargesBegin.year <= target.year ? Array(chargesBegin.year...target.year) : []
    }

    public func contains(_ period: BillingPeriod) -> Bool { contains(period.firstDay) }

    /// Does what falls due on the day belong to the window?
    public func contains(_ day: CivilDate) -> Bool { day >= chargesBegin && day <= target.lastDay }
}

extension BillingPeriod {
    /// A run may look a year and a half ahead, no further: by months, whose last day stands for the last of any.
    public func isTooFar(from today: CivilDate) -> Bool {
        let (year, month, day) = today.components
        let months = (lastDay.year - year) * 12 + lastDay.components.month - month
        let isMonthEnd = today.adding(days: 1).map { $0.components.day == 1 } ?? false
        return months > 18 || (months == 18 && !isMonthEnd && lastDay.components.day > day)
    }
}
