import Foundation
import TestSupport
import Testing

/// Rate sheets as the program prints them, from the example's real prices.
@Suite struct RatesTests {
    private struct List: Decodable {
        struct Price: Decodable {
            let charge: String
            let component: String
            let from: String
            let to: String?
            let sizeClass: String?
            let participantsFrom: Int?
            let baseMinor: Int64?
            let memberMinor: Int64?
            let nonMemberMinor: Int64?
        }
        let product: String
        let frequency: String
        let passive: String
        let decision: String
        let prices: [Price]
    }

    private func lists(_ product: String, _ year: String) async throws -> [List] {
        let place = try await CommandDatabase.shared.value
        let shown = try await place.command("rates", "show", product, "--year", year, "--format", "json")
        #expect(shown.status == 0, "\(shown.errors)")
        return try shown.decoded()
    }

    /// DOMAIN §3: base 22,000 / 32,000 / 42,000 / 52,000 gives the eight printed prices.
    @Test func theEightNumbersOfOS2valghalla() async throws {
        let list = try (try await lists("OS2valghalla", "2023").first).orThrow("no sheet")
        let fees = list.prices.filter { $0.charge == "annualFee" }
        #expect(fees.map(\.sizeClass) == ["small", "medium", "large", "veryLarge"])
        #expect(fees.map(\.memberMinor) == [2_398_000, 3_488_000, 4_578_000, 5_668_000])
        #expect(fees.map(\.nonMemberMinor) == [2_970_000, 4_320_000, 5_670_000, 7_020_000])
        let joining = list.prices.filter { $0.charge == "joiningFee" }
        #expect(joining.map(\.memberMinor) == [3_500_000, 7_000_000, 19_000_000, 35_000_000])
        #expect(list.frequency == "yearly")
    }

    @Test func joiningOS2moGoesByTheDayOfSignature() async throws {
        let list = try (try await lists("OS2mo", "2020").first).orThrow("no sheet")
        #expect(list.passive == "1/3")
        #expect(list.prices.map(\.baseMinor) == [6_000_000, 12_000_000, 24_000_000])
        #expect(list.prices.map(\.to) == ["2020-02-01", "2020-12-31", "2026-12-31"])
        // What nobody can sign for any more is not on a later year's list.
        #expect(try await lists("OS2mo", "2026").first?.prices.map(\.baseMinor) == [24_000_000])
    }

    /// What is paid once is not told of as if it came back every year.
    @Test func aJoiningFeeIsNoYearlyAmount() async throws {
        let place = try await CommandDatabase.shared.value
        let alone = try await place.command("rates", "show", "OS2mo", "--year", "2020")
        #expect(alone.output.contains("betales én gang") && alone.output.contains("Beløb er kroner ekskl. moms\n"), "\(alone.output)")
        for word in ["årlig", "helt år", "Faktureres", "passive"] { #expect(!alone.output.contains(word), "\(word)") }
        let english = try await place.command("rates", "show", "OS2mo", "--year", "2020", "--lang", "en").output
        #expect(english.contains("paid once") && !english.contains("year"), "\(english)")
        let both = try await place.command("rates", "show", "OS2valghalla", "--year", "2023").output
        #expect(both.contains("helt år") && both.contains("Tilslutningsafgiften er uden bidrag og betales én gang"), "\(both)")
        let running = try await place.command("rates", "show", "Eksempelprodukt A", "--year", "2027").output
        #expect(running.contains("helt år") && !running.contains("én gang"), "\(running)")
    }

    @Test func peopleReadItInTheirLanguage() async throws {
        let place = try await CommandDatabase.shared.value
        let danish = try await place.command("rates", "show", "OS2valghalla", "--year", "2023").output
        #expect(danish.contains("23.980,00    29.700,00") && danish.contains("meget stor") && danish.contains("medlemmer 9 %, andre 35 %"))
        let english = try await place.command("rates", "show", "Eksempelprodukt A", "--year", "2027", "--lang", "en").output
        #expect(english.contains("500,000.00 shared by inhabitants") && english.contains("half-yearly") && english.contains("13,080.00"))
        let csv = try await place.command("rates", "show", "OS2valghalla", "--year", "2023", "--format", "csv").output
        #expect(
            csv.contains(
                "\r\nOS2valghalla,2023,annualFee,Vederlag,veryLarge,,2023-01-01,2026-12-31,52000.00,56680.00,70200.00,EKS-SG-2023-1,"))
        #expect(try await place.command("rates", "list").output.contains("OS2valghalla       2023-01-01  2026-12-31  helårligt"))
    }

    /// An explanation names sheets and rows by their numbers, and whoever asks finds both here.
    @Test func sheetsAndRowsAreFoundByTheirNumbers() async throws {
        struct Numbered: Decodable {
            struct Line: Decodable { let row: Int64 }
            let rateSheet: Int64
            let prices: [Line]
        }
        let place = try await CommandDatabase.shared.value
        let list = try await place.command("rates", "show", "OS2mo", "--year", "2020", "--format", "json")
        let sheet = try list.decoded([Numbered].self).first.orThrow("no sheet")
        let shown = try await place.command("rates", "show", "OS2mo", "--year", "2020").output
        #expect(shown.contains("Takstblad \(sheet.rateSheet) fra ") && !sheet.prices.isEmpty)
        let rows = shown.split(separator: "\n").compactMap { Int64($0.split(separator: " ").first ?? "") }
        #expect(rows == sheet.prices.map(\.row))
        let listed = try await place.command("rates", "list").output.split(separator: "\n")
        #expect(listed.contains { $0.contains("OS2mo") && $0.split(separator: " ").first == "\(sheet.rateSheet)" })
    }

    @Test(
        arguments: [
            (["No product", "--year", "2023"], 65, "UNKNOWN_PRODUCT", "No product"),
            (["OS2valghalla", "--year", "2022"], 65, "UNKNOWN_RATE_SHEET", "2022"),
            (["supplier", "--year", "2027"], 65, "UNKNOWN_RATE_SHEET", "supplier"),
        ] as [([String], Int32, String, String)])
    func whatIsNotThereIsRefused(arguments: [String], status: Int32, code: String, names: String) async throws {
        let place = try await CommandDatabase.shared.value
        let result = try await place.command.run(["rates", "show"] + arguments + ["--lang", "en"])
        #expect(result.status == status && result.code == code && result.errors.contains(names), "\(result.errors)")
        #expect(try await place.command("rates", "show", "OS2valghalla", "--year", "1999").status == 64)
    }
}
