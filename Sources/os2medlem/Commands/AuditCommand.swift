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
            // One more than asked for tells that there are more.
            let found = try await session.read { try await AuditLog.list(record: record, id: id, limit: limit + 1, in: $0) }
            try session.print(Array(found.prefix(Int(limit))))
            if found.count > Int(limit) {
                Console.remark(
                    session.language.text(
                        "de nyeste \(limit) er vist; flere med --limit", "the newest \(limit) are shown; more with --limit"))
            }
        }
    }
}

extension Session {
    fileprivate func print(_ entries: [AuditEntry]) throws {
        // What a row held is text of its own, and in no cell.
        if format == .csv { return Console.write(AuditRecord.csv(entries.map(\.record))) }
        try Console.list(
            entries, in: self,
            columns: [
                (.at, .leading), (.actor, .leading), (.useCase, .leading), (.record, .leading), (.id, .trailing),
                (.change, .leading),
            ],
            row: { entry, table in
                let told = entry.record
                table.row(told.at, told.actor, told.useCase, told.record, told.recordID, word(told.change))
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
