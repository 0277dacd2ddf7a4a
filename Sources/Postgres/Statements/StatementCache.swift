/// Which statements are prepared on a connection, the least recently used leaving first. A pure value: it decides names, others send them.
struct StatementCache {
    /// The same text with other parameter types is another statement.
    struct Key: Hashable {
        var text: String
        var types: [UInt32]
    }

    private struct Entry {
        var name: String
        var lastUse: UInt64
    }

    private var entries: [Key: Entry] = [:]
    private var uses: UInt64 = 0
    private var named: UInt64 = 0
    private let capacity: Int
    /// Names that left the cache and still exist on the server.
    private(set) var discarded: [String] = []

    init(capacity: Int) { self.capacity = max(1, capacity) }

    var count: Int { entries.count }

    /// The name of a statement that is prepared; counts as a use.
    mutating func name(of key: Key) -> String? {
        guard let index = entries.index(forKey: key) else { return nil }
        uses &+= 1
        entries.values[index].lastUse = uses
        return entries.values[index].name
    }

    /// A name under which to prepare a new statement, never used twice. When the cache is full the least recently used one is discarded.
    mutating func insert(_ key: Key) -> String {
        if entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            discarded.append(oldest.value.name)
            entries[oldest.key] = nil
        }
        uses &+= 1
        named &+= 1
        let name = "s\(named)"
        entries[key] = Entry(name: name, lastUse: uses)
        return name
    }

    /// Forgets a statement that does not exist on the server after all, unless it has been prepared anew since, under another name.
    mutating func forget(_ key: Key, named name: String) {
        if entries[key]?.name == name { entries[key] = nil }
    }

    /// Drops a statement that exists on the server but is of no further use, unless it has been prepared anew since, under another name.
    mutating func discard(_ key: Key, named name: String) {
        guard entries[key]?.name == name else { return }
        entries[key] = nil
        discarded.append(name)
    }

    /// Hands over the discarded names for deallocation.
    mutating func takeDiscarded() -> [String] {
        defer { discarded = [] }
        return discarded
    }

    /// Takes back a name whose deallocation did not happen.
    mutating func restoreDiscarded(_ name: String) { discarded.append(name) }
}
