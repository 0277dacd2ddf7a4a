/// Writes XML bytes, indented, with texts escaped. It writes no empty elements, because Peppol allows none.
struct XMLText {
    private(set) var bytes: [UInt8] = Array(#"<?xml version="1.0" encoding="UTF-8"?>"#.utf8) + [0x0A]
    private var depth = 0

    /// An element with a text; nothing when the text is absent or blank.
    mutating func element(_ name: String, _ text: String?, _ attributes: KeyValuePairs<String, String> = [:]) {
        guard let text, text.utf8.contains(where: { $0 > 0x20 }) else { return }
        open(name, attributes)
        append(escaping: text)
        append("</\(name)>\n")
    }

    /// An element with elements inside.
    mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: (inout XMLText) -> Void) {
        open(name, attributes)
        append("\n")
        depth += 1
        content(&self)
        depth -= 1
        indent()
        append("</\(name)>\n")
    }

    private mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String>) {
        indent()
        append("<\(name)")
        for (attribute, value) in attributes {
            append(" \(attribute)=\"")
            append(escaping: value)
            append("\"")
        }
        append(">")
    }

    private mutating func indent() { bytes.append(contentsOf: repeatElement(0x20, count: depth * 2)) }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func append(escaping text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": append("&amp;")
            case "<": append("&lt;")
            case ">": append("&gt;")
            case "\"": append("&quot;")
            // What XML 1.0 cannot hold at all is shown as replaced, never dropped in silence.
            case "\u{0}"..<"\u{9}", "\u{B}"..<"\u{D}", "\u{E}"..<"\u{20}", "\u{FFFE}", "\u{FFFF}": append("\u{FFFD}")
            default: append(String(scalar))
            }
        }
    }
}
