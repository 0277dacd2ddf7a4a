/// What a scenario comes to: the year's charges of each organisation on each product, before and after. All amounts exclude VAT.
public struct ScenarioOutcome: Sendable, Hashable {
    /// One organisation's charges on one product, or an organisation's or a product's sum.
    public struct Row: Sendable, Hashable {
        public let organisation: String
        public let product: String
        public let before: Money
        public let after: Money

        public init(organisation: String, product: String, before: Money, after: Money) {
            self.organisation = organisation
            self.product = product
            self.before = before
            self.after = after
        }

        /// After less before.
        public func difference() throws(ArithmeticOverflow) -> Money { try after - before }
    }

    public let year: Int
    /// By product, then organisation.
    public let rows: [Row]
    /// What could not be charged, so that its amount is in no sum.
    public let missingBefore: [Missing]
    public let missingAfter: [Missing]

    public init(year: Int, rows: [Row], missingBefore: [Missing], missingAfter: [Missing]) {
        self.year = year
        self.rows = rows
        self.missingBefore = missingBefore
        self.missingAfter = missingAfter
    }

    /// A charge that could not be told.
    public struct Missing: Sendable, Hashable {
        public let organisation: String
        /// Empty where the whole organisation is concerned, or its dues.
        public let product: String
        public let reason: ParkingReason

        public init(organisation: String, product: String, reason: ParkingReason) {
            self.organisation = organisation
            self.product = product
            self.reason = reason
        }
    }

    /// Each product's income, without names of organisations.
    public func byProduct() throws(ArithmeticOverflow) -> [Row] {
        try sums { Row(organisation: "", product: $0.product, before: $0.before, after: $0.after) }
    }

    /// What each organisation pays for everything, without names of products.
    public func byOrganisation() throws(ArithmeticOverflow) -> [Row] {
        try sums { Row(organisation: $0.organisation, product: "", before: $0.before, after: $0.after) }
    }

    /// Rows that are alike added up, in the order of their first.
    private func sums(_ part: (Row) -> Row) throws(ArithmeticOverflow) -> [Row] {
        var sums: [Row] = []
        var places: [[String]: Int] = [:]
        for row in rows.map(part) {
            let name = [row.organisation, row.product]
            guard let place = places[name] else {
                places[name] = sums.count
                sums.append(row)
                continue
            }
            let sum = sums[place]
            sums[place] = Row(
                organisation: row.organisation, product: row.product, before: try sum.before + row.before,
                after: try sum.after + row.after)
        }
        return sums
    }
}

/// A scenario that was kept under a name, to be found as it was looked at.
public struct SavedScenario: Sendable {
    public let name: String
    public let madeBy: String
    public let madeOn: CivilDate
    /// The file's text.
    public let changes: String
    public let outcome: ScenarioOutcome

    public init(name: String, madeBy: String, madeOn: CivilDate, changes: String, outcome: ScenarioOutcome) {
        self.name = name
        self.madeBy = madeBy
        self.madeOn = madeOn
        self.changes = changes
        self.outcome = outcome
    }
}

// The stored form, which is also the public one: money in whole øre.

extension ScenarioOutcome {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("year", year)
            $0.value("missingBefore") { $0.array { for missing in missingBefore { missing.write(to: &$0) } } }
            $0.value("missingAfter") { $0.array { for missing in missingAfter { missing.write(to: &$0) } } }
            $0.name("rows")
            $0.array { json in
                for row in rows {
                    json.object {
                        $0.member("organisation", row.organisation)
                        $0.member("product", row.product)
                        $0.member("beforeMinor", row.before)
                        $0.member("afterMinor", row.after)
                    }
                }
            }
        }
    }
}

extension ScenarioOutcome: Decodable {
    private enum Member: String, CodingKey { case year, rows, missingBefore, missingAfter }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        self.init(
            year: try members.decode(Int.self, forKey: .year), rows: try members.decode([Row].self, forKey: .rows),
            missingBefore: try members.decode([Missing].self, forKey: .missingBefore),
            missingAfter: try members.decode([Missing].self, forKey: .missingAfter))
    }
}

extension ScenarioOutcome.Missing {
    fileprivate func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("organisation", organisation)
            $0.member("product", product)
            $0.member("reason", reason.rawValue)
        }
    }
}

extension ScenarioOutcome.Missing: Decodable {}
extension ParkingReason: Decodable {}

extension ScenarioOutcome.Row: Decodable {
    private enum Member: String, CodingKey { case organisation, product, beforeMinor, afterMinor }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        self.init(
            organisation: try members.decode(String.self, forKey: .organisation),
            product: try members.decode(String.self, forKey: .product),
            before: Money(minorUnits: try members.decode(Int64.self, forKey: .beforeMinor)),
            after: Money(minorUnits: try members.decode(Int64.self, forKey: .afterMinor)))
    }
}
