import Domain
import Foundation
import Interchange
import Postgres
import Registry
import Testing

/// Lists page by page: complete, nothing twice, as many statements for two hundred rows as for one, and in the shapes the API's document states.
@Suite struct PagingTests {
    @Test(arguments: ServedList.shared + ServedList.overall)
    func pagesAreCompleteAndDisjointWhateverTheLimit(list: ServedList) async throws {
        let register = try await ReadableRegister.shared.value
        try await register.read(as: register.secretariat) { work, caller in
            let whole = try await list.all(for: caller, in: work)
            #expect(!whole.isEmpty && Set(whole).count == whole.count)
            // The log is long, and the same code reads it by ones and twos.
            for limit in list.description == "audit entries" ? [7] : [1, 2, 7] {
                #expect(try await list.all(by: limit, for: caller, in: work) == whole, "by \(limit)")
            }
        }
    }

    @Test(arguments: ServedList.shared + ServedList.overall)
    func theNumberOfStatementsIsThatOfOneRow(list: ServedList) async throws {
        let register = try await ReadableRegister.shared.value
        let (one, many) = try await register.read(as: register.secretariat) { work, caller in
            func statements(_ limit: Int) async throws -> Int64 {
                let before = try await Self.executions(in: work)
                _ = try await list.read(PageRequest(limit: limit), caller, work)
                return try await Self.executions(in: work) - before
            }
            _ = try await (statements(1), statements(200))
            return (try await statements(1), try await statements(200))
        }
        // Counting is one of them.
        #expect(one == many && (2...4).contains(one))
    }

    /// How often the connection's prepared statements have been run.
    private static func executions(in work: Work) async throws -> Int64 {
        try await work.transaction.only(
            "SELECT sum(generic_plans + custom_plans)::bigint FROM pg_prepared_statements", as: Int64.self)
    }

    @Test(arguments: ServedList.shared + ServedList.overall)
    func elementsHaveTheMembersOfTheDocumentInItsOrder(list: ServedList) async throws {
        let register = try await ReadableRegister.shared.value
        let page = try await register.read(as: register.secretariat) { work, caller in
            try await list.read(PageRequest(limit: 200), caller, work)
        }
        for element in page.elements {
            #expect(JSONMembers.names(in: element) == list.members)
            #expect(try JSONSerialization.jsonObject(with: Data(element.utf8)) is [String: Any])
        }
    }

    @Test func namesComeInDanishOrder() async throws {
        let register = try await ReadableRegister.shared.value
        let (pages, list) = try await register.read(as: register.secretariat) { work, caller in
            var (names, after): ([String], Int64?) = ([], nil)
            repeat {
                let page = try await Organisations.page(by: .name, PageRequest(after: after, limit: 7), for: caller, in: work)
                names += page.elements.map(\.name)
                after = page.next
            } while after != nil
            return (names, try await Organisations.list(in: work).map(\.name))
        }
        #expect(pages == list && pages.count == 106)
        #expect(pages.first == "Albertslund Kommune" && pages.last?.hasPrefix("Aa") == true)
        let tail = pages.suffix(8)
        #expect(tail.contains { $0.hasPrefix("Æ") || $0.hasPrefix("Ø") || $0.hasPrefix("Aa") })
    }

    /// Not an empty page, which would pass for the end of the list; and not another answer than for a row that there is none of.
    @Test func aPageAfterARowThatIsNotTheCallersIsNotThere() async throws {
        let register = try await ReadableRegister.shared.value
        let other = try await register.read(as: register.favrskov) { work, caller in
            try await Agreements.page(PageRequest(), for: caller, in: work).elements.first.orThrow("no agreement").id
        }
        for after in [other.value, 999_999_999] {
            await #expect(throws: AccessRefusal.notFound) {
                try await register.read(as: register.ballerup) { work, caller in
                    _ = try await Agreements.page(PageRequest(after: after), for: caller, in: work)
                }
            }
        }
    }
}
