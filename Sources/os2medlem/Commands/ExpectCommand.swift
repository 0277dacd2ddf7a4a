import ArgumentParser
import Domain
import Registry
import Wording

extension InvoiceCommand {
    struct Expect: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Calculate what every organisation can expect to pay for a year, for look-ups to show.",
            discussion: "Posts nothing. Run it nightly for this year and the next, and after rates or agreements have changed.")
        @OptionGroup var options: GlobalOptions
        @Option(help: "The year.") var year: Int

        func run() async throws {
            guard let target = BillingPeriod(year: year, half: nil) else { throw ValidationError("--year takes a year, 2000 to 9998") }
            try await options.withSession { session in
                let count = try await session.record("invoice expect") { try await Expectations.refresh(target, in: $0) }
                Console.print(ExpectationSentences.kept(count, for: target.year, in: session.language))
            }
        }
    }
}
