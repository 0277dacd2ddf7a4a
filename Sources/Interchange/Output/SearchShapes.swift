public import Domain

// The public shape of what a search found.

extension SearchHit: CSVRow {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("kind", kind.rawValue)
            $0.member("id", id)
            $0.member("title", title)
            $0.member("path", path)
            $0.member("score", score)
        }
    }

    /// Where it can be asked for.
    public var path: String {
        let collection =
            switch kind {
            case .organisation: "organisations"
            case .person: "people"
            case .product: "products"
            case .group: "groups"
            }
        return "/api/v1/\(collection)/\(id)"
    }

    public static var csvHeader: [String] { ["kind", "id", "title", "path", "score"] }

    public var csvCells: [String] { [kind.rawValue, String(id), title, path, String(score)] }
}
