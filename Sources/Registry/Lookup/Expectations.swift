public import Domain
public import Postgres

/// What every organisation can expect to be charged for a year. It takes everybody's facts to tell, a shared total among them, so it is calculated with
/// the rights of the secretariat and kept; each organisation then reads its own.
public enum Expectations {
    /// Calculates a year anew and keeps it. As a use case it runs from the command line, or every night.
    ///
    /// - Returns: how many amounts there are, those that could not be told included.
    /// - Throws: as ``ChargeRun/preview(_:_:taking:in:)``, but for the bounds of a posting.
    public static func refresh(_ year: BillingPeriod, in work: Work) async throws -> Int {
        let expected = try await calculate(year, in: work)
        let number = Int32(clamping: year.year)
        try await work.transaction.execute(
            """
            INSERT INTO expectation (year, calculated_on) VALUES (\(number), \(work.today.stored))
            ON CONFLICT (year) DO UPDATE SET calculated_on = excluded.calculated_on
            """)
        try await work.transaction.execute("DELETE FROM expected_amount WHERE year = \(number)")
        let rows = expected.sorted { $0.key < $1.key }
        try await work.transaction.execute(
            """
            INSERT INTO expected_amount (organisation_id, year, subject, charge, net_minor, parked)
            SELECT organisation_id, \(number), subject, charge, net_minor, parked
            FROM unnest(\(rows.map(\.key.place.organisation.value))::bigint[], \(rows.map(\.key.place.subject.description))::text[],
                \(rows.map(\.key.charge.rawValue))::text[], \(rows.map(\.value.net?.minorUnits))::bigint[],
                \(rows.map(\.value.parked?.rawValue))::text[]) AS row (organisation_id, subject, charge, net_minor, parked)
            """)
        return rows.count
    }

    /// What an organisation can expect of a year, as it was last calculated.
    public static func amounts(
        of organisation: Identifier<Organisation>, for year: Int, in work: Work
    ) async throws -> ExpectedAmounts {
        let number = Int32(clamping: year)
        let day = try await work.transaction.first(
            "SELECT calculated_on FROM expectation WHERE year = \(number)", as: CalculationRow.self)?.day
        let amounts = try await work.transaction.query(
            """
            SELECT \(ExpectedAmount.columns) FROM expected_amount AS e
            LEFT JOIN product AS p ON e.subject = 'product:' || p.id LEFT JOIN project AS j ON e.subject = 'project:' || j.id
            WHERE e.organisation_id = \(organisation.value) AND e.year = \(number)
            """, as: ExpectedAmount.self)
        return ExpectedAmounts(
            year: year, calculatedOn: day,
            amounts: amounts.sorted { ($0.subject, $0.charge.rawValue) < ($1.subject, $1.charge.rawValue) })
    }

    private struct Place: Hashable, Comparable {
        let place: ChargePlace
        let charge: ChargeKind

        static func < (left: Place, right: Place) -> Bool { (left.place, left.charge.rawValue) < (right.place, right.charge.rawValue) }
    }

    private struct Sum {
        var net: Money? = .zero
        var parked: ParkingReason?
    }

    private static func calculate(_ year: BillingPeriod, in work: Work) async throws -> [Place: Sum] {
        // A number or a reference that is still missing holds back a document, and says nothing of what somebody will pay.
        let preview = try await ChargeRun.amounts(year, in: work)
        let years = ComparedYears(target: year)
        var sums: [Place: Sum] = [:]
        func add(_ amount: Money, to key: ChargeKey) throws {
            let place = Place(place: key.place, charge: key.charge)
            let sum = try sums[place, default: Sum()].net.map { try $0 + amount }
            sums[place, default: Sum()].net = sum
        }
        for (key, net) in try await PostedYear.sums(in: year, work: work) { try add(net, to: key) }
        for document in preview.outcomes.flatMap(\.outcome.documents) {
            for line in document.lines where years.side(of: line.key, chargedFor: line.covers.first) == .now {
                try add(try document.kind.counted(line.net), to: line.key)
            }
        }
        for parking in preview.outcomes.flatMap(\.outcome.parked) {
            // Of a key without a period nobody knows the year before it has a price; it belongs to the one asked about.
            guard let key = parking.key, key.period.map({ $0.year == year.year }) ?? true else { continue }
            sums[Place(place: key.place, charge: key.charge)] = Sum(net: nil, parked: parking.reason)
        }
        return sums.filter { $0.value.net != .zero }
    }
}

private struct CalculationRow: RowDecodable, Sendable {
    let day: CivilDate

    static var columns: SQL { "calculated_on" }

    init(row: inout Row) throws(DecodingFailure) { day = try row.date() }
}

extension ExpectedAmount: RowDecodable {
    public static var columns: SQL { "e.subject, coalesce(p.name, j.name), e.charge, e.net_minor, e.parked" }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            subject: try row.domain(try row.next(String.self)) { Subject($0) }, subjectName: try row.next(), charge: try row.word(),
            net: try row.next(Int64?.self).map { Money(minorUnits: $0) }, parked: try row.optionalWord())
    }
}
