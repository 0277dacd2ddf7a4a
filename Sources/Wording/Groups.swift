public import Domain

// Groups, roles and what is to be looked at, in words.

extension GroupKind {
    public func text(in language: Language) -> String {
        switch self {
        case .board: language("bestyrelse", "board")
        case .generalAssembly: language("generalforsamling", "general assembly")
        case .steeringGroup: language("styregruppe", "steering group")
        case .coordinationGroup: language("koordinationsgruppe", "coordination group")
        case .expertCommittee: language("fagligt udvalg", "expert committee")
        case .interestGroup: language("faggruppe", "interest group")
        }
    }
}

extension SeatRole {
    public func text(in language: Language) -> String {
        switch self {
        case .chair: language("formand", "chair")
        case .deputyChair: language("næstformand", "deputy chair")
        case .treasurer: language("kasserer", "treasurer")
        case .member: language("medlem", "member")
        case .secretary: language("sekretær", "secretary")
        case .projectManager: language("projektleder", "project manager")
        case .productCoordinator: language("produktkoordinator", "product coordinator")
        case .contact: language("kontaktperson", "contact person")
        case .observer: language("observatør", "observer")
        case .alternate: language("suppleant", "alternate")
        }
    }
}

extension GroupFinding {
    /// What is so, with its evidence. Whose group or product it is stands beside it.
    public func sentence(in language: Language) -> String {
        func fact(_ index: Int) -> String { index < facts.count ? facts[index] : "" }
        let (a, b) = (fact(0), fact(1))
        let organisation = seats.first?.organisationName ?? ""
        let person = seats.first?.personName ?? ""
        let product = productName
        return switch kind {
        case .organisationLeft:
            product.map {
                language(
                    "\(person) sidder for \(organisation), der var tilsluttet \($0) til og med \(a)",
                    "\(person) sits for \(organisation), which took part in \($0) until \(a)")
            }
                ?? language(
                    "\(person) sidder for \(organisation), der var medlem til og med \(a)",
                    "\(person) sits for \(organisation), which was a member until \(a)")
        case .notTakingPart:
            product.map {
                language(
                    "\(person) sidder for \(organisation), der ikke er tilsluttet \($0)",
                    "\(person) sits for \(organisation), which does not take part in \($0)")
            }
                ?? language(
                    "\(person) sidder for \(organisation), der ikke er medlem", "\(person) sits for \(organisation), which is not a member")
        case .termExpired:
            language(
                "\(person), \(organisation), var valgt til og med \(a)", "\(person), \(organisation), was elected until \(a)")
        case .votesNotAllowed:
            language(
                "\(person), \(organisation), har stemmer (\(a)), men må ingen have som \(GroupFinding.reason(b, in: language))",
                "\(person), \(organisation), has votes (\(a)), and may have none as a \(GroupFinding.reason(b, in: language))")
        case .noChair: language("der er ingen formand", "there is no chair")
        case .noContact: language("der er ingen kontaktperson", "there is no contact person")
        case .seatLimitExceeded:
            language("\(a) pladser er besat, og gruppen har \(b)", "\(a) seats are taken, and the group has \(b)")
        case .boardTooSmall:
            language(
                "bestyrelsen er på \(a); den er en formand og mindst fire til",
                "the board numbers \(a); it is a chair and at least four more")
        case .twoBoardSeats:
            language(
                "\(a) har flere i bestyrelsen: \(names)", "\(a) has several on the board: \(names)")
        case .boardMajorityMissing:
            language(
                "bestyrelsen har \(a) af \(b) stemmer; på niveau 3 har den flertallet (model 2016)",
                "the board holds \(a) of \(b) votes; at level 3 it holds the majority (model of 2016)")
        case .boardNotCoordinating:
            language(
                "ingen fra bestyrelsen sidder med; på niveau 3 gør mindst én det (model 2016)",
                "nobody of the board sits in; at level 3 at least one does (model of 2016)")
        case .boardNotRepresented:
            language(
                "bestyrelsen er ikke repræsenteret; på niveau 3 er den det (model 2025)",
                "the board is not represented; at level 3 it is (model of 2025)")
        case .steeringGroupNotApproved:
            language(
                "ingen beslutning fra bestyrelsen står bag; niveau \(a) kræver det",
                "no decision of the board stands behind it; level \(a) asks for one")
        case .steeringGroupMissing:
            language("der er ingen styregruppe; niveau \(a) kræver en", "there is no steering group; level \(a) asks for one")
        case .productContactMissing:
            language("der er ingen kontaktperson; niveau 1 kræver en", "there is no contact person; level 1 asks for one")
        }
    }

    private var names: String {
        var seen: Set<Identifier<Person>> = []
        return seats.filter { seen.insert($0.person).inserted }.map(\.personName).joined(separator: ", ")
    }

    private static func reason(_ code: String, in language: Language) -> String {
        SeatRole(rawValue: code)?.text(in: language) ?? language("leverandør", "supplier")
    }
}
