import Domain
import Interchange
import Testing
import Wording

/// The sheets of `rates.yaml`: every price model is read, and everything that is wrong is refused at its line.
@Suite struct RateSheetTests {
    private static let good = """
        dues: []
        vat: []
        sheets:
          - product: P
            from: 2023-01-01
            until: 2026-12-31
            frequency: yearly
            pro-rata: days
            passive: 1/3
            late-changes: settle
            contribution: yes
            bounds: { small: 25000, medium: 60000, large: 120000 }
            vat: { category: S, percent: 25 }
            decision: D
            rows:
              - { component: Class, charge: annualFee, per-class: { small: 22000, very-large: 52000.50 } }
              - { component: Flat, charge: annualFee, from: 2023-10-01, until: 2024-03-31, amount: 36000, decision: E }
              - { component: Each, charge: annualFee, per-inhabitant: { amount: 1.25, floor: 5000, cap: 50000 } }
              - { component: Steps, charge: annualFee, step-down: [ { from: 1, amount: 30000 }, { from: 10, amount: 25000 } ] }
              - { component: Tenth, charge: annualFee, fraction: { of: Class, share: 1/10 } }
              - { component: Equal, charge: sharedCost, shared: { total: 500000, by: equal } }
              - { component: Weighed, charge: sharedCost, shared: { total: 1, by: class, weights: { small: 1, medium: 2 } } }
              - { component: Given, charge: sharedCost, shared: { total: 1, by: given, weights: [ { organisation: 0151, weight: 3 } ] } }
              - { component: Join, charge: joiningFee, from: 2019-01-01, until: 2020-02-01, amount: 60000 }
              - { component: Gone, charge: annualFee, from: 2023-01-01, void: yes }

        """

    private func read(_ yaml: String) throws -> (sheets: [RateSheetDraft], problems: [ImportProblem]) {
        let empty = [
            "decisions.csv": "reference,decided_by,decided_on,title\n", "inhabitants.csv": "organisation,counted_on,inhabitants,source\n",
            "people.csv": "name,email,phone\n", "contacts.csv": "organisation,email,role,from,until\n",
            "association.yaml": "settings: []\n",
        ]
        let (draft, problems) = ImportFolder.readAll { (file) throws(ImportProblem) in
            (file == "rates.yaml" ? yaml : empty[file]).map { Array($0.utf8) }
        }
        return (draft.rateSheets, problems.filter { $0.location.file == "rates.yaml" || $0.location.file == "placements.csv" })
    }

