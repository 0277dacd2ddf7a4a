/// A joining fee that paid pledges reduced to nothing: there is no line, and people want to see why (rule 14).
public struct Waiver: Sendable, Hashable {
    public let key: ChargeKey
    public let derivation: JoiningFeeDerivation

    /// Is an invoice's line what the same agreement is charged for the period in which the fee fell due? That invoice tells of the fee as well, because
    /// there its reader looks for it.
    package func isTold(beside line: DraftLine) -> Bool {
        line.key.organisation == key.organisation && line.key.subject == key.subject
            && (line.key.period?.days.contains(derivation.dueOn) ?? false)
    }
}

extension DraftDocument {
    /// The fees that the document tells of, out of those that were waived for its receiver.
    package func told(of waived: [Waiver]) -> [Waiver] {
        kind == .invoice ? waived.filter { waiver in lines.contains(where: waiver.isTold(beside:)) } : []
    }
}

// The stored form: beside its document, as a derivation is beside its line.

extension Waiver: Decodable {
    private enum Member: String, CodingKey { case account, subject, derivation }

    package func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("account", key.organisation.value)
            $0.member("subject", key.subject.description)
            $0.value("derivation") { derivation.write(to: &$0) }
        }
    }

    /// Recomputes while reading: one that its own facts do not waive is an error.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        guard let subject = Subject(try members.decode(String.self, forKey: .subject)) else { throw members.broken(.subject) }
        derivation = try members.decode(JoiningFeeDerivation.self, forKey: .derivation)
        guard derivation.isWaived else { throw members.broken(.derivation) }
        key = ChargeKey(
            organisation: Identifier(try members.decode(Int64.self, forKey: .account)), subject: subject, charge: .joiningFee, period: nil)
    }
}
