public import Domain

// The public shapes of projects and their pledges.

extension ProjectRecord {
    /// `standingMinor` and `state` are those of a day.
    public func write(to json: inout CanonicalJSON, on today: CivilDate) throws(ArithmeticOverflow) {
        let (state, sum, reached) = (try standing.state(on: today), try sum(on: today), try standing.reachedOn())
        json.object {
            $0.member("project", name)
            $0.member("product", productName)
            $0.member("targetMinor", target)
            $0.member("deadline", deadline)
            $0.member("decision", decision)
            $0.member("state", state.rawValue)
            $0.member("standingMinor", sum)
            $0.member("reachedOn", reached)
            $0.name("pledges")
            $0.array { for pledge in pledges { pledge.write(to: &$0) } }
        }
    }
}

extension PledgeRecord: CSVRow {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("pledge", id.value)
            $0.member("project", projectName)
            $0.member("projectId", project.value)
            $0.organisation(cvr: organisationCVR, id: organisation, name: organisationName)
            $0.member("amountMinor", amount)
            $0.member("pledgedOn", pledgedOn)
            $0.member("withdrawnOn", withdrawnOn)
            $0.member("paidOn", paidOn)
            $0.member("proof", proof)
            $0.member("joiningFeeReduction", reduction.rawValue)
            $0.member("decision", decision)
        }
    }

    public static var csvHeader: [String] {
        [
            "pledge", "project", "projectId", "organisation", "organisationId", "name", "amount", "pledgedOn", "withdrawnOn", "paidOn",
            "proof",
            "joiningFeeReduction", "decision",
        ]
    }

    public var csvCells: [String] {
        [
            id.description, projectName, project.description, cell(organisationCVR), organisation.description, organisationName,
            amount.description, pledgedOn.description, cell(withdrawnOn), cell(paidOn), cell(proof), reduction.rawValue, decision,
        ]
    }
}
