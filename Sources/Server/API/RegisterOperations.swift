extension Operation {
    /// Every operation that asks the register, which is what the program serves beside the service's own.
    package static let ofRegister: [Operation] =
        [caller, searching] + organisations + lookups + people + agreements + pledges + products + rates + decisions + groups + invoices
        + audit
}