    @Test func everyModelIsRead() throws {
        let (sheets, problems) = try read(Self.good)
        #expect(problems == [])
        let sheet = try #require(sheets.first)
        #expect(sheet.frequency == .yearly && sheet.proRata == .days && sheet.lateChanges == .settle && sheet.carriesContribution)
        #expect(sheet.passive == Ratio(1, over: 3) && sheet.bounds?.small == 25_000 && sheet.vat?.basisPoints == 2500)
        let stated: [String: PriceModel] = sheet.rows.reduce(into: [:]) { found, row in
            if case .stated(let model)? = row.price { found[row.component] = model }
        }
        let money = { (kroner: Int64) in Money(minorUnits: kroner * 100) }
        #expect(
            stated["Class"] == .perClass(ClassTable(small: money(22_000), medium: nil, large: nil, veryLarge: Money(minorUnits: 5_200_050)))
        )
        #expect(stated["Flat"] == .amount(money(36_000)))
        #expect(stated["Each"] == .perInhabitant(try #require(DecimalFigure("1.25")), floor: money(5000), cap: money(50_000)))
        #expect(stated["Steps"] == .stepDown([PriceStep(from: 1, amount: money(30_000)), PriceStep(from: 10, amount: money(25_000))]))
        #expect(stated["Tenth"] == .fraction(try #require(Ratio(1, over: 10)), of: "Class"))
        #expect(stated["Equal"] == .shared(money(500_000), by: .equal))
        #expect(stated["Weighed"] == .shared(money(1), by: .sizeClass(ClassTable(small: 1, medium: 2, large: nil, veryLarge: nil))))
        guard case .sharedByGiven(_, let given)? = sheet.rows.first(where: { $0.component == "Given" })?.price else {
            Issue.record("no given weights")
            return
        }
        #expect(given.map(\.organisation.value) == ["0151"] && given.map(\.weight) == [3])
        #expect(sheet.rows.map(\.decision.value).filter { $0 == "E" }.count == 1)
        #expect(sheet.rows.last?.isVoid == true)
        #expect(sheet.rows.first { $0.component == "Class" }?.term == sheet.term)
    }

    @Test func sheetsAndPlacementsMayBeLeftOut() throws {
        let (sheets, problems) = try read("dues: []\nvat: []\n")
        #expect(sheets.isEmpty && problems == [])
    }

    /// A change of the good sheet, and the place and rule of what is refused.
    private static let faults: [(String, String, String)] = [
        ("until: 2026-12-31", "until: 2022-12-31", "6:12 END_BEFORE_START"),
        ("until: 2026-12-31", "until: 2026-06-30", "6:12 RATE_PERIOD_NOT_WHOLE"),
        ("from: 2023-01-01\n", "from: 2023-07-01\n", "5:11 RATE_PERIOD_NOT_WHOLE"),
        ("from: 2023-01-01\n", "from: 1023-01-01\n", "5:11 RATE_PERIOD_NOT_WHOLE"),
        ("frequency: yearly", "frequency: monthly", "7:16 VALUE_UNKNOWN"),
        ("    pro-rata: days\n", "", "4:5 VALUE_MISSING"),
        ("passive: 1/3", "passive: 4/3", "9:14 FRACTION_INVALID"),
        ("passive: 1/3", "passive: 1/0", "9:14 FRACTION_INVALID"),
        ("passive: 1/3", "passive: 33 %", "9:14 FRACTION_INVALID"),
        ("passive: 1/3", "passive: 0.5", "9:14 FRACTION_INVALID"),
        ("    late-changes: settle\n", "", "20:9 LATE_CHANGES_MISSING"),
        ("contribution: yes", "contribution: true", "11:19 VALUE_UNKNOWN"),
        ("medium: 60000", "medium: 25000", "12:13 OVERLAPPING_BRACKETS"),
        ("large: 120000 }", "large: 50000 }", "12:13 OVERLAPPING_BRACKETS"),
        ("percent: 25", "percent: 101", "13:34 PERCENTAGE_INVALID"),
        ("product: P", "supplier: no", "4:5 VALUE_MISSING"),
        ("product: P", "product: P\n    supplier: yes", "5:15 FIELDS_EXCLUSIVE"),
        ("small: 22000", "small: -22000", "16:68 AMOUNT_INVALID"),
        ("small: 22000", "tiny: 22000", "16:61 COLUMN_UNKNOWN"),
        ("charge: annualFee, from: 2023-10-01", "charge: annualFee, from: 2022-10-01", "17:53 RATE_ROW_OUTSIDE_SHEET"),
        ("until: 2024-03-31", "until: 2027-03-31", "17:72 RATE_ROW_OUTSIDE_SHEET"),
        ("component: Flat", "component: Class", "17:9 OVERLAPPING_RATE_ROW"),
        (
            "component: Gone, charge: annualFee, from: 2023-01-01, void: yes",
            "component: Flat, charge: annualFee, from: 2024-04-01, per-class: { small: 1 }", "25:9 PRICE_MODEL_CHANGES_INSIDE"
        ),
        ("amount: 36000", "amount: 36000, per-class: { small: 1 }", "17:110 FIELDS_EXCLUSIVE"),
        ("amount: 36000, ", "", "17:9 VALUE_MISSING"),
        ("amount: 1.25", "amount: -1.25", "18:73 AMOUNT_INVALID"),
        ("cap: 50000", "cap: 4999", "18:97 FLOOR_ABOVE_CAP"),
        ("{ from: 1, amount: 30000 }", "{ from: 1, amount: 30000,50 }", "19:80 AMOUNT_INVALID"),
        ("amount: 36000, ", "amuont: 36000, ", "17:84 COLUMN_UNKNOWN"),
        ("{ from: 1, amount: 30000 }", "{ from: 2, amount: 30000 }", "19:69 STEPS_INVALID"),
        ("from: 10,", "from: 1,", "19:97 STEPS_INVALID"),
        ("of: Class", "of: Nothing", "20:9 UNKNOWN_COMPONENT"),
        ("of: Class", "of: Tenth", "20:9 FRACTION_OF_FRACTION"),
        ("share: 1/10", "share: 11/10", "20:78 FRACTION_INVALID"),
        ("by: equal", "by: chance", "21:78 VALUE_UNKNOWN"),
        ("by: equal", "by: equal, weights: { small: 1 }", "21:94 FIELDS_EXCLUSIVE"),
        ("component: Equal, charge: sharedCost", "component: Equal, charge: annualFee", "21:37 PRICE_UNFIT"),
        ("component: Flat, charge: annualFee", "component: Flat, charge: sharedCost", "17:36 PRICE_UNFIT"),
        ("component: Flat, charge: annualFee", "component: Flat, charge: supplierFee", "17:36 PRICE_UNFIT"),
        ("component: Flat, charge: annualFee", "component: Flat, charge: dues", "17:36 VALUE_UNKNOWN"),
        ("until: 2020-02-01, amount: 60000", "until: 2020-02-01, step-down: [ { from: 1, amount: 1 } ]", "24:36 PRICE_UNFIT"),
        ("small: 1, medium: 2", "small: 0, medium: 0", "22:91 WEIGHTS_ALL_ZERO"),
        ("small: 1, medium: 2", "small: 1000001, medium: 2", "22:100 NUMBER_INVALID"),
        ("weight: 3", "weight: 0", "23:89 WEIGHTS_ALL_ZERO"),
        ("void: yes", "void: maybe", "25:71 VALUE_UNKNOWN"),
    ]

    @Test(arguments: faults.indices)
    func whatIsWrongIsRefusedAtItsLine(index: Int) throws {
        let (old, new, expected) = Self.faults[index]
        let parts = Self.good.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2, "\(old) is not there")
        let (_, problems) = try read(parts.joined(separator: new))
        let found = problems.map { "\($0.location.line):\($0.location.column) \($0.refusal.rule.rawValue)" }
        #expect(found == [expected], "\(new)")
    }

    /// What the sentences point a person to.
    @Test(arguments: [
        ("passive: 1/3", "passive: 0.5", "1/2"), ("cap: 50000", "cap: 4999", "floor DKK 5,000.00 is above the cap DKK 4,999.00"),
        ("{ from: 1, amount: 30000 }", "{ from: 1, amount: 30000,50 }", "\"30000,50\" is not an amount in kroner"),
        ("amount: 36000, ", "", "per-class"),
    ])
    func theRefusalSaysWhatIsWanted(old: String, new: String, hint: String) throws {
        let parts = Self.good.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
        let problem = try #require(try read(parts.joined(separator: new)).problems.first)
        #expect(problem.refusal.sentence(in: .english).contains(hint))
    }

    @Test func halvesBeginInJuly() throws {
        let halves = Self.good.split(separator: "frequency: yearly").joined(separator: "frequency: halfYearly")
        let (sheets, problems) = try read(halves.split(separator: "until: 2026-12-31").joined(separator: "until: 2026-06-30"))
        #expect(problems == [] && sheets.first?.term.last == CivilDate("2026-06-30"))
    }
}
