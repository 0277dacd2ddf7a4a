import Domain
import HTTPTypes
import Registry
import Wording

/// What every error is answered as. There is no other place that turns one into a status, and no rule or trouble without a line here.
enum ProblemTable {
    /// - Parameter log: names the request in the log.
    static func problem(for error: any Error, log: String) -> Problem {
        switch error {
        case let fault as RequestFault: problem(for: fault)
        case let refusal as AccessRefusal: Problem(kind(of: refusal))
        case let refusal as Refusal: problem(for: refusal, log: log)
        default: problem(for: RegisterTrouble(error), log: log)
        }
    }

    static func status(of kind: ProblemKind) -> HTTPResponse.Status {
        switch kind {
        case .malformedRequest, .parameterUnknown, .parameterDoubled, .parameterMissing, .parameterInvalid, .cursorInvalid: .badRequest
        case .unauthenticated: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .notAcceptable: .notAcceptable
        case .conflict: .conflict
        case .bodyNotTaken: .contentTooLarge
        case .targetTooLong: .uriTooLong
        case .tooManyRequests: .tooManyRequests
        case .failed: .internalServerError
        case .busy, .unavailable, .deadlinePassed: .serviceUnavailable
        }
    }

    static func kind(of refusal: AccessRefusal) -> ProblemKind {
        switch refusal {
        case .unauthenticated: .unauthenticated
        case .forbidden: .forbidden
        case .notFound: .notFound
        }
    }

    static func problem(for fault: RequestFault) -> Problem {
        switch fault {
        case .malformedTarget: Problem(.malformedRequest)
        case .malformedAuthorization: Problem(.unauthenticated)
        case .targetTooLong: Problem(.targetTooLong)
        case .bodyNotTaken: Problem(.bodyNotTaken)
        case .parameterUnknown(let name): Problem(.parameterUnknown, parameter: shortened(name))
        case .parameterDoubled(let name): Problem(.parameterDoubled, parameter: name)
        case .parameterMissing(let name): Problem(.parameterMissing, parameter: name)
        case .parameterInvalid(let name, let valid): Problem(.parameterInvalid, parameter: name, valid: valid)
        case .cursorInvalid: Problem(.cursorInvalid, parameter: "cursor")
        case .notFound: Problem(.notFound)
        case .methodNotAllowed: Problem(.methodNotAllowed)
        case .notAcceptable: Problem(.notAcceptable)
        case .tooManyRequests(let seconds): Problem(.tooManyRequests, retryAfter: seconds)
        case .deadlinePassed: Problem(.deadlinePassed, retryAfter: 5)
        }
    }

    static func problem(for trouble: RegisterTrouble, log: String) -> Problem {
        switch trouble {
        case .busy: Problem(.busy, retryAfter: 1)
        case .unavailable: Problem(.unavailable, retryAfter: 5)
        case .cancelled: Problem(.deadlinePassed, retryAfter: 5)
        case .internal: Problem(.failed, log: log)
        }
    }

    /// A refusal by a rule of the domain. That something is not there is told like everything else that is not there.
    static func problem(for refusal: Refusal, log: String) -> Problem {
        switch kind(of: refusal.rule) {
        case .notFound: Problem(.notFound)
        case .failed: Problem(.failed, log: log)
        case let kind: Problem(kind, refusal: RuleRefusal(refusal: refusal))
        }
    }

    static func kind(of rule: Rule) -> ProblemKind {
        switch rule {
        case .unknownOrganisation, .unknownDecision, .unknownAgreement, .unknownInvoice, .unknownCreditNote, .unknownInvoiceLine,
            .unknownPerson, .unknownRecord, .unknownProduct, .unknownProject, .unknownPledge, .unknownGroup, .unknownSeat, .unknownMeeting,
            .unknownRateSheet, .unknownComponent, .unknownRun, .unknownScenario, .unknownToken:
            .notFound
        // What was asked with is not what it should be.
        case .nameMismatch, .cvrInvalid, .glnInvalid, .emailInvalid, .textInvalid, .dateInvalid, .amountInvalid, .amountNotPositive,
            .noticeMonthsInvalid,
            .versionInvalid, .linkInvalid, .settingInvalid, .percentageInvalid, .targetTooFar, .fileMissing, .fileUnknown, .fileUnreadable,
            .fileEncoding, .fileTooLarge, .csvMalformed, .yamlMalformed, .columnMissing, .columnUnknown, .columnDoubled, .rowRagged,
            .rowDoubled, .cellTooLong, .valueMissing, .valueUnknown, .fieldsExclusive, .numberInvalid, .tokenScopeInvalid, .tokenLife,
            .fractionInvalid, .vatRateUnfit, .floorAboveCap, .paperEmpty, .noFolder, .noticeInFuture, .dayInFuture,
            .changeOutsideYear:
            .parameterInvalid
        // What the register keeps true by itself, found untrue while reading.
        case .documentUnbalanced, .seriesGap, .actorMissing, .recordInvalid, .postedIsFinal, .preparedIsFinal:
            .failed
        case .ambiguousOrganisation, .cvrTaken, .codeTaken, .importIdentifierTaken, .primaryContactTaken, .overlappingContact,
            .associationExists,
            .productNameTaken, .productNameReserved, .overlappingSupplierRole, .illegalMove, .overlappingAgreement,
            .liveAgreementExists, .notEligible, .signedOutOfOrder, .endBeforeStart, .noticeBeforeStart, .noticeAnyDay,
            .lastDayMismatch, .passiveOnlyOnProducts, .formOutsideTerm, .projectNameTaken, .pledgeExists, .pledgeAfterDeadline,
            .pledgeBinding, .pledgeNotOwed, .pledgeNotInvoiced, .pledgePaid, .paidWithoutProof, .withdrawnBeforePledged,
            .successionConflict,
            .successionOfItself, .predecessorTwice, .groupNameTaken, .groupKindTaken, .groupKindStays, .groupProductUnfit, .groupNotThere,
            .groupFull,
            .assemblyWithoutSeats, .overlappingSeat,
            .ambiguousSeat, .chairTaken, .roleWithoutVotes, .notAnAlternate, .meetingExists, .meetingNotHeld, .calledAfterMeeting,
            .noSeatThatDay, .commissionExists, .indexAmountMismatch, .settingMissing, .overlappingVATRule, .overlappingRateSheet,
            .overlappingRateRow, .overlappingBrackets, .ratePeriodNotWhole, .rateRowOutsideSheet, .lateChangesMissing,
            .fractionOfFraction, .stepsInvalid, .weightsAllZero, .priceUnfit, .priceModelChangesInside, .overlappingPlacement,
            .frozenByDecision, .notFrozen, .figuresAmbiguous, .stalePreview, .warningNotAccepted, .runFirst, .keyParked, .noReceiver,
            .noReference, .creditExceedsInvoiced, .creditBeforeInvoice, .alreadyPosted, .lineLimit, .fourEyes, .approvedByPreparer,
            .alreadyApproved,
            .runPosted, .notApproved, .scenarioNameTaken, .runReversed, .runNotReversible, .amountOutOfRange, .tokenRevoked,
            .tokenRoleUnfit, .tokenWithoutPlace:
            .conflict
        }
    }

    /// A name that somebody made up is repeated only so far.
    private static func shortened(_ name: String) -> String { String(String.UnicodeScalarView(name.unicodeScalars.prefix(40))) }
}
