import Domain
import Foundation
import Interchange
import Testing

@Suite struct ImportFolderTests {
    /// The example's files with some replaced; nothing for those that are to be missing.
    private func read(_ changes: [String: String?]) throws -> ImportDraft {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("fixtures/example").path
        return try ImportFolder.read { (file) throws(ImportProblem) in
            if let change = changes[file] { return change.map { Array($0.utf8) } }
            return try FolderFiles.read(file, in: folder)
        }
    }

    @Test func theExampleReads() throws {
        let draft = try read([:])
        #expect(draft.organisations.count { $0.kind == .municipality } == 98)
        #expect(draft.organisations.count { $0.kind == .region } == 6)
        #expect(draft.agreements.count == 44)
        #expect(draft.products.count == 34)
        #expect(draft.supplierRoles.count == 4)
        #expect(draft.unreadable.isEmpty)
    }

    @Test func everyProblemOfEveryFileComesOutTogether() throws {
        let refused = #expect(throws: ImportRefused.self) {
            try read([
                "people.csv": nil,
                "decisions.csv": "reference,decided_by,decided_on,title\nD1,board,2026-02-29,T\nD2,nobody,2026-01-01,T\n",
                "rates.yaml": """
                dues:
                  - year: 2027
                    amount: -1
                    decision: D1
                  - year: 2028
                    amount: 1.005
                    decision: D1
                vat: []
                """,
            ])
        }
        let found = try #require(refused).problems.map { "\($0.location) \($0.refusal.rule.rawValue)" }
        #expect(
            found == [
                "decisions.csv:2:10 DATE_INVALID", "decisions.csv:3:4 VALUE_UNKNOWN", "people.csv:1:1 FILE_MISSING",
                "rates.yaml:3:13 AMOUNT_INVALID", "rates.yaml:6:13 AMOUNT_INVALID",
            ])
    }

    @Test func anAgreementsRowCanSayNothingTheVerbsWouldRefuse() throws {
        let header = """
            id,organisation,subject,sent_on,signed_on,signed_by,signer_title,countersigned_on,countersigned_by,countersigner_title,first_day,\
            notice_received_on,last_day,end_reason,decision,void

            """
        let rows = [
            "a,0101,association,,2026-01-10,S,D,2026-01-09,C,F,,,,,,": Rule.signedOutOfOrder,
            "b,0101,association,,,,,2026-01-09,C,F,,,,,,": .illegalMove,
            "c,0101,association,,2026-01-10,S,D,2026-01-20,C,F,2026-02-01,2026-01-31,,,,": .endBeforeStart,
            "d,0101,association,,2026-01-10,S,D,,,,,,,succeeded,,": .valueUnknown,
            "f,0101,OS2mo,,2026-01-10,S,D,2026-01-20,C,F,2026-02-01,2026-01-31,,,,": .noticeBeforeStart,
            "g,0101,OS2mo,,2026-01-10,S,D,2026-01-20,C,F,2026-02-01,,2026-12-31,,,": .valueMissing,
            "e,0101,association,,2026-01-10,,D,,,,,,,,,": .valueMissing,
        ]
        for (row, rule) in rows {
            let refused = #expect(throws: ImportRefused.self) { try read(["agreements.csv": header + row + "\n"]) }
            #expect(refused?.problems.map(\.refusal.rule) == [rule], "\(row)")
        }
    }

    /// Folders written before there were products lack their files and columns.
    @Test func whatAnOldFolderLacksIsBlank() throws {
        let header = """
            id,organisation,subject,sent_on,signed_on,signed_by,signer_title,countersigned_on,countersigned_by,countersigner_title,first_day,\
            notice_received_on,last_day,end_reason,decision,void

            """
        let row = "a,0101,association,,2026-01-10,S,D,2026-01-20,C,F,2026-02-01,,,,,\n"
        let draft = try read(["products.csv": nil, "supplier_roles.csv": nil, "agreements.csv": header + row])
        #expect(draft.products.isEmpty && draft.supplierRoles.isEmpty)
        #expect(draft.agreements.map(\.terms) == [AgreementTermsDraft()])
    }

    @Test func aRowStatesFormAndNotice() throws {
        let draft = try read([:])
        let passive = try #require(draft.agreements.first { $0.id == "example-favrskov-mo" })
        #expect(passive.subject.value == "OS2mo" && passive.subject.location.description == "agreements.csv:37:30")
        #expect(passive.terms == AgreementTermsDraft(form: .passive, activeFrom: CivilDate("2028-01-01")))
        let held = try #require(draft.agreements.first { $0.id == "example-lolland-a" })
        #expect(held.terms == AgreementTermsDraft(noticeMonths: 3, noticeTo: .halfYear, minimumLastDay: CivilDate("2028-12-31")))
        let noticed = try #require(draft.agreements.first { $0.id == "example-faxe-b" })
        #expect(noticed.life.term?.last == CivilDate("2026-12-31") && noticed.lastDay == nil)
    }

    @Test(arguments: [
        ("Eksempelprodukt A,", "association,", "products.csv:34:1 PRODUCT_NAME_RESERVED"),
        ("Eksempelprodukt A,", "Product:7,", "products.csv:34:1 PRODUCT_NAME_RESERVED"),
        ("Eksempelprodukt A,", " ,", "products.csv:34:1 VALUE_MISSING"),
        (",1,koord", ",N1,koord", "products.csv:35:31 NUMBER_INVALID"),
    ])
    func aBadProductIsRefusedAtItsCell(old: String, new: String, problem: String) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../fixtures/example")
        let text = try String(contentsOf: folder.appendingPathComponent("products.csv"), encoding: .utf8)
        let refused = #expect(throws: ImportRefused.self) {
            try read(["products.csv": text.replacingOccurrences(of: old, with: new)])
        }
        #expect(refused?.problems.map { "\($0.location) \($0.refusal.rule.rawValue)" } == [problem])
    }

    @Test func theExamplesProductsAreTheReferenceData() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let bytes = try #require(try FolderFiles.read("products.csv", in: root.appendingPathComponent("fixtures/reference").path))
        let table = try CSVReader.read(try SourceText(file: "products.csv", bytes: bytes))
        #expect(table.header.map(\.value) == ["product", "account", "repo_org", "level"])
        let reference = Set(table.rows.map { $0.map(\.value) })
        for product in try read([:]).products where !product.name.description.hasPrefix("Eksempel") {
            let facts = [
                product.name.description, product.account ?? "", product.repository ?? "", product.level?.description ?? "",
            ]
            #expect(reference.contains(facts), "\(facts)")
        }
    }

    @Test func theExamplesOrganisationsAreTheReferenceData() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let reference = root.appendingPathComponent("fixtures/reference").path
        let bytes = try #require(try FolderFiles.read("municipalities.csv", in: reference))
        let table = try CSVReader.read(try SourceText(file: "municipalities.csv", bytes: bytes))
        let names = table.header.map(\.value)
        let column = { (name: String) in try #require(names.firstIndex(of: name)) }
        let (code, name, cvr) = (try column("municipality_code"), try column("full_name"), try column("cvr"))
        let draft = try read([:])
        for row in table.rows {
            let municipality = try #require(draft.organisations.first { $0.municipalityCode == row[code].value })
            #expect(municipality.name == row[name].value)
            #expect(municipality.cvr?.description == row[cvr].value)
        }
        #expect(table.rows.count == 98)
    }
}
