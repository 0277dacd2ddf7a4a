import Domain
import Foundation
import Testing

/// A made-up association in memory: organisations with agreements, sheets, sizes and pledges, and the ledger of what was posted.
struct World {
    struct Body {
        var name: String
        var cvr: CVRNumber?
        var participations: [Participation] = []
        var sizes = SizeHistory.unknown
        /// What postings used, where ``freezes`` keeps it.
        var frozen: [Int: SizeFact] = [:]
        var pledges: [Pledge] = []
        var adjustments: [ChargeKey: [Adjustment]] = [:]
        var reference: String? = "R"
    }

    static let decision = DecisionReference(id: Identifier(1), reference: "D")
    static let product = Subject.product(Identifier(1))

    var bodies: [Identifier<Organisation>: Body] = [:]
    var sheets: [RateSheet] = []
    var dues: [Int: Money] = [:]
    /// Years whose dues are those of the year before times the first figure over the second.
    var indexed: [Int: (figure: String, previous: String)] = [:]
    var ledger = Ledger()
    /// Who took whose place, and when.
    var heirs: [Identifier<Organisation>: (heir: Identifier<Organisation>, on: CivilDate)] = [:]
    /// Successions after this day are known, but documents do not go to the successor yet.
    var today = "2099-01-01"
    var chargesBegin = "2026-01-01"
    var changeWarning: Int64?
    /// Behind the association's VAT rules.
    var vatDecision = "V"
    /// Does a posting keep the sizes it used (rule 11)?
    var freezes = false
    private var nextRow: Int64 = 1

    static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    static func term(_ first: String, _ last: String? = nil) throws -> Term {
        try #require(Term(first: try day(first), last: try last.map(day)))
    }

