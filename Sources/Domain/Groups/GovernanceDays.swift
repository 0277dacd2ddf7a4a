// The days on which something may become a finding, or cease to be one.

extension GovernanceFacts {
    /// Its own days, those of its seats and of the terms they were elected for, and those of the agreements they stand on; for a group of a product the
    /// board's seats and the models as well. None before the first day the register knows the group on.
    func days(of group: GroupRecord) -> Set<CivilDate> {
        guard let known = group.commissionedOn ?? group.seats.map(\.term.first).min() else { return [] }
        var days: Set = [known]
        days.formUnion(group.lifeDays)
        for seat in group.seats {
            days.formUnion(seat.term.days)
            if let after = seat.lastDayElected(to: group.kind)?.next { days.insert(after) }
            for term in terms(of: seat.organisation, on: group.belonging) { days.formUnion(term.days) }
        }
        if group.product != nil {
            for board in groups where board.kind == .board { days.formUnion(board.lifeDays + board.seats.flatMap(\.term.days)) }
            days.formUnion(models.map(\.from))
        }
        return days.filter { $0 >= known }
    }

    /// The days of a product's agreements and of its groups with their contact persons.
    func days(of product: ProductRecord) -> Set<CivilDate> {
        var days = Set(terms(on: .product(product.id)).flatMap(\.days))
        for group in groups where group.product == product.id {
            days.formUnion(group.lifeDays)
            for seat in group.seats where seat.role.isContact { days.formUnion(seat.term.days) }
        }
        return days
    }
}

extension GroupRecord {
    /// The first day, and the first on which it is no longer there, as far as they are known.
    fileprivate var lifeDays: [CivilDate] { [commissionedOn, closedOn?.next].compactMap { $0 } }
}

extension Term {
    /// The first day, and the first that is no longer in it.
    fileprivate var days: [CivilDate] { [first, last?.next].compactMap { $0 } }
}
