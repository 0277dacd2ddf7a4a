import Synchronization

/// What the server counts. There is a place for each known operation and one for all other paths, so the number of figures never grows with what is asked.
final class Meters: Sendable {
    private struct Figures {
        /// By the first digit of the status: 2, 3, 4, 5.
        var byClass: [Int] = [0, 0, 0, 0]
        var buckets: [Int] = Array(repeating: 0, count: Meters.bounds.count + 1)
        var nanoseconds: Int64 = 0
    }

    private final class Place: Sendable {
        let name: String
        let figures = Mutex(Figures())

        init(_ name: String) { self.name = name }
    }

    private let places: [Place]
    private let inFlight = Atomic<Int>(0)
    private let limited = Atomic<Int>(0)
    private let open = Atomic<Int>(0)
    private let accepted = Atomic<Int>(0)
    private let turnedAway = Atomic<Int>(0)

    /// Upper bounds in nanoseconds and as they are written.
    private static let bounds: [(nanoseconds: Int64, text: String)] = [
        (100_000, "0.0001"), (500_000, "0.0005"), (1_000_000, "0.001"), (5_000_000, "0.005"), (10_000_000, "0.01"), (50_000_000, "0.05"),
        (100_000_000, "0.1"), (500_000_000, "0.5"), (1_000_000_000, "1"), (5_000_000_000, "5"), (10_000_000_000, "10"),
    ]

    /// The name under which paths without an operation are counted.
    static let unmatched = "unmatched"

    init(operations: [String]) { places = (operations + [Meters.unmatched]).map(Place.init) }

    func name(of operation: Int?) -> String { places[operation ?? places.count - 1].name }

    func began() { inFlight.wrappingAdd(1, ordering: .relaxed) }

    func ended(_ operation: Int?, status: Int, nanoseconds: Int64, isLimited: Bool) {
        inFlight.wrappingSubtract(1, ordering: .relaxed)
        if isLimited { limited.wrappingAdd(1, ordering: .relaxed) }
        let bucket = Meters.bounds.firstIndex { nanoseconds <= $0.nanoseconds } ?? Meters.bounds.count
        places[operation ?? places.count - 1].figures.withLock { figures in
            figures.byClass[min(max(status / 100 - 2, 0), 3)] += 1
            figures.buckets[bucket] += 1
            figures.nanoseconds += nanoseconds
        }
    }

    func connectionOpened() {
        open.wrappingAdd(1, ordering: .relaxed)
        accepted.wrappingAdd(1, ordering: .relaxed)
    }

    func connectionClosed() { open.wrappingSubtract(1, ordering: .relaxed) }

    /// Counted as opened and closed as well.
    func connectionRefused() { turnedAway.wrappingAdd(1, ordering: .relaxed) }

    var requestsInFlight: Int { inFlight.load(ordering: .relaxed) }

    /// The Prometheus text format 0.0.4.
    func text(_ process: ProcessFigures?, lostLines: Int) -> String {
        let all = places.map { place in (name: place.name, figures: place.figures.withLock { $0 }) }
        var lines: [String] = []
        func family(_ name: String, _ kind: String, _ help: String, _ samples: [String]) {
            lines += ["# HELP \(name) \(help)", "# TYPE \(name) \(kind)"] + samples
        }
        family(
            "os2medlem_http_requests_total", "counter", "Requests answered, by operation and class of status.",
            all.flatMap { place in
                place.figures.byClass.enumerated().map { index, count in
                    "os2medlem_http_requests_total{operation=\"\(place.name)\",status=\"\(index + 2)xx\"} \(count)"
                }
            })
        family(
            "os2medlem_http_request_duration_seconds", "histogram", "Time from the head of a request to its answer.",
            all.flatMap { Meters.histogram($0.name, $0.figures) })
        let gauges: [(String, String, String, Int)] = [
            ("os2medlem_http_requests_in_flight", "gauge", "Requests being answered.", requestsInFlight),
            ("os2medlem_http_rate_limited_total", "counter", "Requests refused: there were too many.", limited.load(ordering: .relaxed)),
            ("os2medlem_http_connections", "gauge", "Open connections.", open.load(ordering: .relaxed)),
            ("os2medlem_http_connections_total", "counter", "Connections accepted.", accepted.load(ordering: .relaxed)),
            (
                "os2medlem_http_connections_refused_total", "counter", "Connections ended at once: there were too many from one address.",
                turnedAway.load(ordering: .relaxed)
            ), ("os2medlem_log_lines_lost_total", "counter", "Lines of the log that nobody took in time.", lostLines),
        ]
        for (name, kind, help, value) in gauges { family(name, kind, help, ["\(name) \(value)"]) }
        if let process {
            family("process_resident_memory_bytes", "gauge", "Resident memory.", ["process_resident_memory_bytes \(process.residentBytes)"])
            family("process_start_time_seconds", "gauge", "When the process began.", ["process_start_time_seconds \(process.startSeconds)"])
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func histogram(_ operation: String, _ figures: Figures) -> [String] {
        let name = "os2medlem_http_request_duration_seconds"
        var (lines, sum): ([String], Int) = ([], 0)
        for (bound, count) in zip(bounds.map(\.text) + ["+Inf"], figures.buckets) {
            sum += count
            lines.append("\(name)_bucket{operation=\"\(operation)\",le=\"\(bound)\"} \(sum)")
        }
        let (seconds, rest) = (figures.nanoseconds / 1_000_000_000, String(figures.nanoseconds % 1_000_000_000))
        lines.append("\(name)_sum{operation=\"\(operation)\"} \(seconds).\(String(repeating: "0", count: 9 - rest.utf8.count))\(rest)")
        lines.append("\(name)_count{operation=\"\(operation)\"} \(sum)")
        return lines
    }
}
