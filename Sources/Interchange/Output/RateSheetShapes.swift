public import Domain

// The public shapes of rate sheets in a list and whole.

extension RateSheetEntry: CSVRow {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("rateSheet", id.value)
            $0.member("subject", subjectName)
            $0.member("productId", subject.product?.value)
            $0.term(term)
            $0.member("frequency", frequency.rawValue)
            $0.member("decision", decision)
        }
    }

    public static var csvHeader: [String] { ["rateSheet", "subject", "productId", "from", "to", "frequency", "decision"] }

    public var csvCells: [String] {
        [
            id.description, subjectName, cell(subject.product), term.first.description, cell(term.last), frequency.rawValue, decision,
        ]
    }
}

extension RateSheetRecord {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("rateSheet", sheet.id.value)
            $0.member("subject", subjectName)
            $0.member("productId", sheet.subject.product?.value)
            sheet.writeMembers(to: &$0)
            $0.name("rows")
            $0.array { for row in sheet.rows { $0.object { row.writeMembers(to: &$0) } } }
        }
    }
}
