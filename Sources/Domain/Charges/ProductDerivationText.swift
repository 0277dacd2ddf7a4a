// The stored form of what products and projects charge. Amounts that follow from the rest are written for readers; reading computes them again.

extension FeeDerivation {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("period", period.description)
            $0.value("policies") { policies.write(to: &$0) }
            $0.value("spells") { $0.array { for spell in spells { spell.write(to: &$0) } } }
            $0.value("rows") { $0.array { for row in rows { row.write(to: &$0) } } }
            if let size { $0.value("size") { size.write(to: &$0) } }
            if let joined { $0.member("joined", joined) }
            $0.member("amountMinor", amount)
        }
    }
}

extension FeePolicies {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("sheet", sheet.value)
            $0.value("decision") { decision.write(to: &$0) }
            $0.member("proRata", proRata.rawValue)
            $0.member("passive", passive.description)
        }
    }
}

extension RateRow {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("id", id.value)
            $0.member("component", component)
            $0.member("charge", charge.rawValue)
            term.writeMembers(to: &$0)
            $0.value("price") { price.write(to: &$0) }
            $0.value("decision") { decision.write(to: &$0) }
        }
    }
}

extension SizeFact {
    func writeMembers(to json: inout CanonicalJSON) {
        if let headcount {
            json.member("inhabitants", headcount.inhabitants)
            json.member("countedOn", headcount.countedOn)
        }
        if let placement {
            json.member("class", placement.sizeClass.rawValue)
            json.member("reason", placement.reason)
            json.value("decision") { placement.decision.write(to: &$0) }
        }
        if let refrozenBy { json.value("refrozenBy") { refrozenBy.write(to: &$0) } }
    }
}

extension SizeUse {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("year", year)
            fact.writeMembers(to: &$0)
            if let bounds { $0.member("bounds", bounds.description) }
        }
    }
}

extension ContributionDerivation {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("period", period.description)
            $0.member("isMember", rate.isMember)
            $0.member("day", rate.day)
            $0.member("ratio", rate.ratio.description)
            if let decision = rate.decision { $0.value("decision") { decision.write(to: &$0) } }
            if let fee { $0.value("fee") { fee.write(to: &$0) } }
            if let share { $0.value("share") { share.write(to: &$0) } }
            $0.member("first", livingDays.first)
            $0.member("last", livingDays.last)
            $0.member("amountMinor", amount)
        }
    }
}

extension ShareDerivation {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("period", period.description)
            $0.value("policies") { policies.write(to: &$0) }
            $0.member("lateChanges", lateChanges.rawValue)
            $0.value("spells") { $0.array { for spell in spells { spell.write(to: &$0) } } }
            if let size { $0.value("size") { size.write(to: &$0) } }
            $0.value("slices") { $0.array { for slice in slices { slice.write(to: &$0) } } }
            $0.member("amountMinor", amount)
        }
    }
}

extension ShareSlice {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("component", component)
            $0.value("totals") { json in
                json.array {
                    for total in totals {
                        $0.object {
                            $0.member("row", total.row.value)
                            total.term.writeMembers(to: &$0)
                            $0.member("totalMinor", total.total)
                            $0.value("decision") { total.decision.write(to: &$0) }
                        }
                    }
                }
            }
            $0.member("day", day)
            $0.member("form", form.rawValue)
            $0.member("measure", measure)
            switch method {
            case .part(let share):
                $0.member("weight", share.weight)
                $0.member("weightSum", share.weightSum)
                $0.member("leftover", share.leftover)
                $0.member("rank", share.rank)
            case .joinedLater(let weight, let weightSum, let units, let all):
                $0.member("weight", weight)
                $0.member("weightSum", weightSum)
                $0.member("units", units)
                $0.member("of", all)
            }
            $0.member("amountMinor", amount)
        }
    }
}

extension JoiningFeeDerivation {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("agreement", agreement.value)
            $0.member("signedOn", signedOn)
            $0.member("dueOn", dueOn)
            $0.value("rows") { $0.array { for row in rows { row.write(to: &$0) } } }
            if let size { $0.value("size") { size.write(to: &$0) } }
            $0.value("reductions") { $0.array { for reduction in reductions { reduction.write(to: &$0) } } }
            $0.member("amountMinor", amount)
        }
    }
}

extension PaidPledge {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("pledge", pledge.value)
            $0.member("project", project)
            $0.member("amountMinor", amount)
            $0.member("paidOn", paidOn)
            $0.member("proof", proof)
            $0.member("reduction", reduction.rawValue)
            $0.value("decision") { decision.write(to: &$0) }
        }
    }
}

extension PledgeDerivation {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("pledge", pledge.value)
            $0.member("project", project)
            $0.member("dueOn", dueOn)
            $0.value("decision") { decision.write(to: &$0) }
            $0.member("amountMinor", amount)
        }
    }
}
