extension PartyOutcome {
    /// Writes the outcome in the form the preview's hash covers (rule 13): lines with derivations, documents without numbers and dates, what is
    /// parked, and warnings. Two runs that would post the same write the same bytes.
    ///
    /// - Returns: where in the bytes each line's derivation stands, in the order of documents and lines, so that exactly what was hashed can be stored.
    @discardableResult
    public func writeCanonical(to json: inout CanonicalJSON) -> [Range<Int>] {
        var derivations: [Range<Int>] = []
        json.object {
            $0.member("organisation", party.id.value)
            // Everything a document prints of its receiver: what changes on paper changes the hash.
            $0.member("name", party.name)
            $0.member("cvr", party.cvr?.description)
            $0.member("gln", party.billing.gln?.description)
            $0.member("street", party.address.street)
            $0.member("postalCode", party.address.postalCode)
            $0.member("city", party.address.city)
            $0.member("reference", party.billing.reference)
            $0.member("orderNumber", party.billing.orderNumber)
            $0.member("accountString", party.billing.accountString)
            $0.name("documents")
            $0.array { for document in documents { document.writeCanonical(to: &$0, &derivations) } }
            $0.name("parked")
            $0.array {
                for parking in parked {
                    $0.object {
                        $0.member("reason", parking.reason.rawValue)
                        $0.member("charge", parking.key?.charge.rawValue)
                        $0.member("subject", parking.key?.subject.description)
                        $0.member("period", parking.key?.period?.description)
                        $0.value("missing") { $0.array { for name in parking.missing { $0.string(name) } } }
                    }
                }
            }
            $0.name("waived")
            $0.array { for waiver in waived { waiver.derivation.write(to: &$0) } }
            $0.name("warnings")
            $0.array { for warning in warnings { $0.string(warning.rawValue) } }
        }
        return derivations
    }
}

extension DraftDocument {
    fileprivate func writeCanonical(to json: inout CanonicalJSON, _ derivations: inout [Range<Int>]) {
        json.object {
            $0.member("kind", kind.rawValue)
            $0.member("credits", credits?.number)
            $0.name("lines")
            $0.array { for line in lines { derivations.append(line.writeCanonical(to: &$0)) } }
            $0.name("taxes")
            $0.array {
                for amount in taxes {
                    $0.object {
                        $0.member("category", amount.rate.category.rawValue)
                        $0.member("basisPoints", amount.rate.basisPoints)
                        $0.member("baseMinor", amount.base)
                        $0.member("taxMinor", amount.tax)
                    }
                }
            }
        }
    }
}

extension DraftLine {
    fileprivate func writeCanonical(to json: inout CanonicalJSON) -> Range<Int> {
        var place = 0..<0
        json.object {
            $0.member("account", key.organisation.value)
            $0.member("subject", key.subject.description)
            $0.member("charge", key.charge.rawValue)
            $0.member("period", key.period?.description)
            $0.member("revision", revision)
            $0.member("part", part)
            $0.member("first", covers.first)
            $0.member("last", covers.last)
            $0.member("netMinor", net)
            $0.member("vatCategory", vat.rate.category.rawValue)
            $0.member("vatBasisPoints", vat.rate.basisPoints)
            $0.member("vatDecision", vat.decision)
            if let credits {
                $0.member("creditsInvoice", credits.invoice)
                $0.member("creditsLine", credits.line)
            }
            $0.name("derivation")
            let start = $0.bytes.count
            derivation.write(to: &$0)
            place = start..<$0.bytes.count
        }
        return place
    }
}
