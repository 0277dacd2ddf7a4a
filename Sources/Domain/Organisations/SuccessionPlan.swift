/// What a succession of organisations would do, worked out before it is done (DOMAIN §2 and §3, rule 15).
public struct SuccessionPlan: Sendable, Hashable {
    public let predecessors: [OrganisationRecord]
    public let successor: OrganisationRecord
    /// The first day on which the successor stands in their place.
    public let day: CivilDate
    public let agreements: [AgreementStep]
    public let contacts: [ContactStep]
    public let seats: [SeatStep]
    /// Roles on products that go over, unless the successor has them already.
    public let supplierRoles: [SupplierRoleRecord]
    /// Invoices of the predecessors with something left to credit: corrections of them go to the successor from the day on.
    public let documents: [OpenDocument]
    /// Credits by hand on the predecessors' keys, which stay with those keys.
    public let adjustments: [AdjustedKey]
    public let conflicts: [SuccessionConflict]
    /// Why it cannot be carried out; nothing where no conflict is open.
    public var refusal: Refusal? { conflicts.isEmpty ? nil : Refusal(.successionConflict, facts: conflicts.map(\.fact)) }

    /// The predecessors have nothing that anybody could take over.
    public var isEmpty: Bool {
        agreements.isEmpty && contacts.isEmpty && seats.isEmpty && supplierRoles.isEmpty && documents.isEmpty && adjustments.isEmpty
    }

    package init(
        predecessors: [OrganisationRecord], successor: OrganisationRecord, day: CivilDate, agreements: [AgreementStep],
        contacts: [ContactStep], seats: [SeatStep], supplierRoles: [SupplierRoleRecord], documents: [OpenDocument],
        adjustments: [AdjustedKey],
        conflicts: [SuccessionConflict]
    ) {
        self.predecessors = predecessors
        self.successor = successor
        self.day = day
        self.agreements = agreements
        self.contacts = contacts
        self.seats = seats
        self.supplierRoles = supplierRoles
        self.documents = documents
        self.adjustments = adjustments
        self.conflicts = conflicts
    }

    /// What becomes of one agreement.
    public struct AgreementStep: Sendable, Hashable {
        public let agreement: AgreementRecord
        public let fate: AgreementFate

        package init(agreement: AgreementRecord, fate: AgreementFate) {
            self.agreement = agreement
            self.fate = fate
        }
    }

    public enum AgreementFate: String, Sendable, CaseIterable {
        /// It ends the day before, and its terms go on in the successor's new agreement.
        case goesOver
        /// It ends the day before, and another's terms go on.
        case merges
        /// The successor's own, which goes on as it is.
        case goesOn
        /// Its end was notified before: it ends by itself and does not go over.
        case endsByItself
    }

    /// What becomes of one contact role.
    public struct ContactStep: Sendable, Hashable {
        public let organisationName: String
        public let contact: ContactRecord
        /// The role at the successor; nothing where the person has it there already.
        public let role: ContactRole?
        /// The contact role's row.
        package let row: Int64

        package init(organisationName: String, contact: ContactRecord, role: ContactRole?, row: Int64) {
            self.organisationName = organisationName
            self.contact = contact
            self.role = role
            self.row = row
        }
    }

    /// What becomes of one seat in a group.
    public struct SeatStep: Sendable, Hashable {
        /// The predecessor's.
        public let seat: Seat
        /// Does it go over? It does not where the person has it for the successor already.
        public let goesOver: Bool
        /// Will the successor have two persons on the board? A finding for afterwards, and nothing in the way.
        public let isSecondOnBoard: Bool
        /// The last day of the term the person was elected for, which goes on.
        package let electedUntil: CivilDate?

        package init(seat: Seat, goesOver: Bool, isSecondOnBoard: Bool, electedUntil: CivilDate?) {
            self.seat = seat
            self.goesOver = goesOver
            self.isSecondOnBoard = isSecondOnBoard
            self.electedUntil = electedUntil
        }
    }

    /// An invoice with something left on it.
    public struct OpenDocument: Sendable, Hashable {
        public let number: Int64
        public let organisationName: String
        public let issuedOn: CivilDate
        /// Net, less what was credited.
        public let left: Money

        package init(number: Int64, organisationName: String, issuedOn: CivilDate, left: Money) {
            self.number = number
            self.organisationName = organisationName
            self.issuedOn = issuedOn
            self.left = left
        }
    }

    /// A credit by hand on a key.
    public struct AdjustedKey: Sendable, Hashable {
        public let organisationName: String
        public let amount: Money
        public let reason: String

        package init(organisationName: String, amount: Money, reason: String) {
            self.organisationName = organisationName
            self.amount = amount
            self.reason = reason
        }
    }
}

/// Why a succession cannot be carried out as it is asked for.
public struct SuccessionConflict: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        /// Several live agreements on one subject, and nobody said whose terms hold.
        case severalAgreements
        /// A draft, or one sent or signed: it is to be brought into force or cancelled first.
        case onItsWay
        /// It begins on the day or later, so there is nothing to end the day before.
        case beginsLater
        /// The successor's own agreement ends on the day or later; another one on the subject cannot stand beside it before it has ended.
        case ownIsEnding
        /// The agreement to keep is none of those that are concerned.
        case keepsNothing
        /// An organisation of its kind cannot have such an agreement.
        case notEligible
        /// The predecessor's place is taken already.
        case alreadySucceeded
        /// The successor's own place is taken.
        case successorSucceeded
        /// The successor would in the end succeed itself.
        case circle
    }

    public let kind: Kind
    /// An organisation's name, or an agreement with its organisation and subject.
    public let about: [String]

    package init(_ kind: Kind, _ about: [String]) {
        self.kind = kind
        self.about = about
    }
}

extension SuccessionConflict {
    private static let separator: Character = "\u{1F}"

    /// The conflict as one fact of a refusal.
    public var fact: String { ([kind.rawValue] + about).joined(separator: String(SuccessionConflict.separator)) }

    public init?(fact: String) {
        let parts = fact.split(separator: SuccessionConflict.separator, omittingEmptySubsequences: false).map(String.init)
        guard let kind = parts.first.flatMap({ Kind(rawValue: $0) }) else { return nil }
        self.init(kind, Array(parts.dropFirst()))
    }
}
