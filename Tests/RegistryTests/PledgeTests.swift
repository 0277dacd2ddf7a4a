import Domain
import Interchange
import Postgres
import Registry
import Testing
import Wording

/// Pledges to projects: what is owed, what is refused, and what a paid one takes off a joining fee (DOMAIN §3, rules 14 and 16).
@Suite struct PledgeTests {
    private static let projectHeader = "name,product,target,deadline,decision\n"
    private static let pledgeHeader =
        "project,organisation,amount,pledged_on,withdrawn_on,paid_on,proof,joining_fee_reduction,decision,void\n"

    /// Three bodies, and a project that becomes a product with a joining fee of 60,000.00.
    private static func play(_ scenario: @Sendable (Books, Subject) async throws -> Void) async throws {
        try await Books.play { books in
            try await books.foundProducts()
            let subject = try await books.product("Pledge product", rows: [("Join", .joiningFee, "60000")])
            for index in 1...3 { try await books.body(index, "Body \(index)") }
            try await books.importing([
                "projects.csv": projectHeader + "Pledge project,Pledge product,100000,2027-06-30,GF-1\n"
            ])
            try await scenario(books, subject)
        }
    }

    private static func add(
        _ amount: String, by organisation: String, on pledgedOn: String, _ reduction: PledgeReduction = .nothing, in books: Books
    ) async throws {
        let facts = PledgeFacts(amount: try kroner(amount), pledgedOn: try day(pledgedOn), reduction: reduction)
        try await Pledges.add(
            facts, to: "pledge PROJECT", by: organisation, decision: "B-1", in: try await books.work(recording: facts.pledgedOn ?? .epoch))
    }

    private static func pay(_ organisation: String, on paidOn: String, in books: Books) async throws {
        let facts = PledgeFacts(paidOn: try day(paidOn), proof: "Bilag 17")
        try await Pledges.change(
            facts, to: "Pledge project", by: organisation, decision: nil, in: try await books.work(recording: try day(paidOn)))
    }

    @Test func rule16AReachedProjectIsInvoicedForTheDayItWasReached() async throws {
        try await Self.play { books, _ in
            try await Self.add("60000", by: "Body 1", on: "2027-01-15", in: books)
            #expect(try await books.run().totals.documents == 0)
            try await Self.add("40000", by: "Body 2", on: "2027-02-20", in: books)
            try await Self.add("5000", by: "Body 3", on: "2027-03-01", in: books)
            let project = try await Projects.find("Pledge project", in: try await books.work())
            #expect(try project.standing.reachedOn() == day("2027-02-20"))
            let run = try await books.run(on: "2027-04-01")
            #expect(run.amounts == ["Body 1": ["60000.00"], "Body 2": ["40000.00"], "Body 3": ["5000.00"]])
            let lines = run.documents.flatMap(\.lines)
            #expect(lines.allSatisfy { $0.key.charge == .pledge && $0.covers.first == $0.covers.last })
            let due = try ["2027-02-20", "2027-02-20", "2027-03-01"].map(day)
            #expect(lines.map(\.covers.first) == due)
            let binding = try await books.refused {
                try await Pledges.change(
                    PledgeFacts(withdrawnOn: try day("2027-04-02")), to: "Pledge project", by: "Body 1", decision: nil,
                    in: try await books.work())
            }
            #expect(binding == .pledgeBinding)
        }
    }

