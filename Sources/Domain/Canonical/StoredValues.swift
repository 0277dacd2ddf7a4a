extension KeyedDecodingContainer {
    /// A member that is there but is not what a stored value of ours holds.
    func broken(_ key: Key) -> DecodingError {
        .dataCorruptedError(forKey: key, in: self, debugDescription: "not what a stored derivation holds")
    }

    func day(_ key: Key) throws -> CivilDate {
        guard let day = CivilDate(try decode(String.self, forKey: key)) else { throw broken(key) }
        return day
    }

    func money(_ key: Key) throws -> Money { Money(minorUnits: try decode(Int64.self, forKey: key)) }

    func period(_ key: Key) throws -> BillingPeriod {
        guard let period = BillingPeriod(try decode(String.self, forKey: key)) else { throw broken(key) }
        return period
    }
}
