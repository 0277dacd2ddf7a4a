extension KeyedDecodingContainer {
    /// A member that is there but is not what a stored value of ours holds.
    func broken(_ key: Key) -> DecodingError {
        .dataCorruptedError(forKey: key, in: self, debugDescription: "not what a stored derivation holds")
    }
}
