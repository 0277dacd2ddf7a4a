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
}
