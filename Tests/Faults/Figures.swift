/// What the rounds came to, one line per figure.
struct Figures {
    private var rounds: [Fault: Int] = [:]
    private var associations: [Association: Int] = [:]
    private var blows: [Fault: [Round.Blow]] = [:]
    private var interrupted = 0
    private var repeats = 0

    mutating func add(_ report: Round.Report, of fault: Fault, on association: Association) {
        associations[association, default: 0] += 1
        rounds[fault, default: 0] += 1
        blows[fault, default: []] += report.blows
        interrupted += report.interrupted
        repeats = max(repeats, report.repeats)
    }

    var lines: [String] {
        var lines = [
            "faults.rounds = \(rounds.values.reduce(0, +)) rounds",
            "faults.interrupted_before_commit = \(interrupted) postings",
            "faults.repeats_until_success = \(repeats) runs at most",
        ]
        for association in Association.allCases {
            lines.append("faults.\(association.rawValue).rounds = \(associations[association] ?? 0) rounds")
        }
        for fault in Fault.allCases {
            let met = blows[fault] ?? []
            lines.append("faults.\(fault.rawValue).rounds = \(rounds[fault] ?? 0) rounds")
            guard fault != .twoAtOnce else { continue }
            lines += [
                "faults.\(fault.rawValue).blows = \(met.count) blows",
                "faults.\(fault.rawValue).met_a_posting = \(met.count { $0.posting != nil }) blows",
                "faults.\(fault.rawValue).met_rows = \(met.count { $0.metRows }) blows",
                "faults.\(fault.rawValue).interrupted_before_commit = \(met.count { $0.undid }) blows",
            ]
        }
        return lines
    }

    /// Whether any posting was cut off at all; without one the rounds have shown nothing.
    var hasInterruption: Bool { interrupted > 0 }
}
