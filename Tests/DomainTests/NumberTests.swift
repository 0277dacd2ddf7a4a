import Domain
import Testing

/// Check digits, by the vectors of DOMAIN §8 and EINVOICING §5.
@Suite struct NumberTests {
    @Test(arguments: [
        "41849983", "29189706", "29189692", "29188947", "10213231", "29188955", "40084525", "17143611", "53383211", "21788945", "13585628",
        "27355021", "30947460",
    ])
    func validCVRNumbers(text: String) { #expect(CVRNumber(text)?.description == text) }

    @Test(arguments: [
        "12345678", "41849984", "13585627", "27355020", "00000050", "11111111", "99999999", "16356706", "32081330", "4184998", "418499830",
        "DK41849983", "4184998３", "",
    ])
    func invalidCVRNumbers(text: String) { #expect(CVRNumber(text) == nil) }

    @Test(arguments: [
        "5790002750595", "5798000860575", "5798009883193", "5798000860223", "5798009814357", "5798000870130", "5798009811578",
        "5790000705689",
    ])
    func validGLNs(text: String) { #expect(GLN(text)?.description == text) }

    @Test(arguments: ["5798009811579", "5798000860574", "579800981157", "57980098115780", "", "579800981157X"])
    func invalidGLNs(text: String) { #expect(GLN(text) == nil) }

    @Test(
        arguments: [
            (1, "000000000000018"), (2, "000000000000026"), (19, "000000000000190"), (24, "000000000000240"), (1001, "000000000010017"),
            (1002, "000000000010025"), (20_270_001, "000000202700019"), (99_999_999_999_999, "999999999999994"),
            (12_345_678_901_234, "123456789012347"),
        ] as [(Int64, String)])
    func paymentReferencesOfInvoices(number: Int64, reference: String) {
        #expect(FIKReference(invoiceNumber: number)?.description == reference)
        #expect(FIKReference(reference)?.description == reference)
    }

    @Test(arguments: ["026840149965328", "000006535361999", "004040400000669"])
    func publishedPaymentReferences(text: String) { #expect(FIKReference(text) != nil) }

    @Test(arguments: ["026840149965327", "00000000000018", "0000000000000180", "00000000000001A", ""])
    func invalidPaymentReferences(text: String) { #expect(FIKReference(text) == nil) }

    @Test func numbersThatHaveNoReference() {
        for number in [0, -1, 100_000_000_000_000, .max, .min] as [Int64] { #expect(FIKReference(invoiceNumber: number) == nil) }
    }

    @Test(arguments: ["a@b.dk", "digitalisering@lyngby-taarbaek.example", "x.y+z@sub.domain.example"])
    func emailAddresses(text: String) { #expect(EmailAddress(text)?.description == text) }

    @Test(arguments: ["", "a", "a@b", "@b.dk", "a@", "a b@c.dk", "a@b@c.dk", "a@.dk", "a@b..dk", "a@-b.dk", "a@b.dk,c@d.dk", "a\u{0}@b.dk"])
    func notEmailAddresses(text: String) { #expect(EmailAddress(text) == nil) }
}
