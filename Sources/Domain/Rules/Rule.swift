/// Every rule the program may refuse by. The code is what scripts read; the sentence comes from `Wording`.
///
/// Many are also kept by the database under a constraint of their own; `Registry` maps each such constraint to its rule.
public enum Rule: String, Error, Sendable, CaseIterable {
    // The register
    case unknownOrganisation = "UNKNOWN_ORGANISATION"
    case ambiguousOrganisation = "AMBIGUOUS_ORGANISATION"
    case nameMismatch = "NAME_MISMATCH"
    case unknownDecision = "UNKNOWN_DECISION"
    case unknownAgreement = "UNKNOWN_AGREEMENT"
    case unknownInvoice = "UNKNOWN_INVOICE"
    case unknownCreditNote = "UNKNOWN_CREDIT_NOTE"
    case unknownInvoiceLine = "UNKNOWN_INVOICE_LINE"
    case unknownPerson = "UNKNOWN_PERSON"
    case unknownProduct = "UNKNOWN_PRODUCT"
    case cvrInvalid = "CVR_INVALID"
    case glnInvalid = "GLN_INVALID"
    case emailInvalid = "EMAIL_INVALID"
    case textInvalid = "TEXT_INVALID"
    case dateInvalid = "DATE_INVALID"
    case amountInvalid = "AMOUNT_INVALID"
    case cvrTaken = "CVR_TAKEN"
    case codeTaken = "CODE_TAKEN"
    case importIdentifierTaken = "IMPORT_ID_TAKEN"
    case primaryContactTaken = "PRIMARY_CONTACT_TAKEN"
    case associationExists = "ASSOCIATION_EXISTS"
    case productNameTaken = "PRODUCT_NAME_TAKEN"
    case productNameReserved = "PRODUCT_NAME_RESERVED"
    case overlappingSupplierRole = "OVERLAPPING_SUPPLIER_ROLE"
    // Agreements
    case illegalMove = "ILLEGAL_MOVE"
    case overlappingAgreement = "OVERLAPPING_AGREEMENT"
    case liveAgreementExists = "LIVE_AGREEMENT_EXISTS"
    case notEligible = "NOT_ELIGIBLE"
    case signedOutOfOrder = "SIGNED_OUT_OF_ORDER"
    case endBeforeStart = "END_BEFORE_START"
    case noticeBeforeStart = "NOTICE_BEFORE_START"
    case noticeAnyDay = "NOTICE_ANY_DAY"
    case noticeMonthsInvalid = "NOTICE_MONTHS_INVALID"
    case lastDayMismatch = "LAST_DAY_MISMATCH"
    case passiveOnlyOnProducts = "PASSIVE_ONLY_ON_PRODUCTS"
    case formOutsideTerm = "FORM_OUTSIDE_TERM"
    // Rates and settings
    case indexAmountMismatch = "INDEX_AMOUNT_MISMATCH"
    case settingMissing = "SETTING_MISSING"
    case settingInvalid = "SETTING_INVALID"
    case overlappingVATRule = "OVERLAPPING_VAT_RULE"
    case unknownRateSheet = "UNKNOWN_RATE_SHEET"
    case unknownComponent = "UNKNOWN_COMPONENT"
    case overlappingRateSheet = "OVERLAPPING_RATE_SHEET"
    case overlappingRateRow = "OVERLAPPING_RATE_ROW"
    case overlappingBrackets = "OVERLAPPING_BRACKETS"
    case ratePeriodNotWhole = "RATE_PERIOD_NOT_WHOLE"
    case rateRowOutsideSheet = "RATE_ROW_OUTSIDE_SHEET"
    case lateChangesMissing = "LATE_CHANGES_MISSING"
    case fractionOfFraction = "FRACTION_OF_FRACTION"
    case stepsInvalid = "STEPS_INVALID"
    case weightsAllZero = "WEIGHTS_ALL_ZERO"
    case priceUnfit = "PRICE_UNFIT"
    case percentageInvalid = "PERCENTAGE_INVALID"
    // Sizes
    case overlappingPlacement = "OVERLAPPING_PLACEMENT"
    case frozenByDecision = "FROZEN_BY_DECISION"
    case notFrozen = "NOT_FROZEN"
    case figuresAmbiguous = "FIGURES_AMBIGUOUS"
    // Invoices
    case stalePreview = "STALE_PREVIEW"
    case warningNotAccepted = "WARNING_NOT_ACCEPTED"
    case runFirst = "RUN_FIRST"
    case keyParked = "KEY_PARKED"
    case noReceiver = "NO_RECEIVER"
    case noReference = "NO_REFERENCE"
    case creditExceedsInvoiced = "CREDIT_EXCEEDS_INVOICED"
    case postedIsFinal = "POSTED_IS_FINAL"
    case seriesGap = "SERIES_GAP"
    case alreadyPosted = "ALREADY_POSTED"
    case documentUnbalanced = "DOCUMENT_UNBALANCED"
    case targetTooFar = "TARGET_TOO_FAR"
    case lineLimit = "LINE_LIMIT"
    case fourEyes = "FOUR_EYES"
    case approvedByPreparer = "APPROVED_BY_PREPARER"
    case alreadyApproved = "ALREADY_APPROVED"
    case runPosted = "RUN_POSTED"
    case unknownRun = "UNKNOWN_RUN"
    case notApproved = "NOT_APPROVED"
    case runReversed = "RUN_REVERSED"
    case amountOutOfRange = "AMOUNT_OUT_OF_RANGE"
    // Files
    case fileMissing = "FILE_MISSING"
    case fileUnreadable = "FILE_UNREADABLE"
    case fileEncoding = "FILE_ENCODING"
    case fileTooLarge = "FILE_TOO_LARGE"
    case csvMalformed = "CSV_MALFORMED"
    case yamlMalformed = "YAML_MALFORMED"
    case columnMissing = "COLUMN_MISSING"
    case columnUnknown = "COLUMN_UNKNOWN"
    case columnDoubled = "COLUMN_DOUBLED"
    case rowRagged = "ROW_RAGGED"
    case rowDoubled = "ROW_DOUBLED"
    case cellTooLong = "CELL_TOO_LONG"
    case valueMissing = "VALUE_MISSING"
    case valueUnknown = "VALUE_UNKNOWN"
    case fieldsExclusive = "FIELDS_EXCLUSIVE"
    case numberInvalid = "NUMBER_INVALID"
    // Any table
    case recordInvalid = "RECORD_INVALID"
    case actorMissing = "ACTOR_MISSING"
}

/// A rule that said no, with the facts its sentence needs, in the order the sentence takes them.
public struct Refusal: Error, Sendable, Equatable {
    public let rule: Rule
    public let facts: [String]

    public init(_ rule: Rule, _ facts: String...) {
        self.rule = rule
        self.facts = facts
    }
}
