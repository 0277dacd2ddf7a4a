import ArgumentParser

/// `make bench`: what is fast is measured side by side with the fastest there is, in one run.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        subcommands: [PostingBench.self, LookupBench.self, StaticAnswer.self], defaultSubcommand: PostingBench.self)
}
