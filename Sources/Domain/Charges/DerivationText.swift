extension LineDerivation {
    /// Writes the derivation in its stored form. Reading it back gives an equal value (`LineDerivation: Decodable`).
    public func write(to json: inout CanonicalJSON) {
        json.object {
            now.writeMembers(to: &$0)
            $0.member("postedBeforeMinor", postedBefore)
            if let before {
                $0.name("before")
                $0.object { before.writeMembers(to: &$0) }
            }
            if let reversed {
                $0.name("reversed")
                $0.object { reversed.writeMembers(to: &$0) }
            }
        }
    }
}

extension Derivation {
    func writeMembers(to json: inout CanonicalJSON) {
        switch basis {
        case .dues(let derivation): json.value("dues") { derivation.write(to: &$0) }
        case .fee(let derivation): json.value("fee") { derivation.write(to: &$0) }
        case .contribution(let derivation): json.value("contribution") { derivation.write(to: &$0) }
        case .share(let derivation): json.value("share") { derivation.write(to: &$0) }
        case .joiningFee(let derivation): json.value("joiningFee") { derivation.write(to: &$0) }
        case .pledge(let derivation): json.value("pledge") { derivation.write(to: &$0) }
        case .nothing: json.member("nothing", true)
        case .reversal(let run, let left):
            json.value("reversal") {
                $0.object {
                    $0.member("run", run)
                    $0.member("leftMinor", left)
                }
            }
        }
        if !adjustments.isEmpty {
            json.value("adjustments") { $0.array { for adjustment in adjustments { adjustment.write(to: &$0) } } }
        }
        if !ends.isEmpty { json.value("ends") { $0.array { for end in ends { end.write(to: &$0) } } } }
        json.member("owedMinor", owed)
    }
}

extension CanonicalJSON {
    /// A member whose value writes itself.
    public mutating func value(_ name: StaticString, _ write: (inout CanonicalJSON) -> Void) {
        self.name(name)
        write(&self)
    }
}

extension DuesDerivation {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("year", year.year)
            $0.value("spells") { $0.array { for spell in spells { spell.write(to: &$0) } } }
            $0.member("share", share.rawValue)
            if let price { $0.value("price") { price.write(to: &$0) } }
        }
    }
}

extension Spell {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("agreement", agreement.value)
            term.writeMembers(to: &$0)
            if let succeededAfter { $0.member("succeededAfter", succeededAfter) }
            // An active participant from the first day on is the rule and needs no words.
            if forms != .active {
                $0.member("form", forms.initial.rawValue)
                $0.value("changes") { json in
                    json.array {
                        for change in forms.changes {
                            $0.object {
                                $0.member("from", change.from)
                                $0.member("form", change.form.rawValue)
                            }
                        }
                    }
                }
            }
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
            $0.value("decision") { decision.write(to: &$0) }
            $0.member("amountMinor", amount)
            if let index {
                $0.value("index") {
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
}

extension Adjustment {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("id", id.value)
            $0.member("amountMinor", amount)
            $0.member("reason", reason)
            $0.value("decision") { decision.write(to: &$0) }
        }
    }
}
