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

    mutating func add(_ outcome: PartyOutcome) {
        guard !outcome.isEmpty else { return }
        json.removeAll()
        outcome.writeCanonical(to: &json)
        sha.update(data: json.bytes)
        sha.update(data: [0x0A])
    }

    func finish() -> RunHash { RunHash(digest: sha.finalize()) }
}
