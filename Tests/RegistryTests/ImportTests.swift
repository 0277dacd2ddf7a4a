import Domain
import Foundation
import Interchange
import Postgres
import Registry
import Testing

/// Storing folders: all or nothing, everything wrong at once, twice the same as once.
@Suite struct ImportTests {
    private static let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("fixtures/example").path

    private static func read(_ changes: [String: (String) -> String] = [:]) -> (draft: ImportDraft, problems: [ImportProblem]) {
        ImportFolder.readAll { (file) throws(ImportProblem) in
            guard let bytes = try FolderFiles.read(file, in: example) else { return nil }
            guard let change = changes[file] else { return bytes }
            return Array(change(String(decoding: bytes, as: UTF8.self)).utf8)
        }
    }

    private static func day(_ text: String) throws -> CivilDate { try CivilDate(text).orThrow(text) }

    /// A registry on a database of its own, since imports are committed.
    private static func registry() async throws -> (Registry, Actor) {
        (MigratedDatabase.registry(try await MigratedDatabase.own()), try Actor("importer").orThrow("actor"))
    }

    private static func store(_ read: (draft: ImportDraft, problems: [ImportProblem]), _ registry: Registry, _ actor: Actor) async throws
        -> ImportSummary
    {
        try await registry.perform("import", as: actor, on: try day("2026-11-22")) { work in
            try await ImportStore.store(read.draft, found: read.problems, in: work)
        }
    }

    @Test func twiceIsOnce() async throws {
        let (registry, actor) = try await Self.registry()
        let first = try await Self.store(Self.read(), registry, actor)
        #expect(first.counts[.organisations]?.added == 106)
        #expect(first.counts[.agreements]?.added == 44)
        #expect(first.counts[.products]?.added == 34)
        #expect(first.counts[.supplierRoles]?.added == 4)
        let entries = try await Self.auditCount(registry, actor)
        let second = try await Self.store(Self.read(), registry, actor)
        #expect(second.isUnchanged)
        #expect(try await Self.auditCount(registry, actor) == entries)
    }

    @Test func rule17AChangedRowIsOneRecordedChange() async throws {
        let (registry, actor) = try await Self.registry()
        _ = try await Self.store(Self.read(), registry, actor)
        let entries = try await Self.auditCount(registry, actor)
        let changed = Self.read([
            "rates.yaml": { $0.replacingOccurrences(of: "2027\n    amount: 25000.00", with: "2027\n    amount: 26000.00") }
        ])
        let summary = try await Self.store(changed, registry, actor)
        #expect(summary.counts[.duesRates]?.changed == 1)
        #expect(summary.counts.values.reduce(0) { $0 + $1.added + $1.changed } == 1)
        let newest = try await registry.read(as: actor, on: try Self.day("2026-11-22")) { try await AuditLog.list(limit: 1, in: $0) }.first
        #expect(try await Self.auditCount(registry, actor) == entries + 1)
        #expect(newest?.record.actor == "importer" && newest?.record.useCase == "import")
        #expect(newest?.record.record == "dues_rate" && newest?.record.change == .changed)
        #expect(newest?.before?.contains("2500000") == true && newest?.after?.contains("2600000") == true)
    }

    @Test func rule17WhatTheVerbsRecordedSinceStays() async throws {
        let (registry, actor) = try await Self.registry()
        _ = try await Self.store(Self.read(), registry, actor)
        let today = try Self.day("2026-12-01")
        let noticed = try await registry.perform("notice", as: actor, on: today) { work in
            let ballerup = try await Organisations.find("0151", in: work)
            let agreement = try await Agreements.list(of: ballerup.id, in: work).first.orThrow("no agreement")
            return try await Agreements.move(agreement.id, .giveNotice(receivedOn: today), in: work)
        }
        #expect(try await Self.store(Self.read(), registry, actor).isUnchanged)
        let after = try await registry.read(as: actor, on: today) { try await Agreements.find(noticed.id, in: $0) }
        #expect(after == noticed)
    }

    @Test func everyProblemComesOutAtOnceAndNothingIsStored() async throws {
        let (registry, actor) = try await Self.registry()
        let broken = Self.read([
            // Ballerup's own row cannot be read, so its agreement is not reported as well.
            "organisations.csv": { $0.replacingOccurrences(of: "municipality,Ballerup", with: "municipalty,Ballerup") },
            "inhabitants.csv": { $0.replacingOccurrences(of: "0147,2020-01-01", with: "0999,2020-01-01") },
            "rates.yaml": { $0.replacingOccurrences(of: "    decision: SKM2020.385.SR", with: "    decision: NONE") },
            "agreements.csv": { text in
                text + "again,29189978,association,2020-01-01,2020-01-01,S,D,2020-01-02,C,F,2020-02-01,,,,,,,,,,\n"
                    + "supplier,41849983,association,2020-01-01,2020-01-01,S,D,2020-01-02,C,F,2020-02-01,,,,,,,,,,\n"
            },
        ])
        do {
            _ = try await Self.store(broken, registry, actor)
            Issue.record("it was stored")
        } catch let refused as ImportRefused {
            #expect(
                refused.problems.map { "\($0.location) \($0.refusal.rule.rawValue)" } == [
                    "agreements.csv:46:1 LIVE_AGREEMENT_EXISTS", "agreements.csv:47:1 NOT_ELIGIBLE",
                    "inhabitants.csv:3:1 UNKNOWN_ORGANISATION",
                    "organisations.csv:5:2 VALUE_UNKNOWN", "rates.yaml:17:15 UNKNOWN_DECISION",
                ])
        }
        let (organisations, entries) = try await registry.read(as: actor, on: try Self.day("2026-11-22")) {
            (try await Organisations.list(in: $0).count, try await AuditLog.list(limit: 10, in: $0).count)
        }
        #expect(organisations == 0 && entries == 0)
    }

    private static func auditCount(_ registry: Registry, _ actor: Actor) async throws -> Int {
        try await registry.read(as: actor, on: try day("2026-11-22")) { try await AuditLog.list(limit: 10_000, in: $0).count }
    }
}