    @Test func aPromiseOrAPaymentIsNotRecordedBeforeItHappenedAndAWithdrawalMayBePlanned() async throws {
        try await Self.play { books, _ in
            func tried(_ facts: PledgeFacts, _ verb: (PledgeFacts, Work) async throws -> Void) async throws -> Refusal? {
                do {
                    try await books.transaction.savepoint { _ in try await verb(facts, try await books.work(on: "2027-01-10")) }
                    return nil
                } catch let refusal as Refusal { return refusal }
            }
            func add(_ facts: PledgeFacts, _ work: Work) async throws {
                try await Pledges.add(facts, to: "Pledge project", by: "Body 1", decision: "B-1", in: work)
            }
            func change(_ facts: PledgeFacts, _ work: Work) async throws {
                try await Pledges.change(facts, to: "Pledge project", by: "Body 1", decision: nil, in: work)
            }
            func paying(_ facts: PledgeFacts, _ work: Work) async throws {
                try await Pledges.change(facts, to: "Reached project", by: "Body 1", decision: nil, in: work)
            }
            let (today, tomorrow) = (try day("2027-01-10"), try day("2027-01-11"))
            let promised = PledgeFacts(amount: try kroner("100"), pledgedOn: tomorrow)
            #expect(try await tried(promised, add) == Refusal(.dayInFuture, "pledge", "2027-01-11", "2027-01-10"))
            #expect(try await tried(PledgeFacts(amount: try kroner("100"), pledgedOn: today), add) == nil)
            #expect(try await tried(PledgeFacts(withdrawnOn: try day("2027-03-01")), change) == nil)
            try await books.importing(["projects.csv": Self.projectHeader + "Reached project,,100,2027-06-30,GF-1\n"])
            try await Pledges.add(
                PledgeFacts(amount: try kroner("100"), pledgedOn: today), to: "Reached project", by: "Body 1", decision: "B-1",
                in: try await books.work())
            _ = try await books.run(on: "2027-01-10")
            let payment = Refusal(.dayInFuture, "payment", "2027-01-11", "2027-01-10")
            #expect(try await tried(PledgeFacts(paidOn: tomorrow, proof: "Bilag 1"), paying) == payment)
            #expect(try await tried(PledgeFacts(paidOn: today, proof: "Bilag 1"), paying) == nil)
            _ = try await books.run(on: "2027-01-12")
        }
    }

    @Test func aLapsedProjectIsNeverInvoiced() async throws {
        try await Self.play { books, _ in
            try await Self.add("60000", by: "Body 1", on: "2027-01-15", in: books)
            let late = try await books.refused { try await Self.add("40000", by: "Body 2", on: "2027-07-01", in: books) }
            #expect(late == .pledgeAfterDeadline)
            let project = try await Projects.find("Pledge project", in: try await books.work())
            #expect(try project.standing.state(on: day("2027-06-30")) == .open)
            #expect(try project.standing.state(on: day("2027-07-01")) == .lapsed)
            #expect(try await books.run(2028, on: "2027-12-01").totals.documents == 0)
        }
    }

    @Test func aWithdrawnPledgeIsNotInvoiced() async throws {
        try await Self.play { books, _ in
            try await Self.add("60000", by: "Body 1", on: "2027-01-15", in: books)
            try await Pledges.change(
                PledgeFacts(withdrawnOn: try day("2027-02-01")), to: "Pledge project", by: "Body 1", decision: nil,
                in: try await books.work())
            try await Self.add("40000", by: "Body 2", on: "2027-02-20", in: books)
            let project = try await Projects.find("Pledge project", in: try await books.work())
            #expect(try project.sum(on: day("2027-01-31")) == kroner("60000"))
            #expect(try project.sum(on: day("2027-02-20")) == kroner("40000"))
            #expect(try await books.run(on: "2027-04-01").totals.documents == 0)
            try await Self.add("60000", by: "Body 3", on: "2027-03-01", in: books)
            #expect(try await books.run(on: "2027-04-01").amounts == ["Body 2": ["40000.00"], "Body 3": ["60000.00"]])
        }
    }

