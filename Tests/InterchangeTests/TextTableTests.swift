import Interchange
import Testing

@Suite struct TextTableTests {
    @Test func columnsAreAlignedAndNoLineEndsInBlanks() {
        var table = TextTable([("navn", .leading), ("netto", .trailing), ("fordi", .leading)])
        table.row("Ærø Kommune", "1,00", "")
        // The ring may be a character of its own: people see one.
        table.row("A\u{30A}rhus", "25.000,00", "medlem")
        table.row("", "", "kun en grund")
        table.row("for", "kort")
        #expect(
            table.text == """
                navn             netto  fordi
                Ærø Kommune       1,00
                A\u{30A}rhus        25.000,00  medlem
                                        kun en grund
                for               kort

                """)
    }

    @Test func aTableOfNothingIsItsHeader() {
        #expect(TextTable([("a", .leading), ("b", .leading)]).text == "a  b\n")
        #expect(TextTable([("", .leading), ("", .trailing)]).text == "\n")
    }
}
