internal import CLibPQ

/// How to reach a server: libpq's own keywords (`host`, `port`, `dbname`, `user`, `sslmode` …), which take libpq's defaults and
/// environment variables where left out. The password is never printed.
public struct ConnectionConfiguration: Sendable, Hashable {
    /// libpq connection keywords and their values.
    public var parameters: [String: String]
    /// How many statements stay prepared on each connection, at least 1.
    public var statementCacheCapacity = 256

    public init(parameters: [String: String]) { self.parameters = parameters }

    /// Reads a `postgresql://` URL or a `keyword=value` string.
    public init(url: String) throws(PostgresError) {
        guard !url.utf8.contains(0) else { throw .invalidConfiguration("it contains a NUL character") }
        guard let options = PQconninfoParse(url, nil) else {
            // libpq's message quotes the string, password and all.
            throw .invalidConfiguration("not a postgresql:// URL or keyword=value string")
        }
        self.init(parameters: ConnectionOptions(options).given)
    }

    /// Which of the servers that `host` names will do.
    public enum Target: String, Sendable {
        case any
        /// One on which something can be changed.
        case readWrite = "read-write"
        case readOnly = "read-only"
        case primary
        case standby
        /// A standby where one is named and can be reached, otherwise any: for reading.
        case preferStandby = "prefer-standby"
    }

    /// The same servers, of which one like this is to be found. They are tried in the order in which `host` names them
    /// (`host=a,b`, or `postgresql://a,b/…`).
    public func targeting(_ target: Target) -> ConnectionConfiguration {
        var configuration = self
        configuration.parameters["target_session_attrs"] = target.rawValue
        return configuration
    }

    /// What libpq is given: our own defaults, which the caller's keywords override, and the encoding, which they do not.
    var effectiveParameters: [(keyword: String, value: String)] {
        // The time is for each host: with several, a silent one must leave some of a caller's patience for the next.
        let hasSeveralHosts = ["host", "hostaddr"].contains { parameters[$0]?.contains(",") == true }
        var effective = ["connect_timeout": hasSeveralHosts ? "3" : "10", "fallback_application_name": "swift"]
        // A network that silently goes away is noticed within a minute and a half, not after the kernel's two hours: a connection that
        // only listens sends nothing by which it could notice.
        effective.merge(["keepalives_idle": "60", "keepalives_interval": "10", "keepalives_count": "3"]) { $1 }
        effective.merge(parameters) { _, given in given }
        effective["client_encoding"] = "UTF8"
        return effective.map { (keyword: $0.key, value: $0.value) }
    }
}

extension ConnectionConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The keywords that say where, not those that say how to prove who one is.
    public var description: String {
        ["host", "hostaddr", "port", "dbname", "user", "sslmode", "target_session_attrs"].compactMap { keyword in
            parameters[keyword].map { "\(keyword)=\($0)" }
        }.joined(separator: " ")
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}
