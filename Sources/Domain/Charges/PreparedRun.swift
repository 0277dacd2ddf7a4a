/// A run that one person prepares and another approves before somebody posts it (the dated setting *four eyes*).
public struct PreparedRun: Sendable, Hashable {
    /// How far it has come.
    public enum State: String, Sendable, CaseIterable {
        case prepared, approved, posted
        /// Posting it would be refused: the outcome would be another by now.
        case stale
    }

    public let id: Int64
    public let target: BillingPeriod
    public let scope: ChargeScope
    /// The posted run it takes back; nothing for a run that charges.
    public let reverses: Int64?
    /// What was seen; nothing else may be posted.
    public let inputs: RunHash
    /// The codes of the warnings that were accepted.
    public let accepted: [String]
    public let preparedBy: String
    public let preparedOn: CivilDate
    public let approvedBy: String?
    public let approvedOn: CivilDate?
    /// The run it was posted as.
    public let run: Int64?

    package init(
        id: Int64, target: BillingPeriod, scope: ChargeScope, reverses: Int64?, inputs: RunHash, accepted: [String], preparedBy: String,
        preparedOn: CivilDate, approvedBy: String?, approvedOn: CivilDate?, run: Int64?
    ) {
        self.id = id
        self.target = target
        self.scope = scope
        self.reverses = reverses
        self.inputs = inputs
        self.accepted = accepted
        self.preparedBy = preparedBy
        self.preparedOn = preparedOn
        self.approvedBy = approvedBy
        self.approvedOn = approvedOn
        self.run = run
    }

    /// What it shares with runs that were posted.
    public var preparation: RunPreparation {
        RunPreparation(
            target: target, scope: scope.description, reverses: reverses, inputs: inputs, accepted: accepted, preparedBy: preparedBy,
            preparedOn: preparedOn, approvedBy: approvedBy, approvedOn: approvedOn)
    }
}
