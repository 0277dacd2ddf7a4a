public import Domain

// The public shapes of successions: as planned, and as recorded.

extension SuccessionPlan {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.name("successor")
            successor.write(to: &$0)
            $0.name("predecessors")
            $0.array { for predecessor in predecessors { predecessor.write(to: &$0) } }
            $0.member("on", day)
            $0.name("agreements")
            $0.array { for step in agreements { step.write(to: &$0) } }
            $0.name("contacts")
            $0.array { for step in contacts { step.write(to: &$0) } }
            $0.name("seats")
            $0.array { for step in seats { step.write(to: &$0) } }
            $0.name("supplierRoles")
            $0.array { for role in supplierRoles { role.write(to: &$0) } }
            $0.name("documents")
            $0.array { for document in documents { document.write(to: &$0) } }
            $0.name("adjustments")
            $0.array { for adjustment in adjustments { adjustment.write(to: &$0) } }
            $0.name("conflicts")
            $0.array { for conflict in conflicts { conflict.write(to: &$0) } }
        }
    }
}

extension SuccessionPlan.AgreementStep {
    fileprivate func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("fate", fate.rawValue)
            $0.name("agreement")
            agreement.write(to: &$0)
        }
    }
}

extension SuccessionPlan.ContactStep {
    /// `newRole` is null where the person has the role at the successor already.
    fileprivate func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("organisation", organisationName)
            $0.member("newRole", role?.rawValue)
            $0.name("contact")
            contact.write(to: &$0)
        }
    }
}

extension SuccessionPlan.SeatStep {
    /// `goesOver` is false where the person has the seat for the successor already.
    fileprivate func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("goesOver", goesOver)
            $0.member("finding", isSecondOnBoard ? GroupFinding.Kind.twoBoardSeats.rawValue : nil)
            $0.name("seat")
            seat.write(to: &$0)
        }
    }
}

extension SuccessionPlan.OpenDocument {
    fileprivate func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("invoice", number)
            $0.member("organisation", organisationName)
            $0.member("issuedOn", issuedOn)
            $0.member("leftMinor", left)
        }
    }
}

extension SuccessionPlan.AdjustedKey {
    fileprivate func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("organisation", organisationName)
            $0.member("amountMinor", amount)
            $0.member("reason", reason)
        }
    }
}

extension SuccessionConflict {
    fileprivate func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("conflict", kind.rawValue)
            $0.name("about")
            $0.array { for text in about { $0.string(text) } }
        }
    }
}

extension SuccessionRecord {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("predecessor", predecessorName)
            $0.member("predecessorId", predecessor.value)
            $0.member("successor", successorName)
            $0.member("successorId", successor.value)
            $0.member("on", day)
            $0.member("decision", decision)
        }
    }
}
