import HTTPTypes
import Wording

/// What a caller would like: which kind of answer, and in which language.
enum Negotiation {
    /// The language of `Accept-Language`, Danish where it names neither of the two.
    static func language(_ headers: HTTPFields) -> Language {
        guard let header = headers[.acceptLanguage] else { return .danish }
        let ranges = Negotiation.ranges(header)
        let danish = quality(of: ["da", "*"], in: ranges)
        return quality(of: ["en", "*"], in: ranges) > danish ? .english : .danish
    }

    /// What to serve a list as; `format` says more than `Accept`.
    ///
    /// - Throws: ``RequestFault/notAcceptable`` where `Accept` names neither.
    static func representation(
        of form: OperationShape.Form, format: String?, accept: String?
    ) throws(RequestFault) -> OperationRequest.Representation {
        if form == .list, let format { return format == "csv" ? .csv : .json }
        // A file is what it is; whoever asks for it takes it.
        guard let accept, accept != "*/*", accept != Answer.json, form != .file else { return .json }
        let ranges = Negotiation.ranges(accept)
        let json = quality(of: ["application/json", "application/*", "*/*"], in: ranges)
        let csv = form == .list ? quality(of: ["text/csv", "text/*", "*/*"], in: ranges) : 0
        guard json > 0 || csv > 0 else { throw .notAcceptable }
        return csv > json ? .csv : .json
    }

    /// The names in a header and how much each is liked, in thousandths.
    private static func ranges(_ header: String) -> [(name: String, quality: Int)] {
        header.split(separator: ",").prefix(32).map { part in
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            let quality = pieces.dropFirst().first { $0.hasPrefix("q=") }.map { thousandths($0.dropFirst(2)) } ?? 1000
            return (pieces.first ?? "", quality)
        }
    }

    /// The liking of the first of some names, from the most exact to the most general, that is named. `da-DK` is Danish.
    private static func quality(of names: [String], in ranges: [(name: String, quality: Int)]) -> Int {
        for name in names {
            if let range = ranges.first(where: { $0.name == name || $0.name.hasPrefix("\(name)-") }) { return range.quality }
        }
        return 0
    }

    /// `0.8` is 800; what is no quality is none.
    private static func thousandths(_ text: Substring) -> Int {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap({ Int($0) }), (0...1).contains(whole) else { return 0 }
        guard whole == 0, parts.count == 2, parts[1].utf8.count <= 3, let digits = Int(parts[1]), digits >= 0 else { return whole * 1000 }
        return [0, 100, 10, 1][parts[1].utf8.count] * digits
    }
}
