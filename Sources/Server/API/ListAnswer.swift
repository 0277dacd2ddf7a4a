package import Domain
package import Interchange
package import Registry

extension Answer {
    /// A page of a list, as JSON or CSV, whatever was asked for.
    ///
    /// - Parameter page: what the register gave for ``OperationRequest/page``.
    package static func list<Row: CSVRow>(
        _ page: Page<Row>, for request: OperationRequest, _ write: (Row, inout CanonicalJSON) throws -> Void
    ) rethrows -> Answer {
        let next = page.next.map { Cursor(row: $0).text(of: request.shape.id) }
        switch request.representation {
        case .csv: return .page(Array(Row.csv(page.elements).utf8), mediaType: Answer.csv, next: next)
        case .json:
            var json = CanonicalJSON(reserving: 512 * (page.elements.count + 1))
            try json.object {
                $0.name("items")
                try $0.array { for row in page.elements { try write(row, &$0) } }
                $0.member("next", next)
            }
            return .page(json.bytes, mediaType: Answer.json, next: next)
        }
    }
}
