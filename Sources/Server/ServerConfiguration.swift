/// How the server listens and what it puts up with. Every default is safe to run with.
package struct ServerConfiguration: Sendable {
    /// Where to listen. Port 0 takes any free one.
    package struct Address: Sendable, Hashable {
        package var host: String
        package var port: Int

        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    /// What a single connection may do.
    package struct Connections: Sendable, Hashable {
        /// Open at the same time; more wait in the system's queue.
        package var most = 1024
        /// Open at the same time from one address, or one /64 of IPv6; nothing for no limit. Further ones are ended at once.
        package var mostFromOne: Int? = 256
        /// From its first byte on, a request, head and body, is complete within this time. Slow senders hold a place no longer.
        package var requestWithin: Duration = .seconds(10)
        /// The head of a request, address and fields together.
        package var largestHead = 16 * 1024
        package var mostFields = 64
        /// Between two requests.
        package var idle: Duration = .seconds(60)
        /// An answer that nobody takes.
        package var stalledWrite: Duration = .seconds(15)
        /// After the last answer of a connection, for the caller to close its side.
        package var lingering: Duration = .seconds(2)

        package init() {}
    }

    /// For callers.
    package var address = Address(host: "127.0.0.1", port: 8080)
    /// For the machine's own people: health and figures. Never for callers.
    package var adminAddress = Address(host: "127.0.0.1", port: 9090)
    package var connections = Connections()
    /// Path and query, in bytes.
    package var longestTarget = 4096
    /// After this a request is answered 503, whatever the database does.
    package var deadline: Duration = .seconds(10)
    /// For one address; nothing for no limit. Many callers may share one, behind the same wall.
    package var perAddress: RateLimit? = RateLimit(burst: 400, perSecond: 100)
    /// For one token; nothing for no limit.
    package var perToken: RateLimit? = RateLimit(burst: 200, perSecond: 50)
    /// How many addresses, and how many tokens, are remembered: 24 bytes each.
    package var remembered = 16 * 1024
    /// Behind a proxy of one's own: a caller is who `X-Forwarded-For` names last. Anybody can send that header, so only behind one. Connections are the
    /// proxy's then, and not counted by address.
    package var trustsForwardedFor = false
    /// Further proxies of one's own, before the one that connects here: passed over in `X-Forwarded-For`.
    package var furtherProxies: [AddressRange] = []
    /// After the signal to stop: connections are still taken and every answer says that it is the last on its connection, until whoever sends requests
    /// here has noticed.
    package var drain: Duration = .seconds(1)
    /// How long requests in flight are waited for after that.
    package var stopWithin: Duration = .seconds(20)
    package var log = LogSink.standardOutput

    package init() {}
}
