/// Something that must hold did not. Ends the whole test, with the seed that leads back to it.
struct Violation: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
