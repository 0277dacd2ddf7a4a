import Domain
import Foundation
import Interchange
import Postgres
import Registry
import Testing

/// Products, suppliers' roles and agreements on products from a folder, on top of what is recorded.
@Suite struct ProductImportTests {
    private static let header = """
        id,organisation,subject,sent_on,signed_on,signed_by,signer_title,countersigned_on,countersigned_by,countersigner_title,first_day,\
        notice_received_on,last_day,end_reason,decision,void,form,active_from,notice_months,notice_to,minimum_last_day

        """

    /// A folder of a few files; the others hold their header only.
    private static func store(_ files: [String: String], in books: Books, on today: String = "2027-01-10") async throws -> ImportSummary {
        let empty = [
            "association.yaml": "settings: []\n", "rates.yaml": "dues: []\nvat: []\n",
            "decisions.csv": "reference,decided_by,decided_on,title\n",
            "organisations.csv": """
            id,kind,name,cvr,municipality_code,region_code,street,postal_code,city,glns,billing_gln,billing_reference,order_number,account_string
            town,municipality,Town,,,,,,,,,,,
            firm,supplier,Firm,,,,,,,,,,,

            """,
            "inhabitants.csv": "organisation,counted_on,inhabitants,source\n", "people.csv": "name,email,phone\nC,c@p.example,\n",
            "contacts.csv": "organisation,email,role,from,until\n", "agreements.csv": header,
        ]
        let (draft, problems) = ImportFolder.readAll { (file) throws(ImportProblem) in (files[file] ?? empty[file]).map { Array($0.utf8) } }
        return try await ImportStore.store(draft, found: problems, in: try await books.work(on: today, "import"))
    }

    private static func row(_ id: String, notice: String = "", last: String = "", void: String = "", terms: String = ",,,,") -> String {
        "\(id),town,Product,2025-11-01,2025-11-01,S,T,2025-12-01,C,T,2026-01-01,\(notice),\(last),,,\(void),\(terms)\n"
    }

    private static let products = "name,account,repository,level,coordinator\nProduct,ACC,,2,c@p.example\n"

    @Test func aBlankCellErasesNothing() async throws {
        try await Books.play { books in
            let first = try await Self.store(["products.csv": Self.products], in: books)
            #expect(first.counts[.products] == .init(added: 1))
            let product = try await Products.find("PRODUCT", in: try await books.work())
            #expect(product.account == "ACC" && product.level == .two && product.coordinator?.email == "c@p.example")
            let blank = try await Self.store(["products.csv": "name,account,repository,level,coordinator\nProduct,,,,\n"], in: books)
            #expect(blank.isUnchanged)
            let more = try await Self.store(
                ["products.csv": "name,account,repository,level,coordinator\nProduct,,https://code.example,,\n"], in: books)
            #expect(more.counts[.products] == .init(changed: 1))
            let changed = try await Products.find("Product", in: try await books.work())
            #expect(changed.account == "ACC" && changed.repository == "https://code.example")
            _ = try await books.run()
        }
    }

