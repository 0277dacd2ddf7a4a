import Domain
import Postgres

// What a caller may see, as conditions on columns of a statement. The policies say the same to the database; either alone keeps organisations apart.

extension Caller {
    /// The organisations the caller speaks for.
    private var own: [Int64] { organisations.map(\.value) }

    /// The condition that a column names a group whose contact persons the caller may ask on a day: one where its organisations sit or will, or of a product
    /// they have joined or supply.
    private func asks(_ column: SQL, on today: CivilDate) -> SQL {
        // Names that no statement around it uses: a column of an outer row must stay that.
        """
        (EXISTS (
            SELECT FROM seat AS asking WHERE asking.group_id = \(column) AND asking.organisation_id = ANY (\(own)) AND NOT asking.voided
                AND coalesce(upper(asking.during) > \(today.stored), true))
        OR EXISTS (
            SELECT FROM governance_group AS asked_of JOIN agreement AS joining ON joining.subject = 'product:' || asked_of.product_id
            WHERE asked_of.id = \(column) AND joining.organisation_id = ANY (\(own)) AND joining.state IN ('active', 'noticeGiven')
                AND coalesce(upper(joining.during) > \(today.stored), true))
        OR EXISTS (
            SELECT FROM governance_group AS asked_of JOIN supplier_role AS supplying ON supplying.product_id = asked_of.product_id
            WHERE asked_of.id = \(column) AND supplying.organisation_id = ANY (\(own))
                AND coalesce(upper(supplying.during) > \(today.stored), true)))
        """
    }

    /// The condition that a column names a group that one of the caller's organisations has, or ever had, a seat in, or whose contact persons it may ask.
    func seesGroup(_ column: SQL, on today: CivilDate) -> SQL {
        """
        (\(role.seesAll) OR EXISTS (
            SELECT FROM seat AS own WHERE own.group_id = \(column) AND own.organisation_id = ANY (\(own)) AND NOT own.voided)
            OR \(asks(column, on: today)))
        """
    }

    /// The condition that one of the caller's organisations has a seat in the group that a column names, on a day.
    func sits(in column: SQL, on day: CivilDate) -> SQL {
        """
        (\(role.seesAll) OR EXISTS (
            SELECT FROM seat AS own WHERE own.group_id = \(column) AND own.organisation_id = ANY (\(own)) AND NOT own.voided
                AND own.during @> \(day.stored)))
        """
    }

    /// The condition that one of the caller's organisations sat in the group on the day of a meeting.
    ///
    /// - Parameter meeting: the name of a row of the table `meeting`.
    func seesMeeting(_ meeting: SQL) -> SQL {
        """
        (\(role.seesAll) OR EXISTS (
            SELECT FROM seat AS own WHERE own.group_id = \(meeting).group_id AND own.organisation_id = ANY (\(own)) AND NOT own.voided
                AND own.during @> \(meeting).held_on))
        """
    }

    /// The condition that a seat is one of the caller's organisations, or tells whom to ask about a group, today or later.
    ///
    /// - Parameter seat: the name of a row of the table `seat`.
    func seesSeat(_ seat: SQL, on today: CivilDate) -> SQL {
        """
        (\(sees("\(seat).organisation_id")) OR (\(seat).role IN ('contact', 'productCoordinator')
            AND coalesce(upper(\(seat).during) > \(today.stored), true) AND \(asks("\(seat).group_id", on: today))))
        """
    }

    /// The condition that a column names somebody of the caller's organisations, or somebody to ask about a group or a product.
    func seesPerson(_ column: SQL, on today: CivilDate) -> SQL {
        """
        (\(role.seesAll)
            OR EXISTS (SELECT FROM contact_role AS held WHERE held.person_id = \(column) AND held.organisation_id = ANY (\(own)))
            OR EXISTS (SELECT FROM seat AS held WHERE held.person_id = \(column) AND NOT held.voided AND \(seesSeat("held", on: today)))
            OR (\(role.isOfOrganisation) AND EXISTS (SELECT FROM product AS led WHERE led.coordinator_id = \(column))))
        """
    }

    /// Whether the caller may see who coordinates a product.
    var seesCoordinators: Bool { role.seesAll || role.isOfOrganisation }

    /// The condition that an organisation is one of the caller's, the one that keeps the register, supplies a product, or employs somebody to ask.
    ///
    /// - Parameter organisation: the name of a row of the table `organisation`.
    func seesOrganisation(_ organisation: SQL, on today: CivilDate) -> SQL {
        """
        (\(sees("\(organisation).id")) OR \(organisation).kind = 'association'
            OR EXISTS (SELECT FROM supplier_role AS held WHERE held.organisation_id = \(organisation).id)
            OR EXISTS (SELECT FROM seat AS held
                WHERE held.organisation_id = \(organisation).id AND NOT held.voided AND \(seesSeat("held", on: today))))
        """
    }

    /// The condition that a column names a decision behind a price, which is published, or behind something the caller may see.
    func seesDecision(_ column: SQL, on today: CivilDate) -> SQL {
        """
        (\(role.seesAll)
            OR EXISTS (SELECT FROM rate_sheet AS made WHERE made.decision_id = \(column))
            OR EXISTS (SELECT FROM rate_row AS made WHERE made.decision_id = \(column))
            OR EXISTS (SELECT FROM dues_rate AS made WHERE made.decision_id = \(column))
            OR EXISTS (SELECT FROM agreement AS made WHERE made.end_decision_id = \(column) AND made.organisation_id = ANY (\(own)))
            OR EXISTS (SELECT FROM pledge AS made WHERE made.decision_id = \(column) AND made.organisation_id = ANY (\(own)))
            OR EXISTS (SELECT FROM governance_group AS made WHERE made.decision_id = \(column) AND \(seesGroup("made.id", on: today)))
            OR EXISTS (SELECT FROM seat AS made WHERE made.decision_id = \(column) AND \(seesSeat("made", on: today))))
        """
    }
}

/// What a list of nouns with names is sorted by.
public enum ListOrder: Sendable, Hashable {
    /// By number, so that a renamed row is neither left out nor shown twice between two pages.
    case number
    /// By name in Danish order, Æ, Ø and Å last.
    case name

    /// What ``Listing`` sorts by before the key.
    ///
    /// - Parameter likeness: comes before that, where somebody looks for a text: ``FoldedText/likeness(to:of:numbers:)``.
    func column(_ name: SQL, after likeness: SQL? = nil) -> SQL? {
        switch self {
        case .number: likeness
        case .name: likeness.map { "\($0), \(name) COLLATE \"da-x-icu\"" } ?? "\(name) COLLATE \"da-x-icu\""
        }
    }
}

extension Row {
    /// `o.id, o.cvr, o.name`.
    mutating func organisationName() throws(DecodingFailure) -> OrganisationName {
        OrganisationName(
            id: try identifier(), cvr: try optional(try next(String?.self)) { CVRNumber($0) }, name: try next())
    }
}
