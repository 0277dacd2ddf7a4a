import Crypto
import Domain

/// Takes outcomes in their order and gives the hash at the end. Parties with nothing to say leave no trace.
struct RunHasher {
    private var sha = SHA256()
    private var json = CanonicalJSON(reserving: 4096)

    mutating func add(_ unshared: [UnsharedTotal]) {
        for total in unshared {
            json.removeAll()
            total.writeCanonical(to: &json)
            sha.update(data: json.bytes)
            sha.update(data: [0x0A])
        }
    }

    /// - Parameter keeping: are the derivations to be stored? A preview does without.
    mutating func add(_ outcome: PartyOutcome, keeping: Bool = true) -> HashedOutcome {
        guard !outcome.isEmpty else { return HashedOutcome(outcome: outcome, derivations: []) }
        json.removeAll()
        let places = outcome.writeCanonical(to: &json)
        sha.update(data: json.bytes)
        sha.update(data: [0x0A])
        let derivations = keeping ? places.map { String(decoding: json.bytes[$0], as: UTF8.self) } : []
        return HashedOutcome(outcome: outcome, derivations: derivations)
    }

    func finish() -> RunHash { RunHash(digest: sha.finalize()) }
}

/// An outcome on its way into the books.
struct HashedOutcome: Sendable {
    let outcome: PartyOutcome
    /// Each line's derivation in its stored form, in the order of documents and lines: byte for byte what the hash covers, and written once.
    let derivations: [String]
}
