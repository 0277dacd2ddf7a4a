import Testing

/// Products, suppliers and the notice calendar, as a person types them.
@Suite struct ProductCommandTests {
    private struct Agreement: Decodable {
        struct Change: Decodable, Equatable {
            let from: String
            let form: String
        }

        let agreement: Int64
        let name: String
        let subject: String
        let state: String
        let to: String?
        let form: String?
        let formChanges: [Change]
        let noticeMonths: Int?
        let noticeTo: String?
    }

    private struct Product: Decodable {
        struct Record: Decodable {
            let product: String
            let account: String?
            let level: Int?
        }

        let product: Record
        let agreements: [Agreement]
    }

    private struct Entry: Decodable {
        struct End: Decodable {
            let end: String
            let latestNotice: String
        }

        let name: String
        let subject: String
        let anyDay: Bool
        let ends: [End]
    }

    @Test func aProductIsShownWithItsParticipants() async throws {
        let place = try await CommandDatabase.shared.value
        let shown: Product = try await place.command("product", "show", "os2MO", "--today", "2027-01-10", "--format", "json").decoded()
        #expect(shown.product.product == "OS2mo" && shown.product.account == "XG-9212045370" && shown.product.level == 3)
        #expect(shown.agreements.map(\.name) == ["Favrskov Kommune", "Sønderborg Kommune"])
        #expect(shown.agreements.map(\.subject) == ["OS2mo", "OS2mo"])
        #expect(shown.agreements.first?.formChanges == [.init(from: "2028-01-01", form: "active")])
        let list = try await place.command("product", "list", "--format", "csv")
        #expect(list.output.split(separator: "\r\n").count == 35)
        let suppliers = try await place.command("supplier", "list", "--today", "2027-01-10")
        #expect(
            suppliers.output.contains("Eksempelprodukt A") && suppliers.output.contains("vedligehold")
                && !suppliers.output.contains("maintenance"))
    }

    @Test func noticeReceivedAfterMidnightInCopenhagenIsTheNextDays() async throws {
        let place = try await CommandDatabase.example()
        let command = place.command
        let drafts: [Agreement] = try await command(
            "agreement", "draft", "0101", "--subject", "Eksempelprodukt A", "--form", "passive", "--notice-months", "3", "--notice-to",
            "quarter", "--format", "json", "--today", "2027-01-10"
        ).decoded()
        let draft = try drafts.first.orThrow("no draft")
        #expect(draft.subject == "Eksempelprodukt A" && draft.form == "passive" && draft.noticeMonths == 3 && draft.noticeTo == "quarter")
        let number = String(draft.agreement)
        for step in [["send", number], ["sign", number, "--by", "S", "--title", "T"], ["countersign", number, "--by", "C"]] {
            #expect(try await command.run(["agreement"] + step + ["--today", "2027-01-10"]).status == 0)
        }
        let active: [Agreement] = try await command(
            "agreement", "form", number, "active", "--from", "2027-07-01", "--today", "2027-01-10", "--format", "json"
        ).decoded()
        #expect(active.first?.formChanges == [.init(from: "2027-07-01", form: "active")])
        let shown = try await command("agreement", "show", number, "--today", "2027-01-10", "--lang", "en")
        #expect(shown.output.contains("passive, active from 2027-07-01; notice 3 months to the end of a quarter"))

        let early = try await command("agreement", "notice", number, "--received", "2027-01-09", "--today", "2027-10-02")
        #expect(early.status == 65 && early.code == "NOTICE_BEFORE_START")
        // Half past one at night in Copenhagen, the day after.
        let noticed: [Agreement] = try await command(
            "agreement", "notice", number, "--received", "2027-09-30T23:30:00Z", "--today", "2027-10-02", "--format", "json"
        ).decoded()
        #expect(noticed.first?.state == "noticeGiven" && noticed.first?.to == "2028-03-31")
    }

    /// A membership's last day is the day of receipt, in summer time, in winter time, and written from elsewhere.
    @Test(arguments: [
        ("2027-09-30T21:59:59Z", "2027-09-30"), ("2027-09-30T22:00:00Z", "2027-10-01"), ("2027-12-31T22:59:59Z", "2027-12-31"),
        ("2027-12-31T23:00:00Z", "2028-01-01"), ("2027-09-30T20:30:00-04:00", "2027-10-01"), ("2027-10-01T01:30:00+02:00", "2027-10-01"),
    ])
    func anInstantIsADayInCopenhagen(instant: String, day: String) async throws {
        let place = try await CommandDatabase.example()
        let agreements: [Agreement] = try await place.command("agreement", "list", "0151", "--format", "json").decoded()
        let number = String(try agreements.first.orThrow("no agreement").agreement)
        let noticed: [Agreement] = try await place.command(
            "agreement", "notice", number, "--received", instant, "--today", "2028-01-02", "--format", "json"
        ).decoded()
        #expect(noticed.first?.to == day)
    }

    @Test func theCalendarHasAnEndForEveryAgreementInForce() async throws {
        let place = try await CommandDatabase.shared.value
        let calendar: [Entry] = try await place.command("agreement", "calendar", "--today", "2027-04-01", "--format", "json").decoded()
        let joined = try calendar.first { $0.name == "Gentofte Kommune" && !$0.anyDay }.orThrow("Gentofte's agreement")
        #expect(joined.subject == "Eksempelprodukt A")
        #expect(joined.ends.map(\.end) == ["2027-12-31", "2028-06-30"] && joined.ends.map(\.latestNotice) == ["2027-09-30", "2028-03-31"])
        let held = try calendar.first { $0.name == "Lolland Kommune" && !$0.anyDay }.orThrow("Lolland's agreement")
        #expect(held.ends.first?.end == "2028-12-31" && held.ends.first?.latestNotice == "2028-09-30")
        #expect(calendar.first { $0.name == "Ballerup Kommune" }?.anyDay == true)
        #expect(!calendar.contains { $0.name == "Esbjerg Kommune" })
        let table = try await place.command("agreement", "calendar", "--today", "2027-04-01", "--lang", "en")
        #expect(table.output.contains("3 months to the end of a half-year") && table.output.contains("any day"))
        let csv = try await place.command("agreement", "calendar", "--today", "2027-04-01", "--format", "csv").output
        #expect(csv.contains(",anyDay,") && csv.contains(",6 year,"), "\(csv.prefix(300))")
        let danish = try await place.command("agreement", "calendar", "--today", "2027-04-01")
        #expect(danish.output.contains("3 måneder til udgangen af et halvår"))
    }
}
