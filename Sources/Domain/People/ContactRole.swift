/// What a person is to an organisation. One primary contact at a time; the others may be several.
public enum ContactRole: String, Sendable, CaseIterable {
    /// The member's one way in (*primær kontaktperson*).
    case primary
    /// Answers for invoices.
    case billing
    /// Has power to sign agreements (*tegningsberettiget*).
    case signatory
    case technical
}