    @Test func aPaidPledgeReducesOrWaivesALaterJoiningFee() async throws {
        try await Self.play { books, subject in
            try await Self.add("40000", by: "Body 1", on: "2027-01-15", .amount, in: books)
            try await Self.add("50000", by: "Body 2", on: "2027-01-15", .whole, in: books)
            try await Self.add("10000", by: "Body 3", on: "2027-01-15", .whole, in: books)
            _ = try await books.run(on: "2027-02-01")
            try await Self.pay("Body 1", on: "2027-02-15", in: books)
            try await Self.pay("Body 2", on: "2027-02-15", in: books)
            for index in 1...3 { try await books.join(subject, "Body \(index)", from: "2027-03-01") }
            // Paid on the day the agreement begins, or after: nothing comes off.
            try await Self.pay("Body 3", on: "2027-03-01", in: books)
            let run = try await books.run(on: "2027-03-10")
            #expect(run.amounts == ["Body 1": ["20000.00"], "Body 3": ["60000.00"]])
            let line = try run.documents.flatMap(\.lines).first.orThrow("no line")
            guard case .joiningFee(let fee) = line.derivation.now.basis else {
                Issue.record("no joining fee")
                return
            }
            #expect(try fee.full == kroner("60000") && fee.reductions.map(\.proof) == ["Bilag 17"])
            let waived = run.outcomes.flatMap(\.outcome.waived)
            #expect(waived.map(\.key.charge) == [.joiningFee])
            #expect(waived.first?.derivation.reductions.map(\.proof) == ["Bilag 17"])
        }
    }

