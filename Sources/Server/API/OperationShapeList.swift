extension OperationShape {
    /// Every operation of the document, in its order. A test compares the two both ways.
    package static let all: [OperationShape] = [
        .getOpenAPI, .getService, .getCaller, .search, .listOrganisations, .getOrganisation, .getLookup, .findLookup,
        .listOrganisationGroups, .listOrganisationAgreements, .listOrganisationContacts, .listOrganisationProductContacts,
        .listOrganisationInvoices, .getExpectedAmounts, .listOrganisationInhabitants, .listInhabitants, .listPeople, .getPerson,
        .listContactRoles, .listAgreements, .getAgreement, .listAgreementDocuments, .getAgreementDocument, .listPledges,
        .listProducts, .getProduct, .listProductSuppliers, .listSuppliers, .getProductRateSheet, .listRateSheets, .getRateSheet,
        .listDecisions, .getDecision, .listGroups, .getGroup, .listGroupSeats, .listGroupMeetings, .listSeats, .listMeetings,
        .getMeeting, .listInvoices, .getInvoice, .explainInvoice, .getInvoiceDocument, .listCreditNotes, .getCreditNote,
        .explainCreditNote, .getCreditNoteDocument, .listInvoiceRuns, .getInvoiceRun, .listAuditEntries, .listAccessEntries,
    ]
}
