public import Domain

// The public shapes of products, suppliers and the notice calendar.

extension ProductRecord {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("product", name)
            $0.member("productId", id.value)
            $0.member("account", account)
            $0.member("repository", repository)
            $0.member("level", level?.rawValue)
            $0.name("coordinator")
            if let coordinator {
                $0.object {
                    $0.member("name", coordinator.name)
                    $0.member("email", coordinator.email)
                }
            } else {
                $0.null()
            }
        }
    }
}

extension SupplierRoleRecord {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.organisation(cvr: organisationCVR, id: organisation, name: organisationName)
            $0.member("product", productName)
            $0.member("productId", product.value)
            $0.member("role", role.rawValue)
            $0.term(term)
        }
    }
}

extension SupplierRecord {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.organisation(cvr: organisation.cvr, id: organisation.id, name: organisation.name)
            $0.name("agreements")
            $0.array { for agreement in agreements { agreement.write(to: &$0) } }
            $0.name("roles")
            $0.array { for role in roles { role.write(to: &$0) } }
        }
    }
}

extension NoticeCalendarEntry {
    /// `ends` holds the possible ends that notice reaches; `anyDay` is a membership's; `to` is there when the end is known already.
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("agreement", agreement.id.value)
            $0.organisation(cvr: agreement.organisationCVR, id: agreement.organisation, name: agreement.organisationName)
            $0.member("subject", agreement.subjectName)
            $0.term(agreement.life.term)
            $0.member("anyDay", outlook == .anyDay)
            $0.name("ends")
            $0.array {
                guard case .ends(let ends) = outlook else { return }
                for end in ends {
                    $0.object {
                        $0.member("end", end.end)
                        $0.member("latestNotice", end.latestNotice)
                    }
                }
            }
        }
    }
}
