import Domain
import Interchange
import Registry
import Wording

/// Prints a preview or a posted run. It grows while the run goes on: of each outcome only what will be printed is kept.
protocol RunReport: Sendable {
    /// - Parameter names: what products and projects are called.
    mutating func add(_ run: RunOutcome, _ names: [Subject: String]) throws
    func print(_ result: ChargeRunResult) throws
}

/// A run that is over, with its report.
struct ReportedRun: Sendable {
    let result: ChargeRunResult
    let report: any RunReport

    func print() throws { try report.print(result) }
}

extension Session {
    /// A report in the format asked for.
    ///
    /// - Parameter listingLines: does a table list every line? Those of a run that charges are looked at as invoices.
    private func runReport(listingLines: Bool) -> any RunReport {
        switch format {
        case .json: RunJSON(in: language)
        case .csv: RunCSV(in: language)
        case .table: RunTables(in: language, listingLines: listingLines)
        }
    }

    /// Makes the report of a run while the run goes on.
    func reported(
        listingLines: Bool = true, _ run: (@escaping OutcomeTaker) async throws -> ChargeRunResult
    ) async throws -> ReportedRun {
        try await reported(listingLines: listingLines) { ((), try await run($0)) }.run
    }

    /// The same of a run that leaves something beside its result.
    func reported<Beside>(
        listingLines: Bool = true, _ run: (@escaping OutcomeTaker) async throws -> (Beside, ChargeRunResult)
    ) async throws -> (beside: Beside, run: ReportedRun) {
        var report = runReport(listingLines: listingLines)
        let (beside, result) = try await run { try report.add($0, $1) }
        return (beside, ReportedRun(result: result, report: report))
    }
}

/// One object.
private struct RunJSON: RunReport {
    private var shape: RunShape

    init(in language: Language) { shape = RunShape(in: language) }

    mutating func add(_ run: RunOutcome, _ names: [Subject: String]) throws { try shape.add(run, names) }

    func print(_ result: ChargeRunResult) throws {
        try shape.forEachPiece(of: result, Console.write)
        Console.write("\n")
    }
}

/// Every line.
private struct RunCSV: RunReport {
    private let language: Language
    private var writer = CSVWriter(header: ChargedLineRow.csvHeader)

    init(in language: Language) { self.language = language }

    mutating func add(_ run: RunOutcome, _ names: [Subject: String]) throws {
        for row in try run.lineRows(names, in: language) { writer.row(row.csvCells) }
    }

    func print(_ result: ChargeRunResult) {
        Console.write(writer.text)
        // No line says who is not charged.
        if result.totals.parked > 0 {
            Console.remark(
                language.text(
                    "\(result.totals.parked) parkeret; tabellen og JSON siger hvem og hvorfor",
                    "\(result.totals.parked) parked; the table and the JSON say who and why"))
        }
    }
}
