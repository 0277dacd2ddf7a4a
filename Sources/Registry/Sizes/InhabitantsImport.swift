public import Domain
import Postgres

/// A figure of a public table: an area as the table names it, and how many people lived there on a day.
public struct AreaFigure: Sendable {
    /// A municipality's code of 3 or 4 digits, its name with or without *Kommune*, or both, as in `101 København`.
    public let area: Located<String>
    public let headcount: Headcount

    public init(area: Located<String>, headcount: Headcount) {
        self.area = area
        self.headcount = headcount
    }
}

/// What an import of inhabitants did, and what follows from it.
public struct InhabitantsReport: Sendable {
    /// A municipality whose class of an invoicing year is another by the association's bounds.
    public struct ClassChange: Sendable {
        public let organisation: OrganisationRecord
        public let year: Int
        public let before: SizeFact
        public let after: SizeFact
        /// By the association's bounds of 1 January of the year; a sheet may have its own.
        public let classes: (before: SizeClass?, after: SizeClass?)
    }

    public fileprivate(set) var counts = ImportSummary.Counts()
    /// Areas that are no municipalities and were passed over.
    public fileprivate(set) var passedOver = 0
    public fileprivate(set) var classChanges: [ClassChange] = []
    /// Years that postings have used, whose figure is another by now (rule 11).
    public fileprivate(set) var superseded: [SupersededSize] = []
}

/// A year whose size postings have used, and what is recorded for it by now.
public struct SupersededSize: Sendable {
    public let organisation: OrganisationRecord
    public let year: Int
    public let frozen: SizeFact
    public let recorded: SizeFact
}

/// Takes inhabitants over from a table of Statistics Denmark: all of it, or nothing.
public enum InhabitantsImport {
    /// - Parameter source: what the figures are from, kept with each.
    /// - Throws: ``ImportRefused`` with every area that is nobody's or several's; ``Refusal`` by `SETTING_MISSING` when there are no size classes today.
    public static func store(_ figures: [AreaFigure], source: String, in work: Work) async throws -> InhabitantsReport {
        let register = MunicipalityNames(try await Organisations.list(in: work))
        var report = InhabitantsReport()
        var problems: [ImportProblem] = []
        var found: [(organisation: OrganisationRecord, figure: AreaFigure)] = []
        var seen: [String: SourceLocation] = [:]
        for figure in figures {
            do {
                guard let organisation = try register.municipality(figure.area) else {
                    report.passedOver += 1
                    continue
                }
                // The same municipality by name and by code would be two answers.
                if let earlier = seen.updateValue(figure.area.location, forKey: "\(organisation.id) \(figure.headcount.countedOn)") {
                    problems.append(ImportProblem(at: figure.area.location, Refusal(.rowDoubled, earlier.description)))
                }
                if let refusal = PastFact.count.refusal(of: figure.headcount.countedOn, on: work.today) {
                    problems.append(ImportProblem(at: figure.area.location, refusal))
                }
                found.append((organisation, figure))
            } catch {
                problems.append(error)
            }
        }
        guard problems.isEmpty else { throw ImportRefused(problems) }
        let before = try await SizeStore.histories(in: work)
        for (organisation, figure) in found {
            let draft = InhabitantsDraft(
                location: figure.area.location, organisation: figure.area, countedOn: figure.headcount.countedOn,
                inhabitants: figure.headcount.inhabitants, source: source)
            report.counts.count(try await Inhabitants.store(draft, of: organisation.id, keepingSource: true, in: work))
        }
        let after = try await SizeStore.histories(in: work)
        let touched = Dictionary(found.map { ($0.organisation.id, $0.organisation) }) { first, _ in first }
        report.superseded = try await SizeStore.superseded(in: work).filter { touched[$0.organisation.id] != nil }
        // Invoices of a year use the figure of 1 January of the year before (DOMAIN §3): the first year that a figure counts for.
        let years = Set(figures.map { $0.headcount.firstInvoicingYear }).sorted()
        let settings = try await SettingStore.load(in: work)
        _ = try settings.sizeBounds(on: work.today)
        for year in years {
            // Before the association had classes nobody changed class.
            guard let first = CivilDate(year: year, month: 1, day: 1), let bounds = try? settings.sizeBounds(on: first) else { continue }
            for organisation in register.inOrder where touched[organisation.id] != nil {
                let old = (before[organisation.id] ?? .unknown).recorded(for: year)
                let new = (after[organisation.id] ?? .unknown).recorded(for: year)
                let classes = (old.sizeClass(by: bounds), new.sizeClass(by: bounds))
                guard classes.0 != classes.1 else { continue }
                report.classChanges.append(
                    .init(organisation: organisation, year: year, before: old, after: new, classes: (classes.0, classes.1)))
            }
        }
        return report
    }
}

extension Headcount {
    fileprivate var firstInvoicingYear: Int {
        let (year, month, day) = countedOn.components
        return (month, day) == (1, 1) ? year + 1 : year + 2
    }
}

/// Finds a municipality by what a public table calls it.
private struct MunicipalityNames {
    /// In the register's order.
    let inOrder: [OrganisationRecord]
    private var byCode: [String: OrganisationRecord] = [:]
    private var byName: [String: [OrganisationRecord]] = [:]

    init(_ organisations: [OrganisationRecord]) {
        inOrder = organisations.filter { $0.kind == .municipality }
        for record in inOrder {
            if let code = record.municipalityCode { byCode[code] = record }
            byName[MunicipalityNames.bare(record.name), default: []].append(record)
        }
    }

    /// Nothing for an area that is known to be none.
    /// - Throws: `UNKNOWN_ORGANISATION`, or `AMBIGUOUS_ORGANISATION` when a name is several.
    func municipality(_ area: Located<String>) throws(ImportProblem) -> OrganisationRecord? {
        let digits = area.value.prefix { $0.isASCII && $0.isNumber }
        if digits.count == 3 || digits.count == 4, area.value.dropFirst(digits.count).first.map({ $0 == " " }) ?? true {
            let code = digits.count == 3 ? "0" + digits : String(digits)
            if let record = byCode[code] { return record }
            if isNoMunicipality(code: code) { return nil }
            throw ImportProblem(at: area.location, Refusal(.unknownOrganisation, area.value))
        }
        let name = MunicipalityNames.bare(area.value)
        // The whole name first; else the register's genitive: København is Københavns Kommune.
        let named = byName[name] ?? byName[name + "s"] ?? []
        if named.count == 1, let record = named.first { return record }
        if named.isEmpty, isNoMunicipality(name: name) { return nil }
        throw ImportProblem(at: area.location, Refusal(named.isEmpty ? .unknownOrganisation : .ambiguousOrganisation, area.value))
    }

    private static func bare(_ name: String) -> String {
        let lower = name.lowercased()
        for suffix in [" regionskommune", " kommune"] where lower.hasSuffix(suffix) { return String(lower.dropLast(suffix.count)) }
        return lower
    }

    /// StatBank's codes of the whole country, the parts of the country, the regions, and Christiansø.
    private func isNoMunicipality(code: String) -> Bool {
        guard let number = Int(code) else { return false }
        return (0...11).contains(number) || (81...85).contains(number) || number == 411
    }

    private func isNoMunicipality(name: String) -> Bool {
        name == "hele landet" || name == "christiansø" || name.hasPrefix("region ") || name.hasPrefix("landsdel ")
    }
}
