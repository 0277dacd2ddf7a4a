/// A rate sheet in a list: what it is of, its days and who decided it.
public struct RateSheetEntry: Sendable, Hashable {
    public let id: Identifier<RateSheet>
    /// A product or the supplier partnership.
    public let subject: Subject
    /// Nothing on the supplier partnership's.
    public let productName: String?
    public let term: Term
    public let frequency: BillingFrequency
    /// The decision's reference.
    public let decision: String

    package init(
        id: Identifier<RateSheet>, subject: Subject, productName: String?, term: Term, frequency: BillingFrequency, decision: String
    ) {
        self.id = id
        self.subject = subject
        self.productName = productName
        self.term = term
        self.frequency = frequency
        self.decision = decision
    }
}

/// A whole rate sheet and what it is of, as people name it.
public struct RateSheetRecord: Sendable, Hashable {
    public let sheet: RateSheet
    /// Nothing on the supplier partnership's.
    public let productName: String?

    package init(sheet: RateSheet, productName: String?) {
        self.sheet = sheet
        self.productName = productName
    }
}

extension Subject {
    /// `association`, `supplier` or the product's name: what people read.
    func named(_ productName: String?) -> String { productName ?? description }

    /// The product it is; nothing for the others.
    public var product: Identifier<Product>? { if case .product(let id) = self { id } else { nil } }
}

extension RateSheetEntry {
    /// `supplier` or the product's name.
    public var subjectName: String { subject.named(productName) }
}

extension RateSheetRecord {
    /// `supplier` or the product's name.
    public var subjectName: String { sheet.subject.named(productName) }
}
