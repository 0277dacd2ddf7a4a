import ArgumentParser

@main
struct OS2Medlem: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "os2medlem",
        abstract: "OS2's members, agreements and invoices.",
        discussion: """
            Everything is kept in PostgreSQL. Without --database (or DATABASE_URL) the program brings a private one along, under --state.
            Exit codes are those of sysexits(3); a refusal's first word on standard error is its rule's code.
            """,
        version: "0.1.0",
        subcommands: [
            DemoCommand.self, DatabaseCommand.self, ImportCommand.self, RegisterCommand.self, OrganisationCommand.self,
            AgreementCommand.self, ProductCommand.self, SupplierCommand.self, GroupCommand.self, InhabitantsCommand.self, RatesCommand.self,
            ScenarioCommand.self, ProjectCommand.self, PledgeCommand.self, InvoiceCommand.self, AuditCommand.self, LookupCommand.self,
            ServeCommand.self,
            TokenCommand.self,
        ])

    static func main() async {
        let arguments = GlobalOptions.movedBehindCommand(Array(CommandLine.arguments.dropFirst()))
        do {
            try checkCommands(in: arguments)
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            let language = GlobalOptions.language(of: arguments)
            guard let failure = Failure(error, in: language) else { exit(withError: error) }
            failure.exit(in: language)
        }
    }

    /// A command that there is none of is said to be unknown. The parser would point at the first option behind it.
    private static func checkCommands(in arguments: [String]) throws {
        var command: any ParsableCommand.Type = OS2Medlem.self
        var path: [String] = []
        for word in arguments {
            let known = command.configuration.subcommands
            if known.isEmpty || word.hasPrefix("-") || word == "help" { return }
            guard let next = known.first(where: { $0._commandName == word }) else {
                let names = known.map { $0._commandName }.joined(separator: ", ")
                throw ValidationError("there is no command '\((path + [word]).joined(separator: " "))'; there are: \(names)")
            }
            command = next
            path.append(word)
        }
    }
}
