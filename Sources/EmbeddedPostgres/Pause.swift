/// A breath between two looks at something that changes by itself.
enum Pause {
    /// - Throws: `cancelled`, so that no loop spins on after its task was given up.
    static func short() async throws(EmbeddedPostgresError) {
        do { try await Task.sleep(for: .milliseconds(20)) } catch { throw .cancelled }
    }
}
