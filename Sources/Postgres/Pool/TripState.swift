/// Which pipelines wait, which connection carries which, and when another connection is wanted: a pure value, told of events.
///
/// Pipelines are taken in the order in which they came, and no connection is kept from those who wait for one of their own for longer than one load.
struct TripState {
    typealias Trip = Int
    typealias Carrier = Int

    private struct Load {
        /// Sent, and not answered yet.
        var underway: Set<Trip> = []
        /// Those of them that somebody still waits for.
        var wanted: Set<Trip> = []
        var taken = 0
        /// Asks for a connection and has not heard yet whether one lies idle.
        var isSettingOut = true
        var hasConnection = false
        /// Nobody waits for what the server is busy with, so it is told to stop; whatever was sent now would be lost with it.
        var isDoomed = false
    }

    private let capacity: Int
    private let together: Int
    private(set) var waiting: [Trip] = []
    private var loads: [Carrier: Load] = [:]
    private var places: [Trip: Carrier] = [:]

    /// - Parameters:
    ///   - capacity: how many connections carry at the same time.
    ///   - together: how many pipelines are under way on one.
    init(capacity: Int, together: Int) {
        self.capacity = max(1, capacity)
        self.together = max(1, together)
    }

    var carriers: Int { loads.count }

    /// A pipeline wants to be carried. True when another connection is wanted: then `enter`.
    mutating func submit(_ trip: Trip) -> Bool {
        waiting.append(trip)
        return isAnotherWanted
    }

    /// A carrier sets out to get a connection.
    mutating func enter(_ carrier: Carrier) { loads[carrier] = Load() }

    /// Whether a carrier may come any moment, because it has just set out or has a connection and nothing to do: until that is known, nobody has waited in vain.
    var isSomebodyComing: Bool { loads.values.contains { $0.isSettingOut || ($0.hasConnection && $0.underway.isEmpty) } }

    /// No connection lies idle: a carrier has to wait for one.
    mutating func hasToWait(_ carrier: Carrier) { loads[carrier]?.isSettingOut = false }

    /// What a carrier sends next; nothing when it has enough under way, nobody waits, or its connection is wanted by `others` and it has had its load.
    mutating func next(for carrier: Carrier, others: Bool) -> Trip? {
        loads[carrier]?.isSettingOut = false
        loads[carrier]?.hasConnection = true
        guard let load = loads[carrier], !load.isDoomed, load.underway.count < together, !others || load.taken < together,
            !waiting.isEmpty
        else { return nil }
        let trip = waiting.removeFirst()
        loads[carrier]?.taken += 1
        loads[carrier]?.underway.insert(trip)
        loads[carrier]?.wanted.insert(trip)
        places[trip] = carrier
        return trip
    }

    /// A pipeline has been answered.
    mutating func finish(_ trip: Trip) {
        guard let carrier = places.removeValue(forKey: trip) else { return }
        loads[carrier]?.underway.remove(trip)
        loads[carrier]?.wanted.remove(trip)
    }

    /// Nobody wants the answer any more. Answers the carrier whose connection is then busy for nobody, and is to be told to stop.
    mutating func abandon(_ trip: Trip) -> Carrier? {
        if let index = waiting.firstIndex(of: trip) {
            waiting.remove(at: index)
            return nil
        }
        guard let carrier = places[trip], loads[carrier]?.wanted.remove(trip) != nil, loads[carrier]?.wanted.isEmpty == true else {
            return nil
        }
        loads[carrier]?.isDoomed = true
        return carrier
    }

    /// A carrier could get no connection, and is gone. Answers those who have waited in vain: all, unless another carrier has one and will come for them;
    /// nobody is sent out in its place until somebody new comes.
    mutating func fail(_ carrier: Carrier) -> [Trip] {
        guard loads.removeValue(forKey: carrier) != nil, !loads.values.contains(where: \.hasConnection) else { return [] }
        defer { waiting = [] }
        return waiting
    }

    /// A carrier has given its connection back. True when another is wanted: then `enter`.
    mutating func leave(_ carrier: Carrier) -> Bool {
        for trip in loads.removeValue(forKey: carrier)?.underway ?? [] { places[trip] = nil }
        return isAnotherWanted
    }

    private var isAnotherWanted: Bool { !waiting.isEmpty && loads.count < capacity }
}
