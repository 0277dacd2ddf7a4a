import ArgumentParser
import Domain
import Interchange
import Registry
import Wording

extension OrganisationCommand {
    struct Succeed: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "An organisation takes the place of others from a day on.",
            discussion: """
                Agreements, contacts and seats in groups go over in one transaction; what was owed and posted before the day stays the predecessors', and documents from the
                day on go to the successor. Nothing is done while a conflict is open.
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Each by import id, CVR number, municipality or region code, or whole name.") var predecessors: [String]
        @Option(help: "The successor, named in the same ways.") var by: String
        @Option(help: "Its first day in their place.") var on: CivilDate
        @Option(help: "The decision's reference. Not needed for a dry run.") var decision: String?
        @Option(help: "The number of the agreement whose terms hold, where several are on one subject; once for each.") var keep: [Int64] =
            []
        @Flag(help: "Only tell what would go over, and every conflict.") var dryRun = false

        func validate() throws {
            if predecessors.isEmpty { throw ValidationError("name at least one predecessor") }
            if !dryRun && decision == nil { throw ValidationError("--decision is needed, except for --dry-run") }
        }

        func run() async throws {
            let (predecessors, successor, day, decision, dryRun) = (predecessors, by, on, decision, dryRun)
            let kept = Set(keep.map { Identifier<Agreement>($0) })
            try await options.withSession { session in
                let plan: SuccessionPlan
                if let decision, !dryRun {
                    plan = try await session.perform("organisation succeed") { work in
                        try await Succession.carryOut(predecessors, by: successor, on: day, keeping: kept, decision: decision, in: work)
                    }
                } else {
                    plan = try await session.read { work in
                        try await Succession.plan(predecessors, by: successor, on: day, keeping: kept, in: work)
                    }
                }
                try print(plan, in: session)
                let language = session.language
                if session.format == .table {
                    Console.print(
                        decision != nil && !dryRun
                            ? language.text(
                                "\nGennemført: \(plan.successor.name) fra \(day)", "\nCarried out: \(plan.successor.name) from \(day)")
                            : language.text(
                                "\nKun afprøvet: \(plan.conflicts.count) konflikt(er), intet er ændret",
                                "\nA dry run: \(plan.conflicts.count) conflict(s), nothing was changed"))
                }
                // A dry run ends as the succession would.
                if let refusal = plan.refusal { throw refusal }
            }
        }

        private func print(_ plan: SuccessionPlan, in session: Session) throws {
            if session.format == .json {
                var json = CanonicalJSON()
                plan.write(to: &json)
                return Console.print(json)
            }
            // Programs that read CSV find the headings, whatever there is.
            if session.format == .table && plan.isEmpty {
                Console.print(session.language.text("Der er intet at overtage.", "There is nothing to take over."))
                return printConflicts(of: plan, in: session)
            }
            if !plan.agreements.isEmpty || session.format == .csv {
                try Console.list(
                    plan.agreements, in: session,
                    columns: [
                        (.agreement, .trailing), (.organisation, .leading), (.subject, .leading), (.from, .leading), (.to, .leading),
                        (.fate, .leading),
                    ],
                    row: { step, table in
                        let term = step.agreement.life.term
                        table.row(
                            step.agreement.id.description, step.agreement.organisationName, session.subject(of: step.agreement),
                            term?.first.description ?? "", term?.last?.description ?? "", step.fate.text(in: session.language))
                    }, json: { _, _ in })
            }
            if !plan.contacts.isEmpty || session.format == .csv {
                Console.print("")
                try Console.list(
                    plan.contacts, in: session,
                    columns: [(.contact, .leading), (.organisation, .leading), (.role, .leading), (.newRole, .leading)],
                    row: { step, table in
                        table.row(
                            step.contact.email, step.organisationName, session.word(step.contact.role),
                            step.role.map { session.word($0) } ?? "")
                    }, json: { _, _ in })
            }
            if !plan.documents.isEmpty || session.format == .csv {
                Console.print("")
                try Console.list(
                    plan.documents, in: session,
                    columns: [(.invoice, .trailing), (.organisation, .leading), (.issued, .leading), (.leftNet, .trailing)],
                    row: { $1.row(String($0.number), $0.organisationName, $0.issuedOn.description, session.amount($0.left)) },
                    json: { _, _ in })
            }
            if !plan.seats.isEmpty {
                Console.print("")
                try Console.list(
                    plan.seats, in: session,
                    columns: [
                        (.seat, .leading), (.organisation, .leading), (.group, .leading), (.role, .leading), (.fate, .leading),
                        (.finding, .leading),
                    ],
                    row: { step, table in
                        table.row(
                            step.seat.email, step.seat.organisationName, step.seat.groupName, session.word(step.seat.role),
                            step.text(in: session.language), step.isSecondOnBoard ? GroupFinding.Kind.twoBoardSeats.rawValue : "")
                    }, json: { _, _ in })
            }
            if !plan.supplierRoles.isEmpty {
                Console.print("")
                try Console.list(
                    plan.supplierRoles, in: session, columns: [(.supplier, .leading), (.product, .leading), (.role, .leading)],
                    row: { $1.row($0.organisationName, $0.productName, session.word($0.role)) }, json: { _, _ in })
            }
            if !plan.adjustments.isEmpty {
                Console.print("")
                try Console.list(
                    plan.adjustments, in: session,
                    columns: [(.creditedByHand, .leading), (.amount, .trailing), (.reason, .leading)],
                    row: { $1.row($0.organisationName, session.amount($0.amount), $0.reason) }, json: { _, _ in })
            }
            printConflicts(of: plan, in: session)
        }

        private func printConflicts(of plan: SuccessionPlan, in session: Session) {
            for conflict in plan.conflicts {
                Console.print("\(conflict.kind.text(in: session.language)): \(conflict.sentence(in: session.language))")
            }
        }
    }
}
