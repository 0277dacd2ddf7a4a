import ArgumentParser
import Domain
import GeneratedAssociation
import Postgres
import Registry

/// A preview of an association of real size: 100 members among 111 organisations, 30 products, 1,000 joining agreements.
enum RealSize {
    private static let organisations = 111
    private static let agreements = 1_000

    /// Median wall seconds: of a preview through the library on an open connection, and of the whole command, from its start to its end.
    static func measure(_ measurement: Measurement, rounds: Int) async throws -> (library: Double, command: Double) {
        let admin = try await Connection.open(measurement.administrator, logger: measurement.logger)
        let database = try await measurement.makeTemplate("generated_real", admin) {
            try await GeneratedAssociation.fillProducts($0, agreements: agreements, organisations: organisations)
        }
        let url = measurement.url(of: "generated_real")
        let connection = try await Connection.open(database, logger: measurement.logger)
        guard let target = BillingPeriod("2027"), let today = CivilDate("2027-01-10"), let actor = Actor("bench") else {
            throw ValidationError("what the preview is of")
        }
        let lines = GeneratedAssociation.lines(agreements: agreements, organisations: organisations)
        let clock = ContinuousClock()
        var libraries: [Double] = []
        var commands: [Double] = []
        for _ in 0..<max(rounds, 1) * 3 {
            let start = clock.now
            let result = try await connection.transaction(.repeatableRead, readOnly: true) { transaction in
                try await ChargeRun.preview(target, in: try await Work.begin("preview", as: actor, on: today, in: transaction))
            }
            libraries.append(Child.seconds(start.duration(to: clock.now)))
            guard result.totals.lines == lines else { throw ValidationError("a preview of \(result.totals.lines) lines, not \(lines)") }
            let arguments = ["invoice", "preview", "--year", "2027", "--today", "2027-01-10", "--as", "bench", "--database", url]
            commands.append(try Child.run(measurement.program, arguments).wall)
        }
        await connection.close()
        try await admin.run(script: "DROP DATABASE generated_real")
        await admin.close()
        return (median(libraries), median(commands))
    }
}
