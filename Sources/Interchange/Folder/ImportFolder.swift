public import Domain

/// The import format: some files in one folder. All but the optional ones must be there; one with nothing to say holds its header, or an empty list.
public enum ImportFolder {
    /// Every file of the format, those that may be left out among them.
    public static var files: [String] { FolderTable.all.map(\.file) + FolderDocument.all }

    /// Reads a folder's files into a draft.
    ///
    /// - Parameter content: a file's bytes by its name; nothing when there is no such file.
    /// - Throws: ``ImportRefused`` with every problem in every file.
    public static func read(_ content: (String) throws(ImportProblem) -> [UInt8]?) throws(ImportRefused) -> ImportDraft {
        let (draft, problems) = readAll(content)
        guard problems.isEmpty else { throw ImportRefused(problems) }
        return draft
    }

    /// What could be read, and everything that could not: so that the rest can still be checked against the register.
    public static func readAll(_ content: (String) throws(ImportProblem) -> [UInt8]?) -> (draft: ImportDraft, problems: [ImportProblem]) {
        var draft = ImportDraft()
        var problems: [ImportProblem] = []
        for file in files {
            let table = FolderTable.all.first { $0.file == file }
            do throws(ImportProblem) {
                guard let bytes = try content(file) else {
                    if table?.isOptional == true { continue }
                    throw ImportProblem(at: SourceLocation(file: file, line: 1, column: 1), Refusal(.fileMissing))
                }
                let source = try SourceText(file: file, bytes: bytes)
                if let table {
                    problems += read(table, source, into: &draft)
                } else if file == "rates.yaml" {
                    problems += FolderDocument.readRates(source, into: &draft)
                } else {
                    problems += FolderDocument.readAssociation(source, into: &draft)
                }
            } catch {
                problems.append(error)
            }
        }
        return (draft, problems)
    }

    private static func read(_ table: FolderTable, _ source: SourceText, into draft: inout ImportDraft) -> [ImportProblem] {
        let csv: CSVTable
        do {
            csv = try CSVReader.read(source)
        } catch {
            return error.problems
        }
        var problems: [ImportProblem] = []
        let names = csv.header.map(\.value)
        for cell in csv.header where !table.columns.contains(cell.value) {
            problems.append(ImportProblem(at: cell.location, Refusal(.columnUnknown, cell.value, table.columns.joined(separator: ", "))))
        }
        for column in table.columns where !names.contains(column) && !table.optionalColumns.contains(column) {
            let place = csv.header.first?.location ?? csv.end
            problems.append(ImportProblem(at: place, Refusal(.columnMissing, column)))
        }
        guard problems.isEmpty else { return problems }
        for cells in csv.rows {
            guard let first = cells.first else { continue }
            var row = RowReader(cells, header: csv.header, location: first.location)
            table.read(&row, &draft)
            problems += row.problems
            if !row.problems.isEmpty {
                draft.unreadable.formUnion(table.identity.compactMap { row.cell($0)?.value.trimmed }.filter { !$0.isEmpty })
            }
        }
        return problems
    }
}
