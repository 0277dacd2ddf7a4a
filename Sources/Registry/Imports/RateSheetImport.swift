import Domain
import Postgres

extension Storing {
    /// Stores a sheet, then its rows. Voids come first and the rest by first day, so that a row that ends makes room for the next.
    mutating func rateSheet(_ draft: RateSheetDraft) async throws {
        let key = "\(draft.product?.value ?? "") \(draft.term.first)"
        let before = problems.count
        try await row(.rateSheets, at: draft.location, key: key) { work, references in
            let subject = try await references.subject(draft.product)
            return try await RateSheetStore.store(
                draft, of: subject, decision: try await references.decision(draft.decision), in: work)
        }
        guard problems.count == before else { return }
        for rate in draft.rows.sorted(by: { ($0.isVoid ? 0 : 1, $0.term.first) < ($1.isVoid ? 0 : 1, $1.term.first) }) {
            let rowKey = "\(key) \(rate.charge) \(rate.component) \(rate.term.first)"
            try await row(.rateRows, at: rate.location, key: rowKey) { work, references in
                let subject = try await references.subject(draft.product)
                guard let sheet = try await RateSheetStore.identifier(of: subject, from: draft.term.first, in: work) else {
                    throw KnownElsewhere()
                }
                return try await RateSheetStore.store(
                    rate, price: try rate.price.map { try references.price($0) }, on: sheet,
                    decision: try await references.decision(rate.decision), in: work)
            }
        }
        guard problems.count == before else { return }
        do {
            try await ConstraintRules.translating {
                try await work.transaction.savepoint { _ in try await RateSheetStore.check(in: work) }
            }
        } catch let refusal as Refusal {
            problems.append(ImportProblem(at: draft.location, refusal))
        }
    }
}

extension References {
    /// The product a rate sheet is of, or the supplier partnership.
    func subject(_ product: Located<String>?) async throws -> Subject {
        guard let product else { return .supplier }
        do {
            return .product(try await RateSheetStore.product(product.value, in: work))
        } catch let refusal as Refusal {
            if unreadable.contains(product.value) { throw KnownElsewhere() }
            throw ImportProblem(at: product.location, refusal)
        }
    }

    /// A price with its organisations found. One that is given two weights is refused.
    func price(_ draft: PriceDraft) throws -> PriceModel {
        switch draft {
        case .stated(let model): return model
        case .sharedByGiven(let total, let given):
            var weights: [Identifier<Organisation>: Int64] = [:]
            for (text, weight) in given where weights.updateValue(weight, forKey: try organisation(text).id) != nil {
                throw ImportProblem(at: text.location, Refusal(.rowDoubled, text.value))
            }
            return .shared(total, by: .given(weights))
        }
    }
}
