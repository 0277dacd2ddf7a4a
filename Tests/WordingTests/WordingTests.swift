import Domain
import Testing
import Wording

@Suite struct WordingTests {
    @Test(arguments: Rule.allCases)
    func everyRuleHasASentenceInBothLanguages(rule: Rule) {
        let refusal = Refusal(rule, "A", "B", "C")
        let (danish, english) = (refusal.sentence(in: .danish), refusal.sentence(in: .english))
        #expect(!danish.isEmpty && !english.isEmpty)
        #expect(danish != english)
        #expect(!danish.hasSuffix(".") && !english.hasSuffix("."))
    }

    @Test(arguments: Obstacle.allCases)
    func everyObstacleHasASentenceInBothLanguages(obstacle: Obstacle) {
        let (danish, english) = (obstacle.sentence(in: .danish), obstacle.sentence(in: .english))
        #expect(!obstacle.code.isEmpty && !danish.isEmpty && !english.isEmpty && danish != english)
    }

    @Test(arguments: ParkingReason.allCases)
    func everyParkingReasonHasASentence(reason: ParkingReason) {
        let parking = Parking(organisation: Identifier(1), reason: reason, key: nil)
        #expect(reason.sentence(for: parking, in: .danish) != reason.sentence(for: parking, in: .english))
    }

    @Test(arguments: SuccessionConflict.Kind.allCases)
    func everyConflictOfASuccessionHasASentence(kind: SuccessionConflict.Kind) {
        let conflict = SuccessionConflict(kind, ["A", "B", "C"])
        #expect(conflict.sentence(in: .danish) != conflict.sentence(in: .english))
    }

    @Test(arguments: GroupFinding.Kind.allCases)
    func everyFindingOfAGroupHasASentence(kind: GroupFinding.Kind) {
        for product in [nil, "P"] {
            let finding = GroupFinding(kind, groupName: "G", productName: product, facts: ["A", "B"], since: nil)
            let (danish, english) = (finding.sentence(in: .danish), finding.sentence(in: .english))
            #expect(!danish.isEmpty && danish != english && !danish.hasSuffix(".") && !english.hasSuffix("."))
        }
    }

    @Test func theRegistersWordsAreDanishInDanish() {
        // Some are the same word in both languages.
        let same: Set<String> = ["region", "support", "review"]
        let words =
            OrganisationKind.allCases.map { ($0.text(in: .danish), $0.text(in: .english)) }
            + ContactRole.allCases.map { ($0.text(in: .danish), $0.text(in: .english)) }
            + SupplierRole.allCases.map { ($0.text(in: .danish), $0.text(in: .english)) }
            + PledgeReduction.allCases.map { ($0.text(in: .danish), $0.text(in: .english)) }
            + ProjectStanding.State.allCases.map { ($0.text(in: .danish), $0.text(in: .english)) }
            + RunRecord.Kind.allCases.map { ($0.text(in: .danish), $0.text(in: .english)) }
            + AuditRecord.Change.allCases.map { ($0.text(in: .danish), $0.text(in: .english)) }
            + PreparedRun.State.allCases.map { ($0.text(in: .danish), $0.text(in: .english)) }
            + SuccessionConflict.Kind.allCases.map { ($0.text(in: .danish), $0.text(in: .english)) }
        for (danish, english) in words { #expect(!danish.isEmpty && (danish != english || same.contains(danish))) }
    }

    @Test func theAssociationIsDanishInDanishWhereverItIsNamed() {
        let conflict = SuccessionConflict(.ownIsEnding, ["7 Region Syd, association"])
        #expect(conflict.sentence(in: .danish).contains("7 Region Syd, forening") && conflict.about == ["7 Region Syd, association"])
        #expect(SuccessionConflict(.notEligible, ["supplier", "association"]).sentence(in: .danish).hasPrefix("supplier kan ikke"))
        #expect(Language.danish.subject(named: "OS2mo") == "OS2mo")
        #expect(Language.danish.subject(named: "supplier") != "supplier")
    }

    @Test func whoIsConcernedIsNamedAndTheRestCounted() {
        #expect(Language.danish.some(["A", "B"], of: 2) == "A, B")
        #expect(Language.english.some(["A", "B"], of: 5) == "A, B and 3 more")
    }

    @Test func aRefusalSaysWhatWouldDo() {
        #expect(
            Refusal(.numberInvalid, "20227", "2000", "9998").sentence(in: .english) == "\"20227\" is not a whole number from 2000 to 9998")
        #expect(Refusal(.vatRateUnfit, "E", "25").sentence(in: .english).hasPrefix("category E is exempt from VAT"))
        #expect(Refusal(.vatRateUnfit, "S", "0").sentence(in: .english).hasSuffix("exempt from VAT is category E"))
        #expect(Refusal(.tokenRoleUnfit, "memberContact", "").sentence(in: .english).hasSuffix("give --organisation"))
        #expect(!Refusal(.tokenRoleUnfit, "anonymous", "").sentence(in: .english).contains("--organisation"))
    }

