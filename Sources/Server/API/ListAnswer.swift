package import Domain
package import Interchange
package import Registry

/// A column of a list as CSV: its heading and how a row fills it.
package struct Column<Row>: Sendable {
    package let heading: String
    package let cell: @Sendable (Row) -> String?

    package init(_ heading: String, _ cell: @escaping @Sendable (Row) -> String?) {
        self.heading = heading
        self.cell = cell
    }
}

extension Answer {
    /// A page of a list, as JSON or CSV, whatever was asked for.
    ///
    /// - Parameter rows: what the register gave for ``OperationRequest/fetch`` rows after ``OperationRequest/after``: one more than the page holds when
    ///   another page follows.
    /// - Parameter id: the number the list is ordered by, and by which ``OperationRequest/after`` names a row.
    package static func list<Row>(
        _ rows: [Row], for request: OperationRequest, by id: (Row) -> Int64, columns: [Column<Row>],
        _ write: (Row, inout CanonicalJSON) throws -> Void
    ) rethrows -> Answer {
        let page = rows.prefix(request.limit)
        let next = rows.count > page.count ? page.last.map { Cursor(row: id($0)).text(of: request.shape.id) } : nil
        switch request.representation {
        case .csv:
            var writer = CSVWriter(header: columns.map(\.heading))
            for row in page { writer.row(columns.map { $0.cell(row) ?? "" }) }
            return .page(Array(writer.text.utf8), mediaType: Answer.csv, next: next)
        case .json:
            var json = CanonicalJSON(reserving: 256 * (page.count + 1))
            try json.object {
                $0.name("items")
                try $0.array { for row in page { try write(row, &$0) } }
                $0.member("next", next)
            }
            return .page(json.bytes, mediaType: Answer.json, next: next)
        }
    }
}

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