    static func period(_ text: String) throws -> BillingPeriod { try #require(BillingPeriod(text)) }

    static func amount(_ text: String) throws -> PriceModel { .amount(try kroner(text)) }

    static func classes(_ small: String, _ medium: String, _ large: String, _ veryLarge: String) throws -> PriceModel {
        .perClass(
            ClassTable(small: try kroner(small), medium: try kroner(medium), large: try kroner(large), veryLarge: try kroner(veryLarge)))
    }

    static func kroner(_ text: String) throws -> Money { try Money(kroner: text) }

    /// A valid CVR number that rises with the index.
    static func cvr(_ index: Int) throws -> CVRNumber {
        try #require((0...99).lazy.compactMap { CVRNumber(String(20_000_000 + index * 100 + $0)) }.first)
    }

    /// An organisation that takes part in the product; a member of the association where a first day is given.
    mutating func body(
        _ index: Int, from first: String?, until last: String? = nil, forms: FormHistory = .active, signed: String = "2020-01-01",
        memberFrom: String? = "2012-01-01", inhabitants: Int32? = nil, subject: Subject = World.product
    ) throws {
        let id = Identifier<Organisation>(Int64(index))
        var body = try bodies[id] ?? Body(name: "Body \(index)", cvr: World.cvr(index))
        if let memberFrom, !body.participations.contains(where: { $0.subject == .association }) {
            body.participations.append(
                Participation(
                    agreement: Identifier(Int64(index * 1000)), subject: .association, term: try World.term(memberFrom),
                    signedOn: try World.day(memberFrom)))
        }
        if let first {
            body.participations.append(
                Participation(
                    agreement: Identifier(Int64(index * 1000 + body.participations.count + 1)), subject: subject,
                    term: try World.term(first, last), forms: forms, signedOn: try World.day(signed)))
        }
        if let inhabitants {
            body.sizes = SizeHistory(headcounts: try World.headcounts(inhabitants), frozen: body.frozen)
        }
        bodies[id] = body
    }

    static func headcounts(_ inhabitants: Int32) throws -> [Headcount] {
        try (2018...2030).map { Headcount(inhabitants: inhabitants, countedOn: try World.day("\($0)-01-01")) }
    }

    mutating func row(
        _ price: PriceModel, charge: ChargeKind = .annualFee, component: String = "fee", from: String = "2015-01-01", until: String? = nil
    ) throws -> RateRow {
        defer { nextRow += 1 }
        return RateRow(
            id: Identifier(nextRow), component: component, charge: charge, term: try World.term(from, until), price: price,
            decision: World.decision)
    }

    mutating func sheet(
        _ rows: [RateRow], frequency: BillingFrequency = .yearly, proRata: ProRata = .days, late: LateChanges? = nil,
        contribution: Bool = false,
        from: String = "2015-01-01", until: String? = nil, subject: Subject = World.product, bounds: SizeBounds? = nil, vat: VATRate? = nil
    ) throws {
        let sheet = RateSheet(
            id: Identifier(Int64(sheets.count + 1)), subject: subject, term: try World.term(from, until), frequency: frequency,
            proRata: proRata,
            passive: try #require(Ratio(1, over: 3)), lateChanges: late, carriesContribution: contribution, bounds: bounds, vat: vat,
            decision: World.decision, rows: rows)
        sheets.append(try #require(sheet))
    }

    private var duesRates: [DuesRate] {
        let bases = dues.mapValues { DuesRate.Basis.fixed($0) }.merging(
            indexed.mapValues { .indexed(figure: DecimalFigure($0.figure), previous: DecimalFigure($0.previous), published: nil) }
        ) { $1 }
        return bases.map { DuesRate(id: Identifier(Int64($0.key)), year: $0.key, basis: $0.value, decision: World.decision) }
    }

    func terms(_ target: String, _ scope: ChargeScope = .products) throws -> ChargeTerms {
        let vat = try #require(VATRate(.standard, basisPoints: 2500))
        let rules = try ChargeKind.allCases.map {
            VATRule(charge: $0, term: try World.term("2000-01-01"), rate: vat, decision: vatDecision)
        }
        var participants: [Subject: [Participant]] = [:]
        for (id, body) in bodies {
            for (subject, own) in Dictionary(grouping: body.participations, by: \.subject) where subject != .association {
                participants[subject, default: []].append(
                    Participant(organisation: id, name: body.name, cvr: body.cvr, participations: own, sizes: body.sizes))
            }
        }
        let start = try World.day("2010-01-01")
        return try ChargeTerms(
            window: ChargeWindow(chargesBegin: try World.day(chargesBegin), target: try World.period(target), scope: scope),
            tariff: DuesTariff(duesRates),
            vat: VATRules(rules), sheets: sheets,
            policies: ChargePolicies(
                bounds: Dated([(start, try #require(SizeBounds(small: 24_999, medium: 60_000, large: 120_000)))]),
                memberContribution: Dated([(start, DecidedRatio(ratio: try #require(Ratio(9, over: 100))))]),
                nonMemberContribution: Dated([(start, DecidedRatio(ratio: try #require(Ratio(35, over: 100))))]),
                changeWarning: changeWarning),
            participants: participants.mapValues { $0.sorted { ($0.cvr?.description ?? "9") < ($1.cvr?.description ?? "9") } })
    }

    /// Everybody whose place somebody took, however far back.
    private func line(of heir: Identifier<Organisation>) -> [Predecessor] {
        heirs.filter { $0.value.heir == heir }.sorted { $0.key < $1.key }.flatMap { id, succession in
            [Predecessor(succeededOn: succession.on, account: account(id, alone: true))]
                + line(of: id).map { Predecessor(succeededOn: succession.on, account: $0.account) }
        }
    }

    func account(_ id: Identifier<Organisation>, alone: Bool = false) -> ChargedAccount {
        let body = bodies[id] ?? Body(name: "", cvr: nil)
        return ChargedAccount(
            organisation: id, name: body.name, participations: body.participations, sizes: body.sizes, pledges: body.pledges,
            adjustments: body.adjustments, posted: ledger.posted(of: id), predecessors: alone ? [] : line(of: id))
    }

    func outcomes(_ target: String, _ scope: ChargeScope = .products) throws -> [PartyOutcome] {
        let terms = try terms(target, scope)
        let today = try World.day(today)
        let gone = heirs.filter { $0.value.on <= today }
        func last(_ id: Identifier<Organisation>) -> Identifier<Organisation> { gone[id].map { last($0.heir) } ?? id }
        return try bodies.keys.sorted().filter { gone[$0] == nil }.map { id in
            let body = try #require(bodies[id])
            let inherited = gone.keys.filter { last($0) == id }.sorted().map { account($0) }
            let party = ChargedParty(
                id: id, name: body.name, cvr: body.cvr, address: .unknown, billing: BillingContact(reference: body.reference),
                accounts: [account(id)] + inherited)
            return try PartyOutcome(of: party, try Assessment(of: party, under: terms), history: ledger.history(), under: terms)
        }
    }

    /// Posts what is owed, shows that a further run finds nothing, and that every derivation reads back. Returns the lines, credits negative.
    @discardableResult
    mutating func run(_ target: String, _ scope: ChargeScope = .products) throws -> [String] {
        let outcomes = try outcomes(target, scope)
        for outcome in outcomes {
            try ledger.post(outcome)
            if freezes { for size in outcome.sizes { try freeze(size) } }
        }
        for again in try self.outcomes(target, scope) { #expect(again.documents.isEmpty, "a second run posts nothing") }
        var lines: [String] = []
        for document in outcomes.flatMap(\.documents) {
            for line in document.lines {
                var json = CanonicalJSON()
                line.derivation.write(to: &json)
                #expect(try JSONDecoder().decode(LineDerivation.self, from: Data(json.bytes)) == line.derivation)
                lines.append("\(line.key.organisation) \(line.key.charge) \(document.kind == .invoice ? "" : "-")\(line.net)")
            }
        }
        return lines
    }

    /// Takes back what is left of some invoices, as the reversal of a run does. Returns the lines.
    @discardableResult
    mutating func reverse(invoices: Set<Int64>, target: String) throws -> [String] {
        var lines: [String] = []
        for outcome in try outcomes(target) {
            let reversed = try PartyOutcome(reversing: 1, invoices, of: outcome.party, history: ledger.history())
            try ledger.post(reversed)
            lines += reversed.documents.flatMap(\.lines).map { "\($0.key.organisation) \($0.key.charge) -\($0.net)" }
        }
        return lines
    }

    private mutating func freeze(_ size: UnfrozenSize) throws {
        var body = try #require(bodies[size.organisation])
        // All who share a total claim each other's sizes; what they claim is the same.
        #expect(body.frozen[size.year] == nil || body.frozen[size.year] == size.fact, "what is frozen stays")
        body.frozen[size.year] = size.fact
        body.sizes = SizeHistory(
            headcounts: try World.headcounts(body.sizes.recorded(for: 2026).headcount?.inhabitants ?? 0), frozen: body.frozen)
        bodies[size.organisation] = body
    }

    func parked(_ target: String) throws -> [String] {
        try outcomes(target).flatMap(\.parked).map { "\($0.organisation) \($0.key?.charge.rawValue ?? "party") \($0.reason.rawValue)" }
    }

    /// A body that took the place of others from a day on: their agreements end the day before, and its own continues the first of them.
    mutating func succeed(
        _ predecessors: [Int], by index: Int, on day: String, continuing kept: Int, forms: FormHistory = .active
    ) throws {
        let on = try World.day(day)
        for old in predecessors {
            let id = Identifier<Organisation>(Int64(old))
            heirs[id] = (Identifier(Int64(index)), on)
            let before = try #require(bodies[id]).participations
            bodies[id]?.participations = try before.map { participation in
                guard participation.term.contains(on), participation.term.first < on else { return participation }
                return Participation(
                    agreement: participation.agreement, subject: participation.subject,
                    term: try #require(Term(first: participation.term.first, last: on.adding(days: -1))), forms: participation.forms,
                    signedOn: participation.signedOn, ending: .init(.succeeded),
                    notified: participation.term.last.map { .init(lastDay: $0, .init(.notice)) })
            }
        }
        let origin = try #require(
            bodies[Identifier(Int64(kept))]?.participations.last { $0.subject == World.product })
        let id = Identifier<Organisation>(Int64(index))
        var body = try bodies[id] ?? Body(name: "Body \(index)", cvr: World.cvr(index))
        body.participations.append(
            Participation(
                agreement: Identifier(Int64(index * 1000 + 900)), subject: World.product, term: try #require(Term(first: on, last: nil)),
                forms: forms, signedOn: origin.signedOn, takenOverFrom: origin.agreement))
        bodies[id] = body
    }

    func causes(_ target: String) throws -> [Cause] {
        try outcomes(target).flatMap(\.documents).flatMap(\.lines).first.map { $0.derivation.causes } ?? []
    }
}
