import Domain
import Synchronization

/// Keeps a single address, and a single token, from taking all there is.
///
/// Addresses and tokens are remembered by a hash with a seed of this process: nobody can work out two that share a bucket, and the table holds no secrets.
final class RateLimiter: Sendable {
    /// A lock stays where it is in memory, which one in an optional does not.
    private final class Table: Sendable {
        let buckets: Mutex<TokenBuckets>

        init(_ limit: RateLimit, keys: Int) { buckets = Mutex(TokenBuckets(limit, keys: keys)) }
    }

    private let addresses: Table?
    private let tokens: Table?

    init(perAddress: RateLimit?, perToken: RateLimit?, remembered: Int) {
        addresses = perAddress.map { Table($0, keys: remembered) }
        tokens = perToken.map { Table($0, keys: remembered) }
    }

    /// - Throws: ``RequestFault/tooManyRequests``.
    func admit(_ address: ClientAddress, at now: Int64) throws(RequestFault) { try admit(address.key, to: addresses, at: now) }

    /// - Throws: ``RequestFault/tooManyRequests``.
    func admit(_ token: AccessToken, at now: Int64) throws(RequestFault) {
        guard tokens != nil else { return }
        var hasher = Hasher()
        hasher.combine(token.secret)
        try admit(UInt64(bitPattern: Int64(hasher.finalize())), to: tokens, at: now)
    }

    private func admit(_ key: UInt64, to table: Table?, at now: Int64) throws(RequestFault) {
        let verdict = table?.buckets.withLock { $0.take(key, at: now) }
        if case .refused(let seconds) = verdict { throw .tooManyRequests(seconds: seconds) }
    }
}
