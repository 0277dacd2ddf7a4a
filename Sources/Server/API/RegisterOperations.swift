extension Operation {
    /// Every operation on the register.
    package static let ofRegister: [Operation] = [caller] + lookups
}
