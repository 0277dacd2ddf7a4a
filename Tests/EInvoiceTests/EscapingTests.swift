import Foundation
import FoundationXML
import Testing

@Suite("Texts in an e-invoice")
struct EscapingTests {
    @Test(
        "come back from a reader as they went in",
        arguments: [
            #"<>&"'"#, "]]>", "<!-- -->", "&amp;", "<?xml?>", "Æ Ø Å é ü ß", "👩‍👩‍👧‍👦 🇩🇰", "e\u{301}", "\u{10FFFD}", "İıŞş", "a\u{A0}b",
            String(repeating: "<", count: 100_000),
        ])
    func roundTrip(_ text: String) throws {
        let texts = try Texts(Specimens.write(Specimens.invoice(saying: text), saying: text))
        let places = [
            "cbc:BuyerReference", "cbc:AccountingCost", "cac:OrderReference/cbc:ID", "cac:PartyName/cbc:Name",
            "cac:PostalAddress/cbc:StreetName",
            "cac:PostalAddress/cbc:CityName", "cac:PartyLegalEntity/cbc:RegistrationName", "cac:Contact/cbc:Name",
            "cac:Item/cbc:Description",
        ]
        // Scalars, because two spellings of é are one String to Swift.
        for place in places { #expect(texts.at(place).contains { $0.unicodeScalars.elementsEqual(text.unicodeScalars) }, "\(place)") }
    }

    @Test(
        "that XML cannot hold are shown as replaced",
        arguments: ["\u{0}", "\u{1}", "\u{8}", "\u{B}", "\u{C}", "\u{E}", "\u{1B}", "\u{1F}", "\u{FFFE}", "\u{FFFF}"])
    func replaced(_ scalar: String) throws {
        let texts = try Texts(Specimens.write(Specimens.invoice(saying: "a\(scalar)b")))
        #expect(texts.at("cbc:BuyerReference") == ["a\u{FFFD}b"])
    }

    @Test("leave no element empty", arguments: GoldenTests.all)
    func nothingEmpty(_ golden: GoldenTests.Golden) throws {
        let texts = try Texts(Specimens.write(golden.document()))
        #expect(texts.empty == [])
        #expect(texts.at("cbc:ID").isEmpty == false)
    }
}

/// What Foundation's parser finds in a file: texts by the name of their element and of the one round it.
private final class Texts: NSObject, XMLParserDelegate {
    private(set) var empty: [String] = []
    private var found: [(path: String, text: String)] = []
    private var open: [(name: String, text: String, hasElements: Bool)] = []

    init(_ xml: String) throws {
        super.init()
        let parser = XMLParser(data: Data(xml.utf8))
        parser.delegate = self
        guard parser.parse() else { throw parser.parserError ?? Refused(description: "not XML") }
    }

    /// The texts of every element at the end of this path.
    func at(_ path: String) -> [String] { found.filter { $0.path.hasSuffix("/" + path) }.map(\.text) }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?, attributes: [String: String] = [:]
    ) {
        if let last = open.indices.last { open[last].hasElements = true }
        open.append((name, "", false))
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        if let last = open.indices.last { open[last].text += text }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        guard let element = open.popLast(), !element.hasElements else { return }
        let path = "/" + (open.map(\.name) + [element.name]).joined(separator: "/")
        found.append((path, element.text))
        if element.text.allSatisfy(\.isWhitespace) { empty.append(path) }
    }
}