    /// A folder is held to the calendar like the verbs: what it says of tomorrow is refused at its row, but for the first day in force.
    @Test func aFolderSaysNothingOfWhatHasNotHappened() async throws {
        try await Books.play { books in
            let faults = [
                ("2027-01-11,,,,,,", "sending"), ("2027-01-10,2027-01-11,S,T,,,", "signature"),
                ("2027-01-10,2027-01-10,S,T,2027-01-11,C,T", "countersignature"),
            ]
            for (cells, fact) in faults {
                let row = "a,town,Product,\(cells),,,,,,,,,,,\n"
                let refused = try await #require(throws: ImportRefused.self) {
                    _ = try await books.transaction.savepoint { _ in
                        try await Self.store(["products.csv": Self.products, "agreements.csv": Self.header + row], in: books)
                    }
                }
                #expect(refused.problems.map(\.location.description) == ["agreements.csv:2:1"])
                #expect(refused.problems.map(\.refusal) == [Refusal(.dayInFuture, fact, "2027-01-11", "2027-01-10")])
            }
            let signed = "a,town,Product,2027-01-10,2027-01-10,S,T,2027-01-10,C,T,2027-07-01,,,,,,,,,,\n"
            let files = ["products.csv": Self.products, "agreements.csv": Self.header + signed]
            #expect(try await Self.store(files, in: books).counts[.agreements] == .init(added: 1))
            // What is recorded already is not looked at again, whatever day it is.
            #expect(try await Self.store(files, in: books, on: "2026-12-01").isUnchanged)
            _ = try await books.run()
        }
    }

    @Test func theLastDayFollowsFromTheNotice() async throws {
        try await Books.play { books in
            let row = Self.row("a", notice: "2027-01-05", terms: ",,3,halfYear,2028-01-01")
            let files = ["products.csv": Self.products, "agreements.csv": Self.header + row]
            #expect(try await Self.store(files, in: books).counts[.agreements] == .init(added: 1))
            let record = try await Agreements.list(
                on: try await Products.subject(named: "Product", in: try await books.work()), in: try await books.work())
            #expect(record.map(\.life.term?.last) == [try day("2028-06-30")])
            #expect(try await Self.store(files, in: books).isUnchanged)
            // A row that knows the last day but not the terms is measured by those recorded.
            let stated = Self.row("a", notice: "2027-01-05", last: "2028-06-30")
            #expect(try await Self.store(["agreements.csv": Self.header + stated], in: books).isUnchanged)
            let wrong = Self.row("a", notice: "2027-01-05", last: "2027-12-31")
            await #expect(
                throws: ImportRefused([
                    ImportProblem(
                        at: SourceLocation(file: "agreements.csv", line: 2, column: 79),
                        Refusal(.lastDayMismatch, "2027-12-31", "2028-06-30"))
                ])
            ) {
                try await books.transaction.savepoint { _ in try await Self.store(["agreements.csv": Self.header + wrong], in: books) }
            }
            _ = try await books.run()
        }
    }

    @Test func rule17AnotherDayInTheRowMovesTheChangeOfForm() async throws {
        try await Books.play { books in
            let files = ["products.csv": Self.products, "agreements.csv": Self.header + Self.row("a", terms: "passive,2028-01-01,,,")]
            _ = try await Self.store(files, in: books)
            func forms() async throws -> FormHistory? {
                let work = try await books.work()
                return try await Agreements.list(on: try await Products.subject(named: "Product", in: work), in: work).first?.terms.forms
            }
            #expect(try await forms() == FormHistory(.passive, changes: [.init(from: try day("2028-01-01"), form: .active)]))
            let moved = Self.row("a", terms: "passive,2027-07-01,,,")
            #expect(try await Self.store(["agreements.csv": Self.header + moved], in: books).counts[.agreements] == .init(changed: 1))
            #expect(try await forms() == FormHistory(.passive, changes: [.init(from: try day("2027-07-01"), form: .active)]))
            // A row without form or notice takes nothing back.
            #expect(try await Self.store(["agreements.csv": Self.header + Self.row("a")], in: books).isUnchanged)
            #expect(
                try await Self.store(["agreements.csv": Self.header + Self.row("a", void: "yes")], in: books).counts[.agreements]?.changed
                    == 1)
            _ = try await books.run()
        }
    }

    @Test func anAgreementStaysOnItsSubject() async throws {
        try await Books.play { books in
            let other = Self.products + "Other,,,,\n"
            _ = try await Self.store(["products.csv": other, "agreements.csv": Self.header + Self.row("a")], in: books)
            for (old, new, column) in [("Product", "Other", 8), ("town", "41849983", 3)] {
                let moved = Self.header + Self.row("a").replacingOccurrences(of: ",\(old),", with: ",\(new),")
                do {
                    try await books.transaction.savepoint { _ in _ = try await Self.store(["agreements.csv": moved], in: books) }
                    Issue.record("it was stored")
                } catch let refused as ImportRefused {
                    #expect(refused.problems.map { "\($0.location) \($0.refusal.rule)" } == ["agreements.csv:2:\(column) nameMismatch"])
                }
            }
            _ = try await books.run()
        }
    }

    @Test func aRoleEndsByItsLastDay() async throws {
        try await Books.play { books in
            let header = "organisation,product,role,from,until\n"
            var files = ["products.csv": Self.products, "supplier_roles.csv": header + "firm,Product,support,2026-01-01,\n"]
            #expect(try await Self.store(files, in: books).counts[.supplierRoles] == .init(added: 1))
            #expect(try await Self.store(files, in: books).isUnchanged)
            files["supplier_roles.csv"] = header + "firm,product,support,2026-01-01,2026-12-31\n"
            #expect(try await Self.store(files, in: books).counts[.supplierRoles] == .init(changed: 1))
            let roles = try await SupplierRoles.list(in: try await books.work())
            #expect(roles.map(\.term.last) == [try day("2026-12-31")] && roles.map(\.productName) == ["Product"])
            _ = try await books.run()
        }
    }

    @Test func whatARowMeansIsPointedAt() async throws {
        try await Books.play { books in
            let files = [
                "products.csv": "name,account,repository,level,coordinator\nBroken,,,9,\nProduct,,,,nobody@p.example\n",
                // The first means a product that could not be read, which is reported already.
                "supplier_roles.csv":
                    "organisation,product,role,from,until\nfirm,Broken,support,2026-01-01,\nfirm,Other,support,2026-01-01,\n",
                "agreements.csv": Self.header + Self.row("a"),
            ]
            do {
                try await books.transaction.savepoint { _ in _ = try await Self.store(files, in: books) }
                Issue.record("it was stored")
            } catch let refused as ImportRefused {
                #expect(
                    refused.problems.map { "\($0.location) \($0.refusal.rule.rawValue)" } == [
                        "products.csv:2:10 NUMBER_INVALID", "products.csv:3:12 UNKNOWN_PERSON", "supplier_roles.csv:3:6 UNKNOWN_PRODUCT",
                    ])
            }
            _ = try await books.run()
        }
    }
}