    /// Codes and amounts in a refusal's facts are told in the language of the rest.
    @Test func aRefusalTellsStatesKindsAndAmountsInWords() {
        #expect(Refusal(.illegalMove, "notice", "draft").sentence(in: .danish).contains("»udkast«"))
        #expect(Refusal(.notEligible, "A", "supplier").sentence(in: .danish) == "A kan ikke indgå en sådan aftale (leverandør)")
        let other = Refusal(.liveAgreementExists, "A", "17", "noticeGiven", "2020-01-01–2027-12-31").sentence(in: .danish)
        #expect(other.hasSuffix("A, aftale 17 (opsagt, 2020-01-01–2027-12-31)"))
        let conflict = SuccessionConflict(.alreadySucceeded, ["A", "B", "2027-01-01"])
        #expect(SuccessionConflict(fact: conflict.fact) == conflict)
        #expect(
            Refusal(.successionConflict, conflict.fact).sentence(in: .english)
                == "the succession cannot be carried out: A has already been succeeded by B on 2027-01-01")
        let credit = Refusal(.creditExceedsInvoiced, "25000.01", "25000.00").sentence(in: .danish)
        #expect(credit == "25.000,01 kr. er mere end de 25.000,00 kr., der er tilbage at kreditere")
    }

    @Test(arguments: SettingName.allCases)
    func everySettingSaysWhatItTakes(name: SettingName) {
        let refusal = Refusal(.settingInvalid, name.rawValue, "x")
        for language in [Language.danish, .english] {
            #expect(refusal.sentence(in: language).hasSuffix("\(name.rawValue): \(name.values(in: language))"))
        }
        #expect(Refusal(.amountInvalid, "0.1234567", "6").sentence(in: .danish).contains("højst seks decimaler"))
    }

    @Test func whatACommandSaysOfItselfIsDanishToo() {
        #expect(Language.danish.nothingImported(problems: 2) == "2 fejl; intet er indlæst")
        #expect(Language.english.nothingImported(problems: 2) == "2 problem(s); nothing was imported")
        #expect(Language.danish.holding(invariants: 12, lines: 3) == "12 invarianter holder; 3 bogførte linjer er regnet efter")
        #expect(Refusal(.noFolder, "x").sentence(in: .danish) == "x er ikke en mappe")
    }

    @Test func kindsAndRolesHaveWords() {
        for kind in GroupKind.allCases { #expect(kind.text(in: .danish) != kind.text(in: .english)) }
        for role in SeatRole.allCases { #expect(role.text(in: .danish) != role.text(in: .english)) }
    }

    @Test(
        arguments: [
            (0, "0,00", "0.00"), (5, "0,05", "0.05"), (-5, "-0,05", "-0.05"), (100_000, "1.000,00", "1,000.00"),
            (2_500_000, "25.000,00", "25,000.00"), (-123_456_789, "-1.234.567,89", "-1,234,567.89"), (99_999, "999,99", "999.99"),
        ] as [(Int64, String, String)])
    func amountsReadAsPeopleWriteThem(minor: Int64, danish: String, english: String) {
        #expect(Money(minorUnits: minor).text(in: .danish) == danish)
        #expect(Money(minorUnits: minor).text(in: .english) == english)
    }

    @Test func daysAreNamed() {
        #expect(CivilDate("2027-07-01")?.text(in: .danish) == "1. juli 2027")
        #expect(CivilDate("2027-07-01")?.text(in: .english) == "1 July 2027")
    }

    @Test func taxIsToldWithItsRateItsBaseAndItsDecision() throws {
        let (standard, odd) = (try #require(VATRate(.standard, basisPoints: 2500)), try #require(VATRate(.standard, basisPoints: 1250)))
        let exempt = try #require(VATRate(.exempt, basisPoints: 0))
        let treatments = [
            VATTreatment(rate: standard, decision: "V"), VATTreatment(rate: exempt, decision: "E"),
            VATTreatment(rate: standard, decision: "S"),
            VATTreatment(rate: odd, decision: nil),
        ]
        let taxes = try [(exempt, "10.00", "0"), (odd, "10.00", "1.25"), (standard, "33.33", "8.34")]
            .map { TaxAmount(rate: $0, base: try Money(kroner: $1), tax: try Money(kroner: $2)) }
        let document = try Self.creditNote(treatments, taxes)
        #expect(
            document.taxes.map { document.explanation(of: $0, in: .danish) } == [
                "Linje 2: Fritaget for moms: 10,00 kr. (beslutning E).",
                "Linje 4: Moms 12,5 % af 10,00 kr. = 1,25 kr.",
                "Linje 1, 3: Moms 25 % af 33,33 kr. er 8,33 kr.; her 8,34 kr., så fakturaens kreditnotaer tilsammen giver dens moms (beslutning V, S).",
            ])
        let alone = try Self.creditNote(
            [treatments[0]], [TaxAmount(rate: standard, base: Money(kroner: "10.00"), tax: Money(kroner: "2.50"))])
        #expect(alone.taxes.map { alone.explanation(of: $0, in: .english) } == ["VAT 25 % of DKK 10.00 = DKK 2.50 (decision V)."])
    }

    /// With one line of 10.00 for each treatment; no sum is looked at.
    private static func creditNote(_ treatments: [VATTreatment], _ taxes: [TaxAmount]) throws -> PostedDocument {
        let year = try #require(BillingPeriod(year: 2027))
        let party = PrintedParty(name: "A", cvr: nil, gln: nil, address: PostalAddress(street: nil, postalCode: nil, city: nil))
        let derivation = LineDerivation(now: try Derivation(.nothing), postedBefore: .zero, before: nil)
        let lines = try treatments.enumerated().map { index, vat in
            PostedLine(
                line: Int32(index + 1), key: ChargeKey(organisation: Identifier(1), subject: .association, charge: .dues, period: year),
                revision: 1, covers: year.days, net: try Money(kroner: "10.00"), vat: vat, creditsLine: 1, derivation: derivation)
        }
        return PostedDocument(
            number: 1, run: 2, role: .creditNote(of: 1, issuedOn: year.firstDay), issuedOn: year.firstDay, organisation: Identifier(1),
            seller: party, creditorNumber: "80000000", buyer: party, buyerReference: "R", orderNumber: nil, accountString: nil,
            lines: lines,
            taxes: taxes, net: .zero, tax: .zero)
    }
}
