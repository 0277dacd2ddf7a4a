public import Domain

// The public shapes of rate sheets: amounts in whole øre, shares as fractions, days as dates.

extension PriceList.Case {
    public var sizeClass: SizeClass? { if case .sizeClass(let sizeClass) = self { sizeClass } else { nil } }

    public var participants: Int32? { if case .participants(let from) = self { from } else { nil } }
}

extension RateSheet {
    /// The members that say what holds for all of a sheet's prices.
    public func writeMembers(to json: inout CanonicalJSON) {
        json.member("from", term.first)
        json.member("to", term.last)
        json.member("frequency", frequency.rawValue)
        json.member("proRata", proRata.rawValue)
        json.member("passive", passive.description)
        json.member("lateChanges", lateChanges?.rawValue)
        json.member("carriesContribution", carriesContribution)
        json.name("bounds")
        if let bounds { bounds.write(to: &json) } else { json.null() }
        json.name("vat")
        if let vat {
            json.object {
                $0.member("category", vat.category.rawValue)
                $0.member("percent", vat.percentText)
            }
        } else {
            json.null()
        }
        json.member("decision", decision.reference)
    }
}

extension SizeBounds {
    /// The highest number of inhabitants of each class but the largest.
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("small", small)
            $0.member("medium", medium)
            $0.member("large", large)
        }
    }
}

extension RateRow {
    /// As everybody may be told it.
    public func writeMembers(to json: inout CanonicalJSON) { writeMembers(price.told, to: &json) }

    /// With the weights that were given to organisations, for the association's own people.
    public func writeWholeMembers(to json: inout CanonicalJSON) { writeMembers(price, to: &json) }

    private func writeMembers(_ price: PriceModel, to json: inout CanonicalJSON) {
        json.member("charge", charge.rawValue)
        json.member("component", component)
        json.member("from", term.first)
        json.member("to", term.last)
        json.member("decision", decision.reference)
        json.name("price")
        price.write(to: &json)
    }
}

extension PriceList {
    public func write(to json: inout CanonicalJSON, product: String) {
        json.object {
            $0.member("product", product)
            $0.member("year", year)
            $0.member("rateSheet", sheet.id.value)
            sheet.writeMembers(to: &$0)
            $0.name("contribution")
            if let contribution {
                $0.object {
                    $0.member("member", contribution.member.description)
                    $0.member("nonMember", contribution.nonMember.description)
                }
            } else {
                $0.null()
            }
            $0.name("boundsInForce")
            if let bounds { bounds.write(to: &$0) } else { $0.null() }
            $0.name("prices")
            $0.array { for line in lines { line.write(to: &$0) } }
        }
    }
}

extension PriceList.Line {
    fileprivate func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("row", row.id.value)
            row.writeMembers(to: &$0)
            $0.member("sizeClass", condition.sizeClass?.rawValue)
            $0.member("participantsFrom", condition.participants)
            $0.member("baseMinor", amounts?.base.minorUnits)
            $0.member("memberMinor", amounts?.member.minorUnits)
            $0.member("nonMemberMinor", amounts?.nonMember.minorUnits)
        }
    }
}
