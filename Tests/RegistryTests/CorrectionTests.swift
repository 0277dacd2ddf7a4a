import Domain
import Postgres
import Registry
import Testing
import Wording

/// Changes after posting: one further line or one credit note, its causes named, the old documents untouched (DOMAIN §3, rules 5 to 8).
@Suite struct CorrectionTests {
    @Test func aRaisedRateIsOneFurtherLineThatNamesTheCause() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-01-01")
            let first = try await books.run()
            let number = try (first.outcomes.first?.numbers.first).orThrow("no number")
            let before = try await books.document(.invoice, number)
            try await books.dues(2027, .fixed(try kroner("26000")))
            let run = try await books.run(on: "2027-03-01")
            #expect(run.amounts == ["Member 1": ["1000.00"]])
            let line = try (run.documents.first?.lines.first).orThrow("no line")
            #expect(line.isCorrection)
            #expect(line.revision == 1)
            #expect(line.derivation.causes.count == 1)
            #expect(line.covers == Period(first: try day("2027-01-01"), last: try day("2027-12-31")))
            let sentence = try line.derivation.causes.first.orThrow("no cause").sentence(in: .english)
            #expect(sentence == "The dues of 2027 changed from DKK 25,000.00 (GF-1) to DKK 26,000.00 (GF-2).")
            #expect(try await books.document(.invoice, number) == before)
            #expect(try await books.run().totals.documents == 0)
        }
    }

    @Test func aLoweredRateIsOneCreditNote() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-01-01")
            let number = try (try await books.run().outcomes.first?.numbers.first).orThrow("no number")
            let before = try await books.document(.invoice, number)
            try await books.dues(2027, .fixed(try kroner("24000")))
            let run = try await books.run(on: "2027-03-01")
            #expect(run.amounts == ["Member 1": ["-1000.00"]])
            #expect(run.totals.creditNotes == 1 && run.totals.invoices == 0)
            let note = try await books.document(.creditNote, try (run.outcomes.first?.numbers.first).orThrow("no number"))
            #expect(note.role == .creditNote(of: number, issuedOn: before.issuedOn))
            #expect(note.net.description == "1000.00" && note.tax.description == "250.00")
            #expect(note.lines.map(\.creditsLine) == [1])
            #expect(try await books.document(.invoice, number) == before)
            #expect(try await books.run().totals.documents == 0)
        }
    }

    @Test func aRiseAfterAFallIsANewLineAndTheNextFallTakesTheNewestFirst() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-01-01")
            let first = try (try await books.run().outcomes.first?.numbers.first).orThrow("no number")
            try await books.dues(2027, .fixed(try kroner("24000")))
            #expect(try await books.run().amounts == ["Member 1": ["-1000.00"]])
            try await books.dues(2027, .fixed(try kroner("24600")))
            let risen = try await books.run()
            #expect(risen.amounts == ["Member 1": ["600.00"]])
            let second = try (risen.outcomes.first?.numbers.first).orThrow("no number")
            try await books.dues(2027, .fixed(try kroner("23000")))
            let fallen = try await books.run()
            // 600 on the newest invoice, the rest on the one before it: one note each, in the order of the invoices.
            #expect(fallen.documents.map { $0.credits?.number } == [first, second])
            #expect(fallen.documents.map(\.net.description) == ["1000.00", "600.00"])
        }
    }

    @Test func joiningEarlierThanRecordedAndADifferentPriceAreBothNamed() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2027-08-01")
            #expect(try await books.run().amounts == ["Member 1": ["12500.00"]])
            let agreement = try await Agreements.list(in: try await books.work()).first { $0.organisationName == "Member 1" }
            let id = try agreement.orThrow("no agreement").id
            try await books.transaction.execute(
                "UPDATE agreement SET during = daterange('2027-05-01', NULL) WHERE id = \(id.value)")
            try await books.dues(2027, .fixed(try kroner("26000")))
            let run = try await books.run()
            #expect(run.amounts == ["Member 1": ["13500.00"]])
            let causes = try (run.documents.first?.lines.first?.derivation.causes).orThrow("no line")
            #expect(causes.count == 2)
        }
    }

    @Test func aVoidedAgreementIsCreditedWhole() async throws {
        try await Books.play { books in
            let agreement = try await books.member(1, from: "2026-01-01")
            _ = try await books.run()
            try await Agreements.move(agreement, .void, in: try await books.work())
            #expect(try await books.run().amounts == ["Member 1": ["-25000.00"]])
        }
    }

    @Test func rule07ACreditByHandIsNotInvoicedAgain() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-01-01")
            let number = try (try await books.run().outcomes.first?.numbers.first).orThrow("no number")
            let notes = try await books.credit("2500", on: number)
            #expect(notes.count == 1)
            let note = try await books.document(.creditNote, try notes.first.orThrow("no note"))
            #expect(note.net.description == "2500.00" && note.tax.description == "625.00")
            #expect(note.lines.first?.derivation.causes.count == 1)
            #expect(try await books.run().totals.documents == 0)
            // What changes later is measured against the lowered amount.
            try await books.dues(2027, .fixed(try kroner("26000")))
            #expect(try await books.run().amounts == ["Member 1": ["1000.00"]])
        }
    }

    @Test func rule08TwoPartialCreditsTakeExactlyTheInvoicesVAT() async throws {
        try await Books.play { books in
            try await books.dues(2027, .fixed(try kroner("0.30")))
            try await books.member(1, from: "2026-01-01")
            let number = try (try await books.run().outcomes.first?.numbers.first).orThrow("no number")
            #expect(try await books.document(.invoice, number).tax.description == "0.08")
            var taxes: [String] = []
            // 25 % of 0.10 is 0.025, rounded to 0.03; the last note takes the 0.02 that remain.
            for _ in 0..<3 {
                let notes = try await books.credit("0.10", on: number)
                taxes.append(try await books.document(.creditNote, try notes.first.orThrow("no note")).tax.description)
            }
            #expect(taxes == ["0.03", "0.03", "0.02"])
        }
    }

    @Test func creditsByHandAreRefusedForGoodReasons() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-01-01")
            let number = try (try await books.run().outcomes.first?.numbers.first).orThrow("no number")
            #expect(try await books.refused { _ = try await books.credit("25000.01", on: number) } == .creditExceedsInvoiced)
            #expect(try await books.refused { _ = try await books.credit("1", on: number + 1000) } == .unknownInvoice)
            try await books.dues(2027, .fixed(try kroner("26000")))
            #expect(try await books.refused { _ = try await books.credit("1", on: number) } == .runFirst)
            #expect(try await books.run().amounts == ["Member 1": ["1000.00"]])
        }
    }

    @Test func aCreditOnAReversedLineSaysThatItsRunWasReversed() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-01-01")
            let run = try await books.run()
            let number = try (run.outcomes.first?.numbers.first).orThrow("no number")
            _ = try await Reversal.post(try run.run.orThrow("no run"), in: try await books.work())
            let refusal = try await #require(throws: Refusal.self) {
                try await books.transaction.savepoint { _ in _ = try await books.credit("1", on: number) }
            }
            #expect(refusal.rule == .runFirst)
            #expect(
                refusal.sentence(in: .danish).hasPrefix(
                    "faktura \(number) linje 1 (Kontingent 2027) er tilbageført med kørsel \(run.run ?? 0), så 25.000,00 kr. venter"))
            #expect(try await books.run().totals.documents == 1)
        }
    }

    @Test func rule13AStalePreviewIsRefusedAndAFreshOneIsNot() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-01-01")
            let preview = try await books.preview()
            try await books.member(2, from: "2026-01-01")
            let year = try BillingPeriod(year: 2027).orThrow("no year")
            let stale = try await books.refused {
                _ = try await ChargeRun.post(year, expecting: preview.hash, in: try await books.work())
            }
            #expect(stale == .stalePreview)
            let fresh = try await books.preview()
            let posted = try await ChargeRun.post(year, expecting: fresh.hash, in: try await books.work())
            #expect(posted.hash == fresh.hash)
            #expect(posted.documents.map(\.net) == fresh.documents.map(\.net))
        }
    }
}
