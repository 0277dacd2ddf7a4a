import Domain

/// Sorts the agreements of predecessors and successor by what a succession makes of them.
struct AgreementPlanning {
    let successor: OrganisationRecord
    let day: CivilDate
    let kept: Set<Identifier<Agreement>>
    private var steps: [SuccessionPlan.AgreementStep] = []
    private var conflicts: [SuccessionConflict] = []
    /// Those in force on the day, by subject, the predecessors' first.
    private var lasting: [Subject: [AgreementRecord]] = [:]
    private var subjects: [Subject] = []
    /// The successor's own, sent, signed or about to end, which a new agreement on the subject could not stand beside.
    private var inTheWay: [(agreement: AgreementRecord, kind: SuccessionConflict.Kind)] = []

    init(successor: OrganisationRecord, day: CivilDate, kept: Set<Identifier<Agreement>>) {
        self.successor = successor
        self.day = day
        self.kept = kept
    }

    mutating func add(_ agreements: [AgreementRecord], of party: OrganisationRecord) {
        let isSuccessor = party.id == successor.id
        for agreement in agreements {
            switch agreement.life.state {
            case .draft:
                if !isSuccessor { conflicts.append(SuccessionConflict(.onItsWay, [agreement.title])) }
            case .sent, .signed:
                if isSuccessor {
                    inTheWay.append((agreement, .onItsWay))
                } else {
                    conflicts.append(SuccessionConflict(.onItsWay, [agreement.title]))
                }
            case .active, .noticeGiven, .ended:
                guard let term = agreement.life.term else { continue }
                if let last = term.last, last < day {
                    if agreement.life.state == .ended { continue }
                    if isSuccessor {
                        inTheWay.append((agreement, .ownIsEnding))
                    } else {
                        steps.append(SuccessionPlan.AgreementStep(agreement: agreement, fate: .endsByItself))
                    }
                } else if !isSuccessor, term.first >= day {
                    conflicts.append(SuccessionConflict(.beginsLater, [agreement.title]))
                } else {
                    if lasting[agreement.subject] == nil { subjects.append(agreement.subject) }
                    lasting[agreement.subject, default: []].append(agreement)
                }
            case .cancelled, .voided: continue
            }
        }
    }

    /// Every agreement with what becomes of it, and every conflict among them.
    func result() -> ([SuccessionPlan.AgreementStep], [SuccessionConflict]) {
        var (steps, conflicts) = (steps, conflicts)
        var unused = kept
        for subject in subjects {
            let all = lasting[subject] ?? []
            let own = all.first { $0.organisation == successor.id }
            unused.subtract(all.map(\.id))
            // What only the successor has is not concerned.
            guard all.contains(where: { $0.organisation != successor.id }) else { continue }
            let named = all.filter { kept.contains($0.id) }
            let holding = named.count == 1 ? named.first : all.count == 1 ? all.first : nil
            guard let holding else {
                conflicts.append(SuccessionConflict(.severalAgreements, all.map(\.title)))
                steps += all.map { SuccessionPlan.AgreementStep(agreement: $0, fate: .merges) }
                continue
            }
            if let own, let first = own.life.term?.first, own.id == holding.id ? first > day : first >= day {
                conflicts.append(SuccessionConflict(.beginsLater, [own.title]))
            }
            if own == nil {
                conflicts += inTheWay.filter { $0.agreement.subject == subject }.map { SuccessionConflict($0.kind, [$0.agreement.title]) }
            }
            do throws(Refusal) {
                try Agreements.checkEligible(successor.kind, named: successor.name, for: subject)
            } catch {
                conflicts.append(SuccessionConflict(.notEligible, [successor.name, holding.subjectName]))
            }
            steps += all.map { agreement in
                let fate: SuccessionPlan.AgreementFate =
                    agreement.id != holding.id ? .merges : agreement.organisation == successor.id ? .goesOn : .goesOver
                return SuccessionPlan.AgreementStep(agreement: agreement, fate: fate)
            }
        }
        for id in unused.sorted() { conflicts.append(SuccessionConflict(.keepsNothing, [id.description])) }
        return (steps, conflicts)
    }
}

extension AgreementRecord {
    /// Number, organisation and subject, to point at in a plan.
    fileprivate var title: String { "\(id) \(organisationName), \(subjectName)" }
}
