/// Why something owed cannot be invoiced now (DOMAIN §3, rule 10). Nothing parked is lost: the next run looks again.
public enum ParkingReason: String, Sendable, CaseIterable {
    case noPrice = "NO_PRICE"
    case noSizeClass = "NO_SIZE_CLASS"
    case noInhabitants = "NO_INHABITANTS"
    case indexMissing = "INDEX_MISSING"
    case shareIncomplete = "SHARE_INCOMPLETE"
    /// Neither GLN nor CVR number: no document can be addressed to the party.
    case noReceiver = "NO_RECEIVER"
    /// No personal reference at the billing contact.
    case noReference = "NO_REFERENCE"

    /// Does it hold back the whole party, rather than one key?
    public var concernsParty: Bool { self == .noReceiver || self == .noReference }
}

/// One parked key, or one parked party.
public struct Parking: Sendable, Hashable {
    public let organisation: Identifier<Organisation>
    public let reason: ParkingReason
    /// Nothing when the whole party is parked.
    public let key: ChargeKey?
    /// The year whose price or figure is missing, which may lie before the key's: an indexed year stands on the one before.
    public let missingYear: Int?
    /// The names of the participants whose weight is not known.
    public let missing: [String]

    public init(
        organisation: Identifier<Organisation>, reason: ParkingReason, key: ChargeKey?, missingYear: Int? = nil, missing: [String] = []
    ) {
        self.organisation = organisation
        self.reason = reason
        self.key = key
        self.missingYear = missingYear
        self.missing = missing
    }
}

/// What a run says without stopping for it.
public enum ChargeWarning: String, Sendable, CaseIterable {
    /// The receiver's postal address is not on file; the e-invoice carries the country only.
    case noAddress = "NO_ADDRESS"
    /// A line uses an older figure in the place of the year's, and nobody has used it yet (rule 11).
    case stalePopulation = "STALE_POPULATION"
    /// The party's total for the year differs from the year before by more than the setting allows.
    case largeChange = "LARGE_CHANGE"
    /// A shared total has nobody who shares it. It concerns the run, not a party.
    case noParticipants = "NO_PARTICIPANTS"
    /// An agreement has too many lines for one day. It concerns the day, not the outcome; posting is refused by the rule of the same name.
    case lineLimit = "LINE_LIMIT"
    /// A newer document is posted already, so the numbers would not follow the dates. It concerns the day, not the outcome.
    case earlierDate = "EARLIER_DATE"

    /// Must a person accept it before the run may post?
    public var needsAcceptance: Bool { self == .stalePopulation || self == .largeChange || self == .earlierDate }

    /// The codes a person says to have read, each of a warning that waits for it.
    ///
    /// - Throws: ``Refusal`` by `VALUE_UNKNOWN` for any other word, which would accept nothing without a sound.
    public static func accepted(_ codes: [String]) throws(Refusal) -> Set<String> {
        let known = allCases.filter(\.needsAcceptance).map(\.rawValue)
        for code in codes where !known.contains(code) { throw Refusal(.valueUnknown, "--accept", code, known.joined(separator: ", ")) }
        return Set(codes)
    }
}
