package import Domain
import Postgres

/// Which rule each named constraint of the schema keeps. A test compares the table with the migrated database, so that no constraint is
/// without its rule.
package enum ConstraintRules {
    /// The rule of a constraint's name.
    package static let rules: [String: Rule] = [
        "posted_is_final": .postedIsFinal,
        "credit_after_invoice": .creditBeforeInvoice,
        "actor_missing": .actorMissing,
        "setting_access_retention": .settingInvalid,
        "organisation_cvr_valid": .cvrInvalid,
        "organisation_cvr_unique": .cvrTaken,
        "organisation_municipality_code_unique": .codeTaken,
        "organisation_region_code_unique": .codeTaken,
        "organisation_import_id_unique": .importIdentifierTaken,
        "organisation_one_association": .associationExists,
        "organisation_name_text": .textInvalid,
        "organisation_street_text": .textInvalid,
        "organisation_city_text": .textInvalid,
        "billing_contact_reference": .textInvalid,
        "billing_contact_order_number": .textInvalid,
        "billing_contact_account_string": .textInvalid,
        "organisation_gln_pkey": .codeTaken,
        "organisation_gln_valid": .glnInvalid,
        "person_email_text": .emailInvalid,
        "contact_role_one_primary": .primaryContactTaken,
        "contact_role_once": .overlappingContact,
        "product_name_text": .textInvalid,
        "product_name_reserved": .productNameReserved,
        "product_name_unique": .productNameTaken,
        "product_account_text": .textInvalid,
        "product_repository_text": .textInvalid,
        "supplier_role_no_overlap": .overlappingSupplierRole,
        "agreement_import_id_unique": .importIdentifierTaken,
        "agreement_no_overlap": .overlappingAgreement,
        "agreement_one_live": .liveAgreementExists,
        "agreement_signed_in_order": .signedOutOfOrder,
        "agreement_product": .unknownProduct,
        "agreement_passive_on_product": .passiveOnlyOnProducts,
        "agreement_notice_months": .noticeMonthsInvalid,
        "project_name_text": .textInvalid,
        "project_name_unique": .projectNameTaken,
        "project_target": .amountInvalid,
        "pledge_amount": .amountInvalid,
        "pledge_once": .pledgeExists,
        "pledge_withdrawn_after": .withdrawnBeforePledged,
        "pledge_paid_with_proof": .paidWithoutProof,
        "succession_of_another": .successionOfItself,
        "succession_pkey": .successionConflict,
        "succession_no_circle": .successionConflict,
        "governance_group_name_text": .textInvalid,
        "governance_group_kind": .valueUnknown,
        "governance_group_during": .endBeforeStart,
        "governance_group_seat_limit": .numberInvalid,
        "governance_group_product": .groupProductUnfit,
        "governance_group_name_unique": .groupNameTaken,
        "governance_group_one_of_kind": .groupKindTaken,
        "governance_group_kind_stays": .groupKindStays,
        "seat_role": .valueUnknown,
        "seat_votes": .numberInvalid,
        "seat_during": .endBeforeStart,
        "seat_votes_of_role": .roleWithoutVotes,
        "seat_no_overlap": .overlappingSeat,
        "seat_one_chair": .chairTaken,
        "seat_not_in_assembly": .assemblyWithoutSeats,
        "seat_within_group": .groupNotThere,
        "meeting_called_before": .calledAfterMeeting,
        "meeting_agenda_link": .linkInvalid,
        "meeting_minutes_link": .linkInvalid,
        "meeting_once": .meetingExists,
        "commission_version": .versionInvalid,
        "commission_signed_by": .textInvalid,
        "commission_signer_title": .textInvalid,
        "commission_link": .linkInvalid,
        "commission_version_unique": .commissionExists,
        "commission_document_file_name": .textInvalid,
        "commission_document_content": .recordInvalid,
        "commission_document_once": .recordInvalid,
        "api_token_organisation": .tokenRoleUnfit,
        "api_token_scopes": .tokenScopeInvalid,
        "api_token_lives": .tokenLife,
        "api_token_revoked_once": .tokenRevoked,
        "vat_rule_no_overlap": .overlappingVATRule,
        "rate_sheet_no_overlap": .overlappingRateSheet,
        "rate_sheet_bounds": .overlappingBrackets,
        "rate_sheet_passive": .percentageInvalid,
        "rate_sheet_whole_periods": .ratePeriodNotWhole,
        "rate_sheet_late_changes_stated": .lateChangesMissing,
        "rate_row_no_overlap": .overlappingRateRow,
        "rate_row_within_sheet": .rateRowOutsideSheet,
        "rate_row_price_not_negative": .amountInvalid,
        "rate_row_price_fits_charge": .priceUnfit,
        "rate_row_model_whole_periods": .priceModelChangesInside,
        "rate_row_weights_not_all_zero": .weightsAllZero,
        "rate_row_component_text": .textInvalid,
        "size_placement_reason": .textInvalid,
        "size_placement_no_overlap": .overlappingPlacement,
        "frozen_size_decided": .frozenByDecision,
        "document_line_posted_once": .alreadyPosted,
        "document_pkey": .alreadyPosted,
        "document_series": .seriesGap,
        "document_balanced": .documentUnbalanced,
        "prepared_run_four_eyes": .approvedByPreparer,
        "prepared_run_final": .preparedIsFinal,
        "credit_within_invoice": .creditExceedsInvoiced,
        "scenario_pkey": .scenarioNameTaken,
        "scenario_name": .textInvalid,
    ]

    /// Turns a server error that names a constraint into the rule's refusal; any other integrity violation into `RECORD_INVALID` with the
    /// constraint's name. Everything else passes through.
    package static func translating<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch PostgresError.server(let error) {
            guard let constraint = error.constraint, !constraint.isEmpty else { throw PostgresError.server(error) }
            throw Refusal(rules[constraint] ?? .recordInvalid, constraint)
        } catch is ArithmeticOverflow {
            throw Refusal(.amountOutOfRange)
        } catch ChargeFault.overflow {
            throw Refusal(.amountOutOfRange)
        } catch ChargeFault.historyMissing {
            throw Refusal(.documentUnbalanced, "history")
        }
    }
}
