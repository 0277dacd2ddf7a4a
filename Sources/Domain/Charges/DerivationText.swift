extension LineDerivation {
    /// Writes the derivation in its stored form. Reading it back gives an equal value (`LineDerivation: Decodable`).
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("charge", ChargeKind.dues.rawValue)
            $0.name("dues")
            dues.write(to: &$0)
            $0.member("postedBeforeMinor", postedBefore)
            $0.name("causes")
            $0.array { for cause in causes { cause.write(to: &$0) } }
        }
    }
}

extension DuesDerivation {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("year", year.year)
            $0.name("spells")
            $0.array { for spell in spells { spell.write(to: &$0) } }
            $0.member("share", share.rawValue)
            if let price {
                $0.name("price")
                price.write(to: &$0)
            }
            if !adjustments.isEmpty {
                $0.name("adjustments")
                $0.array { for adjustment in adjustments { adjustment.write(to: &$0) } }
            }
            $0.member("owedMinor", owed)
        }
    }
}

extension Spell {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("agreement", agreement.value)
            term.writeMembers(to: &$0)
        }
    }
}

extension Term {
    func writeMembers(to json: inout CanonicalJSON) {
        json.member("first", first)
        json.member("last", last)
    }
}

extension DecisionReference {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("id", id.value)
            $0.member("reference", reference)
        }
    }
}

extension DuesPrice {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("rate", rate.value)
            $0.member("year", year)
            $0.name("decision")
            decision.write(to: &$0)
            $0.member("amountMinor", amount)
            if let index {
                $0.name("index")
                $0.object {
                    $0.member("fromMinor", index.from)
                    $0.member("previous", index.previous.description)
                    $0.member("figure", index.figure.description)
                    $0.member("computedMinor", index.computed)
                }
            }
        }
    }
}

extension Adjustment {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("id", id.value)
            $0.member("amountMinor", amount)
            $0.member("reason", reason)
            $0.name("decision")
            decision.write(to: &$0)
        }
    }
}

extension Cause {
    func write(to json: inout CanonicalJSON) {
        json.object {
            switch self {
            case .priceChanged(let from, let to):
                $0.member("kind", "priceChanged")
                $0.name("from")
                from.write(to: &$0)
                $0.name("to")
                to.write(to: &$0)
            case .spellChanged(let agreement, let from, let to):
                $0.member("kind", "spellChanged")
                $0.member("agreement", agreement.value)
                $0.name("from")
                Cause.write(from, to: &$0)
                $0.name("to")
                Cause.write(to, to: &$0)
            case .adjusted(let adjustment):
                $0.member("kind", "adjusted")
                $0.name("adjustment")
                adjustment.write(to: &$0)
            case .adjustmentWithdrawn(let adjustment):
                $0.member("kind", "adjustmentWithdrawn")
                $0.name("adjustment")
                adjustment.write(to: &$0)
            }
        }
    }

    private static func write(_ term: Term?, to json: inout CanonicalJSON) {
        guard let term else { return json.null() }
        json.object { term.writeMembers(to: &$0) }
    }
}
