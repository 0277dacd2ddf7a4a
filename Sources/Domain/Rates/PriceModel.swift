/// How an amount comes about (DOMAIN §3). The components of a sheet are added. All amounts are a full year's, excluding VAT; none is negative.
public enum PriceModel: Sendable, Hashable {
    /// The same for all.
    case amount(Money)
    /// By size class; a class without an amount has no price.
    case perClass(ClassTable<Money>)
    /// So much per inhabitant, at least the floor, at most the cap.
    case perInhabitant(DecimalFigure, floor: Money?, cap: Money?)
    /// Depends on how many have joined, counted on the period's first day (*trappemodel*): the step with the highest `from` at or below the count.
    case stepDown([PriceStep])
    /// A fraction of another component of the same charge on the same sheet.
    case fraction(Ratio, of: String)
    /// A total that the participants share.
    case shared(Money, by: ShareKey)

    /// Does the amount depend on the size class?
    public var needsClass: Bool {
        switch self {
        case .perClass: true
        case .shared(_, by: .sizeClass): true
        default: false
        }
    }

    /// Does the amount depend on the number of inhabitants?
    public var needsInhabitants: Bool {
        switch self {
        case .perInhabitant: true
        case .shared(_, by: .inhabitants): true
        default: false
        }
    }

    /// Do both come about in the same way, whatever their amounts? Amounts may change any day, the model only where a billing period begins (rule 1).
    public func isSameModel(as other: PriceModel) -> Bool {
        switch (self, other) {
        case (.amount, .amount), (.perClass, .perClass), (.perInhabitant, .perInhabitant), (.stepDown, .stepDown): true
        case (.fraction(_, of: let one), .fraction(_, of: let two)): one == two
        case (.shared(_, by: let one), .shared(_, by: let two)): one == two
        default: false
        }
    }

    /// The price as everybody may be told it: who shares a total by given weights, and with what weight, is the participants' business. Each finds its
    /// own on its invoice.
    public var told: PriceModel {
        if case .shared(let total, by: .given) = self { .shared(total, by: .given([:])) } else { self }
    }

    public var isShared: Bool { if case .shared = self { true } else { false } }
}

/// What the participants' parts of a shared total are measured by.
public enum ShareKey: Sendable, Hashable {
    case equal
    case inhabitants
    /// Weights 0…10⁶ by size class.
    case sizeClass(ClassTable<Int64>)
    /// Weights 0…10⁶ by organisation.
    case given([Identifier<Organisation>: Int64])
}

/// The amount from so many participants on.
public struct PriceStep: Sendable, Hashable {
    /// 1 or more.
    public let from: Int32
    public let amount: Money

    public init(from: Int32, amount: Money) {
        self.from = from
        self.amount = amount
    }
}

/// A value for some of the size classes.
public struct ClassTable<Value: Sendable & Hashable>: Sendable, Hashable {
    private let values: [Value?]

    public init(small: Value?, medium: Value?, large: Value?, veryLarge: Value?) { values = [small, medium, large, veryLarge] }

    public subscript(_ sizeClass: SizeClass) -> Value? { values[sizeClass.rank] }
}
