import ArgumentParser
import Domain
import Interchange
import Registry
import Wording

struct AgreementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreement", abstract: "Agreements: list, show, and every move of their life.",
        subcommands: [
            List.self, Show.self, Calendar.self, Draft.self, Send.self, Sign.self, Countersign.self, Form.self, Notice.self, Exclude.self,
            RemoveEnd.self, Cancel.self, Void.self, Attach.self,
        ])

    static func printList(_ agreements: [AgreementRecord], in session: Session) throws {
        try Console.list(
            agreements, in: session,
            columns: [
                (.agreement, .trailing), (.organisation, .leading), (.subject, .leading), (.state, .leading), (.from, .leading),
                (.to, .leading), (.form, .leading), (.takenOverFrom, .leading),
            ],
            row: { record, table in
                table.row(
                    record.id.description, record.organisationName, session.subject(of: record), session.word(record.life.state),
                    record.life.term?.first.description ?? "", record.life.term?.last?.description ?? "",
                    record.form(on: session.today).map { session.word($0) } ?? "",
                    record.takenOverFrom.map(\.description).joined(separator: " "))
            }, json: { $0.write(to: &$1) })
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All agreements, or one organisation's.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Import id, CVR number, municipality or region code, or whole name.") var organisation: String?

        func run() async throws {
            let text = organisation
            try await options.withSession { session in
                let agreements = try await session.read { work in
                    guard let text else { return try await Agreements.list(in: work) }
                    return try await Agreements.list(of: try await Organisations.find(text, in: work).id, in: work)
                }
                try printList(agreements, in: session)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One agreement with its signatures and papers.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The agreement's number.") var agreement: Int64

        func run() async throws {
            let id = Identifier<Agreement>(agreement)
            try await options.withSession { session in
                let (record, documents) = try await session.read { work in
                    (try await Agreements.find(id, in: work), try await Agreements.documents(of: id, in: work))
                }
                if session.format == .json {
                    var json = CanonicalJSON()
                    json.object {
                        $0.name("agreement")
                        record.write(to: &$0)
                        $0.name("documents")
                        $0.array { for document in documents { document.write(to: &$0) } }
                    }
                    return Console.print(json)
                }
                try printList([record], in: session)
                if let terms = record.terms.sentence(of: record.subject, in: session.language) { Console.print(terms) }
                let language = session.language
                for (side, signature) in [
                    (language.text("underskrevet", "signed"), record.life.signature),
                    (language.text("medunderskrevet", "countersigned"), record.life.countersignature),
                ] {
                    if let signature { Console.print("\(side) \(signature.date): \(signature.name), \(signature.title)") }
                }
                if let received = record.life.noticeReceivedOn {
                    Console.print(language.text("opsigelse modtaget \(received)", "notice received \(received)"))
                }
                for document in documents { Console.print("\(document.fileName)  \(document.bytes) bytes  sha256 \(document.sha256)") }
            }
        }
    }

    struct Attach: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Keep a signed paper with its SHA-256.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The agreement's number.") var agreement: Int64
        @Argument(help: "The file.") var file: String

        func run() async throws {
            let id = Identifier<Agreement>(agreement)
            let (name, content) = try SignedPaper.read(file)
            try await options.withSession { session in
                let documents = try await session.perform("agreement attach") { work in
                    _ = try await Agreements.find(id, in: work)
                    try await Agreements.attach(content, named: name, to: id, in: work)
                    return try await Agreements.documents(of: id, in: work)
                }
                try Console.list(
                    documents, in: session, columns: [(.file, .leading), (.bytes, .trailing), (.sha256, .leading)],
                    row: { $1.row($0.fileName, String($0.bytes), $0.sha256) }, json: { $0.write(to: &$1) })
            }
        }
    }
}
