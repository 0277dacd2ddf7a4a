// A price in its stored form: the same in a rate row of the database and in the derivation of a posted line.

extension PriceModel {
    /// One object whose `model` says which it is; money in whole øre, figures and ratios as text.
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("model", word)
            switch self {
            case .amount(let amount): $0.member("amountMinor", amount)
            case .perClass(let amounts):
                $0.name("amountsMinor")
                amounts.write(to: &$0) { $1.integer($0.minorUnits) }
            case .perInhabitant(let figure, let floor, let cap):
                $0.member("kronerEach", figure.description)
                $0.member("floorMinor", floor?.minorUnits)
                $0.member("capMinor", cap?.minorUnits)
            case .stepDown(let steps):
                $0.name("steps")
                $0.array {
                    for step in steps {
                        $0.object {
                            $0.member("from", step.from)
                            $0.member("amountMinor", step.amount)
                        }
                    }
                }
            case .fraction(let ratio, let component):
                $0.member("ratio", ratio.description)
                $0.member("of", component)
            case .shared(let total, let key):
                $0.member("totalMinor", total)
                key.writeMembers(to: &$0)
            }
        }
    }

    private var word: String {
        switch self {
        case .amount: "amount"
        case .perClass: "perClass"
        case .perInhabitant: "perInhabitant"
        case .stepDown: "stepDown"
        case .fraction: "fraction"
        case .shared: "shared"
        }
    }
}

extension ShareKey {
    fileprivate func writeMembers(to json: inout CanonicalJSON) {
        switch self {
        case .equal: json.member("by", "equal")
        case .inhabitants: json.member("by", "inhabitants")
        case .sizeClass(let weights):
            json.member("by", "sizeClass")
            json.name("weights")
            weights.write(to: &json) { $1.integer($0) }
        case .given(let weights):
            json.member("by", "given")
            json.name("weights")
            json.array {
                for (organisation, weight) in weights.sorted(by: { $0.key < $1.key }) {
                    $0.object {
                        $0.member("organisation", organisation.value)
                        $0.member("weight", weight)
                    }
                }
            }
        }
    }
}

extension ClassTable {
    fileprivate func write(to json: inout CanonicalJSON, _ value: (Value, inout CanonicalJSON) -> Void) {
        json.object { json in
            func member(_ name: StaticString, _ sizeClass: SizeClass) {
                json.name(name)
                if let found = self[sizeClass] { value(found, &json) } else { json.null() }
            }
            member("small", .small)
            member("medium", .medium)
            member("large", .large)
            member("veryLarge", .veryLarge)
        }
    }
}

extension Ratio: CustomStringConvertible {
    /// `1/3`; whole numbers without a denominator.
    public var description: String { denominator == 1 ? String(numerator) : "\(numerator)/\(denominator)" }

    /// Reads `1/3` and `2`: digits only, at most nine each, the denominator above zero.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = parts.map { part in (1...9).contains(part.utf8.count) && part.utf8.allSatisfy(\.isDigit) ? Int64(part) : nil }
        guard let top = numbers[0] else { return nil }
        guard numbers.count == 2 else {
            self.init(top, over: 1)
            return
        }
        guard let bottom = numbers[1] else { return nil }
        self.init(top, over: bottom)
    }
}

extension PriceModel: Decodable {
    private enum Member: String, CodingKey {
        case model, amountMinor, amountsMinor, kronerEach, floorMinor, capMinor, steps, ratio, of, totalMinor, by, weights
    }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        func money(_ key: Member) throws -> Money { Money(minorUnits: try members.decode(Int64.self, forKey: key)) }
        func optionalMoney(_ key: Member) throws -> Money? {
            try members.decodeIfPresent(Int64.self, forKey: key).map(Money.init(minorUnits:))
        }
        switch try members.decode(String.self, forKey: .model) {
        case "amount": self = .amount(try money(.amountMinor))
        case "perClass":
            self = .perClass(try members.decode(ClassTable<Int64>.self, forKey: .amountsMinor).map(Money.init(minorUnits:)))
        case "perInhabitant":
            guard let figure = DecimalFigure(try members.decode(String.self, forKey: .kronerEach)) else {
                throw members.broken(.kronerEach)
            }
            self = .perInhabitant(figure, floor: try optionalMoney(.floorMinor), cap: try optionalMoney(.capMinor))
        case "stepDown": self = .stepDown(try members.decode([PriceStep].self, forKey: .steps))
        case "fraction":
            guard let ratio = Ratio(try members.decode(String.self, forKey: .ratio)) else { throw members.broken(.ratio) }
            self = .fraction(ratio, of: try members.decode(String.self, forKey: .of))
        case "shared":
            let key: ShareKey =
                switch try members.decode(String.self, forKey: .by) {
                case "equal": .equal
                case "inhabitants": .inhabitants
                case "sizeClass": .sizeClass(try members.decode(ClassTable<Int64>.self, forKey: .weights))
                case "given":
                    .given(
                        Dictionary(
                            try members.decode([GivenWeight].self, forKey: .weights).map { (Identifier($0.organisation), $0.weight) }
                        ) { first, _ in first })
                default: throw members.broken(.by)
                }
            self = .shared(try money(.totalMinor), by: key)
        default: throw members.broken(.model)
        }
    }
}

private struct GivenWeight: Decodable {
    let organisation: Int64
    let weight: Int64
}

extension PriceStep: Decodable {
    private enum Member: String, CodingKey { case from, amountMinor }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        self.init(
            from: try members.decode(Int32.self, forKey: .from),
            amount: Money(minorUnits: try members.decode(Int64.self, forKey: .amountMinor)))
    }
}

extension ClassTable: Decodable where Value: Decodable {
    private enum Member: String, CodingKey { case small, medium, large, veryLarge }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        self.init(
            small: try members.decodeIfPresent(Value.self, forKey: .small),
            medium: try members.decodeIfPresent(Value.self, forKey: .medium),
            large: try members.decodeIfPresent(Value.self, forKey: .large),
            veryLarge: try members.decodeIfPresent(Value.self, forKey: .veryLarge))
    }
}

extension ClassTable {
    public func map<Other: Sendable & Hashable>(_ transform: (Value) -> Other) -> ClassTable<Other> {
        ClassTable<Other>(
            small: self[.small].map(transform), medium: self[.medium].map(transform), large: self[.large].map(transform),
            veryLarge: self[.veryLarge].map(transform))
    }
}
