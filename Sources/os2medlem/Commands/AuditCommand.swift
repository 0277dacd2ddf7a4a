import ArgumentParser
import Domain
import Interchange
import Registry
import Wording

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Who changed what, when: the newest entries, or those of one record.")
    @OptionGroup var options: GlobalOptions
    @Option(help: "A table's name, such as agreement.") var record: String?
    @Option(help: "The record's number.") var id: String?
    @Option(help: "How many, newest first.") var limit: Int32 = 50

    func run() async throws {
        let (record, id, limit) = (record, id, min(max(limit, 1), 10_000))
        try await options.withSession { session in
            let entries = try await session.read { try await AuditLog.list(record: record, id: id, limit: limit, in: $0) }
            // What a row held is text of its own, and in no cell.
            if session.format == .csv { return Console.write(AuditRecord.csv(entries.map(\.record))) }
            try Console.list(
                entries, in: session,
                columns: [
                    (.at, .leading), (.actor, .leading), (.useCase, .leading), (.record, .leading), (.id, .trailing),
                    (.change, .leading),
                ],
                row: { entry, table in
                    let told = entry.record
                    table.row(told.at, told.actor, told.useCase, told.record, told.recordID, session.word(told.change))
                },
                json: { entry, json in
                    json.object {
                        entry.record.writeMembers(to: &$0)
                        $0.member("before", entry.before)
                        $0.member("after", entry.after)
                    }
                })
        }
    }
}
