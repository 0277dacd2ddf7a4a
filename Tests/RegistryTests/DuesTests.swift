import Domain
import Registry
import Testing
import Wording

/// The dues of a year, by the rules of DOMAIN §3, each with its exact amount.
@Suite struct DuesTests {
    @Test func memberSince2026OwesTheYearWithVAT() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-01-01")
            let run = try await books.run()
            #expect(run.amounts == ["Member 1": ["25000.00"]])
            let invoice = try await books.document(.invoice, try (run.outcomes.first?.numbers.first).orThrow("no number"))
            #expect(invoice.net.description == "25000.00")
            #expect(invoice.tax.description == "6250.00")
            #expect(try invoice.gross().description == "31250.00")
            #expect(
                invoice.role
                    == .invoice(dueOn: try day("2027-02-09"), payment: try FIKReference(invoiceNumber: invoice.number).orThrow("fik")))
        }
    }

    @Test(arguments: [
        ("2027-01-01", "25000.00"), ("2027-07-01", "25000.00"), ("2027-07-02", "12500.00"), ("2027-12-31", "12500.00"),
    ])
    func joiningAfterTheFirstOfJulyHalvesTheDues(first: String, owed: String) async throws {
        try await Books.play { books in
            try await books.member(1, from: first)
            #expect(try await books.run().amounts == ["Member 1": [owed]])
        }
    }

    @Test func joiningAfterTheYearOwesNothing() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2028-01-01")
            #expect(try await books.run().amounts.isEmpty)
        }
    }

    @Test func noticeReceivedOnTheLastDayOf2026OwesNothing() async throws {
        try await Books.play { books in
            let agreement = try await books.member(1, from: "2026-01-01")
            try await books.notice(agreement, received: "2026-12-31", on: "2026-12-31")
            #expect(try await books.run().amounts.isEmpty)
        }
    }

    @Test(arguments: [true, false])
    func noticeReceivedOnTheFirstDayOf2027OwesTheYear(runsFirst: Bool) async throws {
        try await Books.play { books in
            let agreement = try await books.member(1, from: "2026-01-01")
            if runsFirst { #expect(try await books.run(on: "2027-01-01").amounts == ["Member 1": ["25000.00"]]) }
            try await books.notice(agreement, received: "2027-01-01", on: "2027-01-02")
            let run = try await books.run()
            #expect(run.amounts == (runsFirst ? [:] : ["Member 1": ["25000.00"]]))
        }
    }

    @Test func noticeRegisteredForLastYearAfterTheRunIsCredited() async throws {
        try await Books.play { books in
            let agreement = try await books.member(1, from: "2026-01-01")
            _ = try await books.run(on: "2027-01-01")
            try await books.notice(agreement, received: "2026-12-31", on: "2027-01-05")
            let run = try await books.run()
            #expect(run.amounts == ["Member 1": ["-25000.00"]])
            let cause = try (run.documents.first?.lines.first?.derivation.causes.first).orThrow("no cause")
            let term = try Term(first: try day("2026-01-01"), last: nil).orThrow("no term")
            #expect(cause == Cause(from: .spell(Spell(agreement: agreement, term: term)), to: nil))
        }
    }

    @Test func withdrawnInMarchAndBackInOctoberOwesNothingMore() async throws {
        try await Books.play { books in
            let first = try await books.member(1, from: "2026-01-01")
            _ = try await books.run(on: "2027-01-10")
            try await books.notice(first, received: "2027-03-15", on: "2027-03-15")
            #expect(try await books.run(on: "2027-04-01").totals.documents == 0)
            let place = SourceLocation(file: "test", line: 1, column: 1)
            let signature = Signature(name: "S", title: "Director", date: try day("2027-09-20"))
            let again = try await Registration.register(
                MembershipApplication(
                    organisation: OrganisationDraft(
                        location: place, id: nil, kind: .municipality, name: "Member 1", cvr: try cvrNumber(1), municipalityCode: nil,
                        regionCode: nil, address: .unknown, glns: [], billing: BillingContact()),
                    contact: nil, signature: signature, countersignature: signature, firstDay: try day("2027-10-01"), document: nil),
                in: try await books.work(on: "2027-09-20"))
            #expect(again.id != first)
            #expect(try await books.run(on: "2027-10-02").totals.documents == 0)
        }
    }

    @Test func whoCannotBeAddressedIsParkedUntilItCanBe() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-01-01")
            try await books.member(2, from: "2026-01-01", cvr: false)
            try await books.member(3, from: "2026-01-01", reference: nil)
            try await books.member(4, from: "2026-01-01", cvr: false, gln: "5798009883193")
            let run = try await books.run()
            #expect(run.amounts == ["Member 1": ["25000.00"], "Member 4": ["25000.00"]])
            #expect(run.parked == ["Member 2": [.noReceiver], "Member 3": [.noReference]])

            let work = try await books.work()
            let known = try await Organisations.find("Member 3", in: work)
            try await Organisations.setBilling(BillingContact(reference: "Ref 3"), of: known.id, in: work)
            let fixed = try await books.run()
            #expect(fixed.amounts == ["Member 3": ["25000.00"]])
            #expect(fixed.parked == ["Member 2": [.noReceiver]])
        }
    }

    @Test func anIndexedYearIsRoundedHalfUpToWholeKroner() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-01-01")
            try await books.dues(2027, .indexed(figure: DecimalFigure("121.3"), previous: DecimalFigure("117.4"), published: nil))
            let run = try await books.run()
            #expect(run.amounts == ["Member 1": ["25830.00"]])
            let because = try (run.documents.first?.lines.first?.derivation.explanation(in: .danish)).orThrow("no line").joined()
            #expect(because.contains("25.000,00 kr. × 121,3 / 117,4 = 25.830,00 kr."))
        }
    }

    @Test(arguments: [(nil, "117.4"), ("121.3", nil), (nil, nil)] as [(String?, String?)])
    func aMissingIndexFigureParks(figure: String?, previous: String?) async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-01-01")
            try await books.dues(
                2027,
                .indexed(figure: figure.flatMap { DecimalFigure($0) }, previous: previous.flatMap { DecimalFigure($0) }, published: nil))
            let run = try await books.run()
            #expect(run.amounts.isEmpty)
            #expect(run.parked == ["Member 1": [.indexMissing]])
        }
    }

    @Test func aYearWithoutARateParks() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-01-01")
            let run = try await books.run(2028, on: "2028-01-10")
            #expect(run.amounts == ["Member 1": ["25000.00"]])
            #expect(run.parked == ["Member 1": [.noPrice]])
        }
    }

    @Test func aPublishedAmountThatTheFormulaDoesNotGiveIsRefused() async throws {
        try await Books.play { books in
            let published = try kroner("25831")
            do {
                try await books.dues(2027, .indexed(figure: DecimalFigure("121.3"), previous: DecimalFigure("117.4"), published: published))
                Issue.record("it was stored")
            } catch let refused as ImportRefused {
                #expect(refused.problems.map(\.refusal.rule) == [.indexAmountMismatch])
            }
            // Only what this scenario stored is taken back, by storing the year again.
            try await books.dues(2027, .fixed(try kroner("25000")))
        }
    }

    @Test func missedYearsComeAlongAndYearsBeforeChargesBeginNever() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2020-01-01")
            try await books.dues(2028, .fixed(try kroner("26000")))
            let run = try await books.run(2028, on: "2028-01-10")
            #expect(run.amounts == ["Member 1": ["25000.00", "26000.00"]])
            #expect(try await books.preview(2026).totals.documents == 0)
        }
    }

    @Test func rule13DocumentsAreNumberedByCVRNumberThenThoseWithout() async throws {
        try await Books.play { books in
            try await books.member(9, from: "2026-01-01", cvr: false, gln: "5798009883193")
            for index in [5, 3, 4] { try await books.member(index, from: "2026-01-01") }
            let run = try await books.run()
            let numbers = run.outcomes.flatMap(\.numbers)
            #expect(run.outcomes.map(\.outcome.party.name) == ["Member 3", "Member 4", "Member 5", "Member 9"])
            #expect(numbers == Array(try numbers.first.orThrow("none")...(try numbers.last.orThrow("none"))))
        }
    }
}
