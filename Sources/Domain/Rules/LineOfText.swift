extension StringProtocol {
    /// Is it text for one line of paper: something to read in it, no control characters, and no longer than so many Unicode scalars?
    package func isLine(atMost longest: Int) -> Bool {
        !unicodeScalars.allSatisfy { $0.properties.isWhitespace } && unicodeScalars.count <= longest
            && unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }
}
