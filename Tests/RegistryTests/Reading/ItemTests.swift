import Domain
import Interchange
import Postgres
import Registry
import Testing
import Wording

/// Single things in the shapes of the API's document, and the small lists that hang on them.
@Suite struct ItemTests {
    private static let whole = PageRequest(limit: 200)

    private static func json(_ write: (inout CanonicalJSON) throws -> Void) rethrows -> String {
        var json = CanonicalJSON()
        try write(&json)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// The name of each shape in the document, and things of it as the secretariat reads them.
    static func items(of register: ReadableRegister) async throws -> [(shape: String, json: String)] {
        try await register.read(as: register.secretariat) { work, caller in
            var items: [(shape: String, json: String)] = []
            for entry in try await Documents.invoices(whole, for: caller, in: work).elements {
                let invoice = try await Documents.invoice(entry.document.number, for: caller, in: work)
                items.append(("Invoice", try json { try invoice.write(to: &$0) }))
                items.append(("Explanation", try json { try invoice.document.writeExplanation(to: &$0, in: .danish) }))
            }
            for entry in try await Documents.creditNotes(whole, for: caller, in: work).elements {
                let note = try await Documents.find(.creditNote, entry.document.number, for: caller, in: work)
                items.append(("CreditNote", try json { try note.writeCreditNote(to: &$0) }))
                items.append(("Explanation", try json { try note.writeExplanation(to: &$0, in: .english) }))
            }
            for entry in try await Meetings.page(whole, for: caller, in: work).elements {
                let meeting = try await Meetings.find(entry.id, for: caller, in: work)
                items.append(("Meeting", json { meeting.write(to: &$0) }))
            }
            let year = try BillingPeriod(year: 2027).orThrow("no year")
            for entry in try await PriceLists.page(whole, in: work).elements {
                let sheet = try await PriceLists.find(entry.id, in: work)
                items.append(("RateSheet", json { sheet.write(to: &$0) }))
                guard let product = entry.subject.product, entry.term.contains(year.firstDay) else { continue }
                let (name, list) = try await PriceLists.find(of: product, in: year, in: work)
                items.append(("PriceList", json { list.write(to: &$0, product: name) }))
            }
            for product in try await Products.page(whole, for: caller, in: work).elements {
                for role in try await SupplierRoles.page(on: product.id, whole, in: work).elements {
                    items.append(("SupplierRoleHeld", json { role.write(to: &$0) }))
                }
            }
            for agreement in try await Agreements.page(whole, for: caller, in: work).elements {
                for paper in try await Agreements.papers(of: agreement.id, whole, for: caller, in: work).elements {
                    items.append(("AgreementDocument", json { paper.write(to: &$0) }))
                }
            }
            for hit in try await Search.hits("os2", for: caller, in: work) { items.append(("Hit", json { hit.write(to: &$0) })) }
            return items
        }
    }

    private static let shapes = [
        "Invoice":
            "kind number organisation organisationId name issuedOn dueOn payment run reference orderNumber accountString lines netMinor "
            + "vatMinor grossMinor creditedMinor openMinor creditNotes",
        "CreditNote":
            "kind number organisation organisationId name issuedOn creditsInvoice invoicedOn run reference orderNumber accountString "
            + "lines netMinor vatMinor grossMinor",
        "Explanation": "kind number organisation organisationId name issuedOn lines taxes waived netMinor vatMinor grossMinor",
        "Meeting": "meeting group groupId heldOn calledOn agenda minutes attendance",
        "RateSheet":
            "rateSheet subject productId from to frequency proRata passive lateChanges carriesContribution bounds vat decision rows",
        "PriceList":
            "product year rateSheet from to frequency proRata passive lateChanges carriesContribution bounds vat decision contribution "
            + "boundsInForce prices",
        "SupplierRoleHeld": "organisation organisationId name product productId role from to",
        "AgreementDocument": "document agreement fileName bytes sha256",
        "Hit": "kind id title path score",
    ]

    @Test func itemsHaveTheMembersOfTheDocumentInItsOrder() async throws {
        let items = try await Self.items(of: try await ReadableRegister.shared.value)
        #expect(Set(items.map(\.shape)) == Set(Self.shapes.keys))
        for item in items {
            #expect(JSONMembers.names(in: item.json).joined(separator: " ") == Self.shapes[item.shape], "\(item.shape)")
        }
    }

    /// A line is a line, and explained it says why.
    @Test func linesAreExplained() async throws {
        let register = try await ReadableRegister.shared.value
        let (plain, explained) = try await register.read(as: register.ballerup) { work, caller in
            let number = try await Documents.invoices(Self.whole, for: caller, in: work).elements.first.orThrow("none").document.number
            let invoice = try await Documents.invoice(number, for: caller, in: work)
            return (
                try Self.json { try invoice.write(to: &$0) }, try Self.json { try invoice.document.writeExplanation(to: &$0, in: .danish) }
            )
        }
        #expect(!plain.contains("\"because\"") && !plain.contains("\"derivation\""))
        #expect(explained.contains("\"because\":[\"") && explained.contains("\"derivation\":{") && explained.contains("\"owedMinor\":"))
    }
}
