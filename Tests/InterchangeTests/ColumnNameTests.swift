import Domain
import Foundation
import Interchange
import Testing

/// What columns are called wherever rows are written as CSV.
@Suite struct ColumnNameTests {
    @Test(arguments: [
        ("signedOn", "signed_on"), ("organisationId", "organisation_id"), ("left incl. vat", "left_incl_vat"), ("VAT rules", "vat_rules"),
        ("pro-rata", "pro_rata"), ("sha256", "sha256"), ("2027", "2027"), ("municipality_code", "municipality_code"),
    ])
    func membersAndHeadingsBecomeColumns(name: String, column: String) {
        #expect(ColumnName.of(name) == column)
        #expect(ColumnName.of(column) == column)
    }

    /// The folder's own columns are what the rule gives, so that there is one.
    @Test func theImportFolderFollowsTheRule() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../fixtures/example")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".csv") }
        #expect(files.count > 10)
        for file in files {
            let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(file)))
            let header = try CSVReader.read(try SourceText(file: file, bytes: bytes)).header.map(\.value)
            #expect(header.allSatisfy { ColumnName.of($0) == $0 }, "\(file)")
        }
    }

    @Test func everyListHasDistinctColumnsOfTheRule() throws {
        let lists: [any CSVRow.Type] = [
            SearchHit.self, RateSheetEntry.self, AgreementRecord.self, AgreementPaper.self, ProductRecord.self, SupplierRoleRecord.self,
            SupplierEntry.self, DecisionRecord.self, AuditRecord.self, AccessEntry.self, ContactRecord.self, PersonRecord.self,
            OrganisationGroup.self, LookedUpAgreement.self, ProductContacts.self, MeetingEntry.self, PledgeRecord.self, GroupEntry.self,
            Seat.self,
            OrganisationRecord.self, InhabitantsRecord.self, InvoiceEntry.self, CreditNoteEntry.self, RunRecord.self,
        ]
        for list in lists {
            let header = list.header
            #expect(Set(header).count == header.count && header == list.csvHeader.map(ColumnName.of), "\(list)")
            for column in header { #expect(column.wholeMatch(of: /[a-z][a-z0-9]*(_[a-z0-9]+)*/) != nil, "\(list): \(column)") }
            // Who it is about is told the same way everywhere.
            if let index = header.firstIndex(of: "organisation_id"), index > 0 {
                #expect(header[index - 1] == "organisation" && header[index + 1] == "name", "\(list)")
            }
        }
    }
}

extension CSVRow {
    fileprivate static var header: [String] {
        csv([]).split(whereSeparator: \.isNewline).first.map { $0.split(separator: ",").map(String.init) } ?? []
    }
}