    /// There is no line of a fee of nothing, so the invoice of the same agreement's annual fee tells of it, that year's only.
    @Test func theInvoiceOfTheAnnualFeeTellsOfTheWaivedJoiningFee() async throws {
        try await Self.play { books, _ in
            let subject = try await books.product(
                "Pledge product", rows: [("Join", .joiningFee, "60000"), ("Fee", .annualFee, "12000")])
            try await Self.add("100000", by: "Body 1", on: "2027-01-15", .whole, in: books)
            _ = try await books.run(on: "2027-02-01")
            try await Self.pay("Body 1", on: "2027-02-15", in: books)
            for name in ["Body 1", "Body 2"] { try await books.join(subject, name, from: "2027-07-02") }
            func invoice(of name: String, in run: ChargeRunResult) async throws -> PostedDocument {
                let posted = try run.outcomes.first { $0.outcome.party.name == name }.orThrow("no outcome")
                return try await books.document(.invoice, try posted.numbers.first.orThrow("no number"))
            }
            let run = try await books.run(on: "2027-07-10")
            #expect(run.amounts == ["Body 1": ["6016.44"], "Body 2": ["60000.00", "6016.44"]])
            let told = try await invoice(of: "Body 1", in: run)
            let waiver = try told.waived.first.orThrow("nothing was waived")
            #expect(told.waived.count == 1 && told.subjectName(of: waiver) == "Pledge product")
            let danish = waiver.explanation(in: .danish).joined(separator: " ")
            let english = waiver.explanation(in: .english).joined(separator: " ")
            for part in [
                "Fuld afgift 60.000,00 kr., efter nedsættelse 0,00 kr.",
                "til Pledge project, betalt 15. februar 2027 (Bilag 17; beslutning B-1)",
            ] {
                #expect(danish.contains(part), "\(danish)")
            }
            for part in [
                "Full fee DKK 60,000.00, after reductions DKK 0.00.",
                "to Pledge project, paid on 15 February 2027 (Bilag 17; decision B-1)",
            ] {
                #expect(english.contains(part), "\(english)")
            }
            #expect(waiver.title(of: "P", in: .danish) == "Bortfaldet: Tilslutningsafgift P")
            #expect(waiver.title(of: "P", in: .english) == "Waived: Joining fee P")
            var json = CanonicalJSON()
            try told.write(to: &json, in: .english)
            let text = String(decoding: json.bytes, as: UTF8.self)
            #expect(
                text.contains("\"waived\":[{\"product\":\"Pledge product\",\"charge\":\"joiningFee\",\"fullMinor\":6000000,\"because\":["))
            #expect(try await invoice(of: "Body 2", in: run).waived.isEmpty)
            #expect(try await Replay.all(in: try await books.work()).differing.isEmpty)
            let next = try await books.run(2028, on: "2028-01-10")
            #expect(try await invoice(of: "Body 1", in: next).waived.isEmpty)
        }
    }

    @Test func onlyWhatIsOwedIsPaidAndOnlyOnce() async throws {
        try await Self.play { books, _ in
            try await Self.add("40000", by: "Body 1", on: "2027-01-15", in: books)
            try await Self.add("1000", by: "Body 2", on: "2027-01-15", in: books)
            func paying(_ organisation: String, on day: String) async throws -> Refusal? {
                do {
                    try await books.transaction.savepoint { _ in try await Self.pay(organisation, on: day, in: books) }
                    return nil
                } catch let refusal as Refusal { return refusal }
            }
            #expect(
                try await paying("Body 1", on: "2027-02-01")
                    == Refusal(.pledgeNotOwed, "Body 1", "Pledge project", "2027-02-01", "open"))
            #expect(try await paying("Body 1", on: "2027-07-01")?.facts.last == "lapsed")
            let withdrawal = PledgeFacts(withdrawnOn: try day("2027-02-01"))
            try await Pledges.change(withdrawal, to: "Pledge project", by: "Body 2", decision: nil, in: try await books.work())
            try await Self.add("60000", by: "Body 3", on: "2027-03-01", in: books)
            #expect(try await paying("Body 2", on: "2027-03-02")?.facts.last == "withdrawn")
            // The day before the target was reached nothing was owed.
            #expect(try await paying("Body 1", on: "2027-02-28")?.rule == .pledgeNotOwed)
            // What is owed but not invoiced yet would be invoiced after it was paid.
            #expect(
                try await paying("Body 1", on: "2027-03-01") == Refusal(.pledgeNotInvoiced, "Body 1", "Pledge project", "2027-03-01"))
            #expect(try await books.run(on: "2027-03-01").amounts == ["Body 1": ["40000.00"], "Body 3": ["60000.00"]])
            #expect(try await paying("Body 1", on: "2027-03-01") == nil)
            let paid = Refusal(.pledgePaid, "Body 1", "Pledge project", "2027-03-01", "Bilag 17")
            #expect(try await paying("Body 1", on: "2027-03-05") == paid)
            let withdrawn = try await books.refused {
                try await Pledges.change(withdrawal, to: "Pledge project", by: "Body 1", decision: nil, in: try await books.work())
            }
            #expect(withdrawn == .pledgePaid)
            // Being paid is no reason to be invoiced twice.
            #expect(try await books.run(on: "2027-04-01").totals.documents == 0)
        }
    }

    /// What was owed before charges begin was invoiced by whoever kept the accounts, and its payment still counts for joining fees.
    @Test func aPledgeOfBeforeChargesBeginIsPaidWithoutAnInvoice() async throws {
        try await Self.play { books, _ in
            try await Self.add("100000", by: "Body 1", on: "2026-12-15", in: books)
            try await Self.pay("Body 1", on: "2026-12-20", in: books)
            #expect(try await books.run().totals.documents == 0)
        }
    }

    @Test func aFolderOfPledgesTwiceChangesNothing() async throws {
        try await Self.play { books, _ in
            let rows =
                Self.pledgeHeader + "pledge project,Body 1,60000,2027-01-15,,,,amount,B-1,\n"
                + "Pledge project,Body 2,40000,2027-02-20,,,,,B-1,no\nPledge project,Body 3,1,2027-02-20,,,,,B-1,yes\n"
            let projects = Self.projectHeader + "Pledge project,,,,\n"
            let first = try await books.importing(["projects.csv": projects, "pledges.csv": rows], on: "2027-03-01")
            #expect(first.counts[.pledges]?.added == 3 && first.counts[.projects]?.unchanged == 1)
            #expect(try await books.importing(["projects.csv": projects, "pledges.csv": rows], on: "2027-03-01").isUnchanged)
            // Blank is unknown to the row.
            let blank = Self.pledgeHeader + "Pledge project,Body 1,,,,,,,,\n"
            #expect(try await books.importing(["pledges.csv": blank]).isUnchanged)
            let more = Self.pledgeHeader + "Pledge project,Body 2,45000,,,,,,,\n"
            #expect(try await books.importing(["pledges.csv": more]).counts[.pledges]?.changed == 1)
            #expect(try await books.run(on: "2027-04-01").amounts == ["Body 1": ["60000.00"], "Body 2": ["45000.00"]])
        }
    }

    /// By the folder as by the verb: what would be invoiced after it was paid is refused at its row, and what is on record as paid is not asked for its invoice again.
    @Test func aFolderPaysWhatIsInvoicedOnly() async throws {
        try await Self.play { books, _ in
            func row(_ organisation: String, _ amount: String, _ pledgedOn: String, paid: Bool) -> String {
                "Pledge project,\(organisation),\(amount),\(pledgedOn),,\(paid ? "2027-03-01,Bilag 1" : ","),,B-1,\n"
            }
            func problems(_ rows: String..., on today: String = "2027-03-01") async throws -> [ImportProblem] {
                do {
                    try await books.transaction.savepoint { _ in
                        _ = try await books.importing(["pledges.csv": Self.pledgeHeader + rows.joined()], on: today)
                    }
                    return []
                } catch let refused as ImportRefused { return refused.problems }
            }
            let other = row("Body 2", "40000", "2027-02-20", paid: false)
            func expectRefused(_ problems: [ImportProblem], dueOn day: String) {
                #expect(problems.map(\.refusal) == [Refusal(.pledgeNotInvoiced, "Body 1", "Pledge project", day)])
                #expect(problems.map { $0.location.line } == [3])
            }
            // Stated and paid at once, and added to one that is known.
            expectRefused(try await problems(other, row("Body 1", "60000", "2027-01-15", paid: true)), dueOn: "2027-02-20")
            #expect(try await problems(other, row("Body 1", "60000", "2027-01-15", paid: false)) == [])
            expectRefused(try await problems(other, row("Body 1", "60000", "2027-01-15", paid: true)), dueOn: "2027-02-20")
            #expect(try await books.run(on: "2027-03-01").amounts == ["Body 1": ["60000.00"], "Body 2": ["40000.00"]])
            #expect(try await problems(other, row("Body 1", "60000", "2027-01-15", paid: true)) == [])
            #expect(try await problems(other, row("Body 1", "60000", "2027-01-15", paid: true)) == [])
            #expect(try await books.run(on: "2027-04-01").totals.documents == 0)
            // Taken back again, it is paid all the same, and the folder that said so may be imported again.
            _ = try await Reversal.post(1, in: try await books.work(on: "2027-04-02"))
            #expect(try await problems(other, row("Body 1", "60000", "2027-01-15", paid: true)) == [])
            _ = try await books.run(on: "2027-04-03")
        }
    }

    /// Who joins in later than that owes its own from the day it promised, also to a project that was reached before charges begin.
    @Test func aFolderPaysWhatWasOwedBeforeChargesBeginWithoutAnInvoice() async throws {
        try await Self.play { books, _ in
            let early = Self.pledgeHeader + "Pledge project,Body 1,100000,2026-12-15,,2026-12-20,Bilag 1,,B-1,\n"
            #expect(try await books.importing(["pledges.csv": early]).counts[.pledges]?.added == 1)
            #expect(try await books.run().totals.documents == 0)
            try await Self.add("5000", by: "Body 2", on: "2027-01-15", in: books)
            let refused = try await books.refused { try await Self.pay("Body 2", on: "2027-02-01", in: books) }
            #expect(refused == .pledgeNotInvoiced)
            #expect(try await books.run(on: "2027-02-01").amounts == ["Body 2": ["5000.00"]])
            try await Self.pay("Body 2", on: "2027-02-01", in: books)
        }
    }

    /// Without the day on which charges begin nothing is ever invoiced, so nothing waits for it. Only the tables' owner can take the day away.
    @Test func whereChargesDoNotBeginAPledgeIsPaidWithoutAnInvoice() async throws {
        let connection = try await MigratedDatabase.connect(try await MigratedDatabase.own(), as: "migrator")
        try await connection.rolledBack(.repeatableRead) { transaction in
            let books = Books(transaction: transaction)
            try await books.found()
            try await books.body(1, "Body 1")
            try await books.importing(["projects.csv": Self.projectHeader + "Pledge project,,100000,2027-06-30,GF-1\n"])
            try await Self.add("100000", by: "Body 1", on: "2027-01-15", in: books)
            let early = try await books.refused { try await Self.pay("Body 1", on: "2027-02-01", in: books) }
            #expect(early == .pledgeNotInvoiced)
            try await transaction.run(script: "DELETE FROM setting WHERE name = 'charges-begin'")
            try await Self.pay("Body 1", on: "2027-02-01", in: books)
        }
        await connection.close()
    }

    @Test func aPledgeRecordedByMistakeMakesRoomForAnother() async throws {
        try await Self.play { books, _ in
            let mistaken = Self.pledgeHeader + "Pledge project,Body 1,70000,2027-01-15,2027-02-01,2027-01-20,Bilag 2,whole,B-1,yes\n"
            try await books.importing(["pledges.csv": mistaken])
            try await Self.add("100000", by: "Body 1", on: "2027-01-16", in: books)
            let twice = try await books.refused { try await Self.add("1", by: "Body 1", on: "2027-01-17", in: books) }
            #expect(twice == .pledgeExists)
            let pledge = try await Projects.find("Pledge project", in: try await books.work()).pledges.first.orThrow("no pledge")
            #expect(pledge.withdrawnOn == nil && pledge.paidOn == nil && pledge.proof == nil && pledge.reduction == .nothing)
            #expect(try await books.run(on: "2027-02-01").amounts == ["Body 1": ["100000.00"]])
        }
    }

    @Test func whatAFolderMayNotSayIsRefusedAtItsPlace() async throws {
        let faults: [(String, String)] = [
            ("No project,Body 1,1,2027-01-15,,,,,B-1,", "2:1 UNKNOWN_PROJECT"),
            ("Pledge project,Nobody,1,2027-01-15,,,,,B-1,", "2:16 UNKNOWN_ORGANISATION"),
            ("Pledge project,Body 1,1,2027-01-15,,,,,NONE,", "2:40 UNKNOWN_DECISION"),
            ("Pledge project,Body 1,1,2027-07-01,,,,,B-1,", "2:1 PLEDGE_AFTER_DEADLINE"),
            ("Pledge project,Body 1,1,2027-07-03,,,,,B-1,", "2:1 DAY_IN_FUTURE"),
            ("Pledge project,Body 1,100000,2027-01-15,,2027-07-03,Bilag 1,,B-1,", "2:1 DAY_IN_FUTURE"),
            ("Pledge project,Body 1,100000,2027-01-15,,2027-01-14,Bilag 1,,B-1,", "2:1 PLEDGE_NOT_OWED"),
            ("Pledge project,Body 1,99999,2027-01-15,,2027-02-01,Bilag 1,,B-1,", "2:1 PLEDGE_NOT_OWED"),
            ("Pledge project,Body 1,100000,2027-01-15,2027-01-16,,,,B-1,", "2:1 PLEDGE_BINDING"),
            ("Pledge project,Body 1,1,2027-01-15,2027-01-15,,,,B-1,", "2:1 WITHDRAWN_BEFORE_PLEDGED"),
            ("Pledge project,Body 1,1,2027-01-15,,2027-02-01,,,B-1,", "2:1 PAID_WITHOUT_PROOF"),
            ("Pledge project,Body 1,0,2027-01-15,,,,,B-1,", "2:23 AMOUNT_INVALID"),
            ("Pledge project,Body 1,1,2027-01-15,,,,half,B-1,", "2:39 VALUE_UNKNOWN"),
            ("Pledge project,Body 1,,2027-01-15,,,,,B-1,", "2:1 VALUE_MISSING"),
        ]
        for (row, expected) in faults {
            try await Self.play { books, _ in
                let text = Self.pledgeHeader + row + "\n"
                let refused = try await #require(throws: ImportRefused.self) {
                    _ = try await books.transaction.savepoint { _ in try await books.importing(["pledges.csv": text], on: "2027-07-02") }
                }
                let found = refused.problems.map { "\($0.location.line):\($0.location.column) \($0.refusal.rule.rawValue)" }
                #expect(found == [expected], "\(row)")
                _ = try await books.run()
            }
        }
    }
}
