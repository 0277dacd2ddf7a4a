/// An agreement as the register holds it.
public struct AgreementRecord: Sendable, Hashable {
    public let id: Identifier<Agreement>
    public let organisation: Identifier<Organisation>
    public let organisationName: String
    public let organisationCVR: CVRNumber?
    public let subject: Subject
    /// The name of the product it is about; nothing for the other subjects.
    public let productName: String?
    public let terms: AgreementTerms
    public let life: AgreementLife
    /// The reference of the decision behind an exclusion or a succession, or behind an end that fell away.
    public let decision: String?
    /// The agreements of predecessors that this one continues after a succession, by number.
    public let takenOverFrom: [Identifier<Agreement>]

    package init(
        id: Identifier<Agreement>, organisation: Identifier<Organisation>, organisationName: String, organisationCVR: CVRNumber?,
        subject: Subject, productName: String?, terms: AgreementTerms, life: AgreementLife, decision: String?,
        takenOverFrom: [Identifier<Agreement>]
    ) {
        self.id = id
        self.organisation = organisation
        self.organisationName = organisationName
        self.organisationCVR = organisationCVR
        self.subject = subject
        self.productName = productName
        self.terms = terms
        self.life = life
        self.decision = decision
        self.takenOverFrom = takenOverFrom
    }

    /// `association`, `supplier` or the product's name, which can be neither: what people read and write.
    public var subjectName: String { productName ?? subject.description }

    /// The life after a move, by the rule of this agreement's subject and terms.
    ///
    /// - Throws: ``Refusal`` as ``AgreementLife/after(_:ending:)``.
    public func life(after move: AgreementMove) throws(Refusal) -> AgreementLife { try life.after(move, ending: terms.ending(subject)) }

    /// The same record as its life is on a day.
    package func settled(on today: CivilDate) -> AgreementRecord { with(life.settled(on: today)) }

    /// The same record as its life stood on a day: ``AgreementLife/asOf(_:)``.
    package func asOf(_ day: CivilDate) -> AgreementRecord { with(life.asOf(day)) }

    private func with(_ life: AgreementLife) -> AgreementRecord {
        AgreementRecord(
            id: id, organisation: organisation, organisationName: organisationName, organisationCVR: organisationCVR, subject: subject,
            productName: productName, terms: terms, life: life, decision: decision, takenOverFrom: takenOverFrom)
    }
}

/// A signed paper that is kept with an agreement.
public struct AgreementDocumentRecord: Sendable, Hashable {
    public let fileName: String
    public let bytes: Int32
    /// 64 hexadecimal digits.
    public let sha256: String

    package init(fileName: String, bytes: Int32, sha256: String) {
        self.fileName = fileName
        self.bytes = bytes
        self.sha256 = sha256
    }
}
