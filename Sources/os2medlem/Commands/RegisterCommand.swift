import ArgumentParser
import Domain
import Interchange
import Registry

struct RegisterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register", abstract: "Register a member, from the signed application to the profile, in one step.",
        discussion: """
            The organisation is found by CVR number, municipality code or name, and made when it is new. With the chair's signature the agreement is
            in force from --first-day (default: the day of the countersignature); without it the agreement waits as signed.
            """)
    @OptionGroup var options: GlobalOptions
    @Option(help: "Whole name.") var name: String
    @Option(help: "municipality, region, stateBody or otherPublicBody.") var kind = OrganisationKind.municipality.rawValue
    @Option(help: "CVR number.") var cvr: String?
    @Option(help: "Municipality code, four digits.") var municipalityCode: String?
    @Option(help: "EAN/GLN number for invoices.") var gln: String?
    @Option(help: "Personal or department reference for invoices.") var reference: String?
    @Option(help: "Order number for invoices.") var orderNumber: String?
    @Option(help: "Account string for invoices.") var accountString: String?
    @Option var street: String?
    @Option var postalCode: String?
    @Option var city: String?
    @Option(help: "The primary contact's name.") var contactName: String?
    @Option(help: "The primary contact's e-mail address.") var contactEmail: String?
    @Option(help: "The primary contact's telephone number.") var contactPhone: String?
    @Option(help: "Who signed for the organisation.") var signedBy: String
    @Option(help: "As what.") var signerTitle: String
    @Option(help: "When. Default: today.") var signedOn: CivilDate?
    @Option(help: "The board's chair, when the agreement is countersigned.") var countersignedBy: String?
    @Option(help: "The chair's title.") var countersignerTitle = Signature.chairTitle
    @Option(help: "When. Default: today.") var countersignedOn: CivilDate?
    @Option(help: "First day in force. Default: the day of the countersignature.") var firstDay: CivilDate?
    @Option(help: "The signed paper, kept with its SHA-256.") var document: String?

    func run() async throws {
        let today = try options.day()
        let location = SourceLocation(file: "register", line: 1, column: 1)
        guard let kind = OrganisationKind(rawValue: kind) else {
            throw Refusal(.valueUnknown, "--kind", kind, OrganisationKind.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let organisation = OrganisationDraft(
            location: location, id: nil, kind: kind, name: name, cvr: try parsed(cvr, .cvrInvalid) { CVRNumber($0) },
            municipalityCode: municipalityCode, regionCode: nil,
            address: PostalAddress(street: street, postalCode: postalCode, city: city), glns: [],
            billing: BillingContact(
                gln: try parsed(gln, .glnInvalid) { GLN($0) }, reference: reference, orderNumber: orderNumber, accountString: accountString)
        )
        var contact: PersonDraft?
        if let contactEmail {
            guard let email = EmailAddress(contactEmail) else { throw Refusal(.emailInvalid, contactEmail) }
            contact = PersonDraft(location: location, name: contactName ?? contactEmail, email: email, phone: contactPhone)
        }
        let paper = try document.map { try SignedPaper.read($0) }
        let application = MembershipApplication(
            organisation: organisation, contact: contact,
            signature: Signature(name: signedBy, title: signerTitle, date: signedOn ?? today),
            countersignature: countersignedBy.map { Signature(name: $0, title: countersignerTitle, date: countersignedOn ?? today) },
            firstDay: firstDay, document: paper)
        try await options.withSession { session in
            let agreement = try await session.perform("register") { try await Registration.register(application, in: $0) }
            try AgreementCommand.printList([agreement], in: session)
        }
    }

    private func parsed<Value>(_ text: String?, _ rule: Rule, _ parse: (String) -> Value?) throws -> Value? {
        guard let text else { return nil }
        guard let value = parse(text) else { throw Refusal(rule, text) }
        return value
    }
}
