import ArgumentParser
import Domain
import Interchange
import Registry
import Wording

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Store a folder of CSV and YAML files: all of it, or nothing.")
    @OptionGroup var options: GlobalOptions
    @Argument(help: "The folder.") var folder: String

    func run() async throws {
        guard FolderFiles.isFolder(folder) else { throw Refusal(.noFolder, folder) }
        let (draft, problems) = ImportFolder.readAll { (file) throws(ImportProblem) in try FolderFiles.read(file, in: folder) }
        let strangers = FolderFiles.strangers(in: folder)
        try await options.withSession { session in
            let summary = try await session.perform("import") { try await ImportStore.store(draft, found: problems + strangers, in: $0) }
            try session.print(summary)
        }
    }
}

extension Session {
    private func name(of kind: ImportSummary.Kind) -> String { format == .csv ? kind.rawValue : kind.heading.text(in: language) }

    func print(_ summary: ImportSummary) throws {
        let kinds = ImportSummary.Kind.allCases.map { ($0, summary.counts[$0] ?? .init()) }
        if format == .json {
            var json = CanonicalJSON()
            json.object {
                for (kind, counts) in kinds {
                    $0.name(kind.memberName)
                    $0.object {
                        $0.member("added", counts.added)
                        $0.member("changed", counts.changed)
                        $0.member("unchanged", counts.unchanged)
                    }
                }
            }
            return Console.print(json)
        }
        try Console.list(
            kinds, in: self,
            columns: [(.kind, .leading), (.added, .trailing), (.changed, .trailing), (.unchanged, .trailing)],
            row: { $1.row(name(of: $0.0), String($0.1.added), String($0.1.changed), String($0.1.unchanged)) }, json: { _, _ in })
    }
}

extension ImportSummary.Kind {
    fileprivate var heading: Heading {
        switch self {
        case .decisions: .decisions
        case .settings: .settings
        case .organisations: .organisations
        case .inhabitants: .inhabitants
        case .people: .people
        case .contacts: .contacts
        case .products: .products
        case .supplierRoles: .supplierRoles
        case .projects: .projects
        case .pledges: .pledges
        case .duesRates: .duesRates
        case .vatRules: .vatRules
        case .placements: .placements
        case .rateSheets: .rateSheets
        case .rateRows: .rateRows
        case .agreements: .agreements
        case .groups: .groups
        case .seats: .seats
        case .meetings: .meetings
        case .commissions: .commissions
        }
    }

    fileprivate var memberName: StaticString {
        switch self {
        case .decisions: "decisions"
        case .settings: "settings"
        case .organisations: "organisations"
        case .inhabitants: "inhabitants"
        case .people: "people"
        case .contacts: "contacts"
        case .products: "products"
        case .supplierRoles: "supplierRoles"
        case .projects: "projects"
        case .pledges: "pledges"
        case .duesRates: "duesRates"
        case .vatRules: "vatRules"
        case .placements: "placements"
        case .rateSheets: "rateSheets"
        case .rateRows: "rateRows"
        case .agreements: "agreements"
        case .groups: "groups"
        case .seats: "seats"
        case .meetings: "meetings"
        case .commissions: "commissions"
        }
    }
}
