/// Those who share a total with each other, each with its weight (rule 9).
///
/// A derivation holds its own participant's weight and the sum of all, which is enough to give the same øre again. Who the others are is told by
/// their lines of the same billing period.
public struct ShareCircle: Sendable, Hashable {
    public struct Member: Sendable, Hashable {
        public let organisation: Identifier<Organisation>
        public let name: String
        /// Before form and time: 1, inhabitants, or a weight.
        public let measure: Int64
        public let weight: Int64
    }

    /// The participant's own part, of which this tells the others.
    public let slice: ShareSlice
    /// By the order of the postings; the participant itself among them.
    public let members: [Member]
    /// The weight of those who share the total and have no line of it: not invoiced yet, or nothing to pay.
    public let untold: Int64

    /// Nothing where the slice's participant is none of those who share, or where the postings weigh more than they should together.
    fileprivate init?(of slice: ShareSlice, _ members: [Member]) {
        guard let sum = slice.weightSum else { return nil }
        var untold = sum
        for member in members {
            let (left, overflow) = untold.subtractingReportingOverflow(member.weight)
            if overflow || left < 0 { return nil }
            untold = left
        }
        self.slice = slice
        self.members = members
        self.untold = untold
    }
}

extension ShareSlice {
    /// The sum of the weights of all who share the total; nothing for who joined later and shares with nobody.
    fileprivate var weightSum: Int64? { if case .part(let share) = method { share.weightSum } else { nil } }

    /// Are both parts of one and the same sharing?
    fileprivate func isShared(with other: ShareSlice) -> Bool {
        guard let weightSum else { return false }
        return component == other.component && total == other.total && weightSum == other.weightSum
    }
}

/// One organisation's posting of its part of shared totals, in a run.
public struct SharePosting: Sendable {
    public let run: Int64
    public let organisation: Identifier<Organisation>
    public let name: String
    public let derivation: Derivation

    package init(run: Int64, organisation: Identifier<Organisation>, name: String, derivation: Derivation) {
        self.run = run
        self.organisation = organisation
        self.name = name
        self.derivation = derivation
    }
}

extension [SharePosting] {
    /// Who shares with a slice, as the postings of a billing period stood after a run: of each organisation its newest.
    package func circle(of slice: ShareSlice, after run: Int64) -> ShareCircle? {
        var newest: [Identifier<Organisation>: SharePosting] = [:]
        for posting in self where posting.run <= run {
            if let known = newest[posting.organisation], known.run > posting.run { continue }
            newest[posting.organisation] = posting
        }
        let members = filter { newest[$0.organisation]?.run == $0.run }.compactMap { posting -> ShareCircle.Member? in
            guard case .share(let share) = posting.derivation.basis,
                let part = share.slices.first(where: { slice.isShared(with: $0) }), case .part(let own) = part.method
            else { return nil }
            return ShareCircle.Member(
                organisation: posting.organisation, name: posting.name, measure: part.measure, weight: own.weight)
        }
        return ShareCircle(of: slice, members)
    }
}

/// Who shares a line's totals, and who shared them before it.
public struct LineCircles: Sendable, Hashable {
    public let now: [ShareCircle]
    /// Of the slices that the line's causes compare with.
    public let before: [ShareCircle]

    public static let none = LineCircles(now: [], before: [])

    private init(now: [ShareCircle], before: [ShareCircle]) {
        self.now = now
        self.before = before
    }

    /// - Parameter postings: of the line's product and billing period.
    package init(of derivation: LineDerivation, postedBy run: Int64, _ postings: [SharePosting]) {
        now = derivation.now.basis.slices.compactMap { postings.circle(of: $0, after: run) }
        before = derivation.causes.compactMap { cause in
            guard case .slice(let slice)? = cause.from, case .slice? = cause.to else { return nil }
            return postings.circle(of: slice, after: run - 1)
        }
    }
}

extension ChargeBasis {
    fileprivate var slices: [ShareSlice] { if case .share(let share) = self { share.slices } else { [] } }
}
