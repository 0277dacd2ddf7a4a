public final class Pool: Sendable {
  public func withConnection<T: Sendable>(_ body: sending (Connection) async throws -> T) async throws -> T { throw PostgresError.poolClosed }
  public func transaction<T: Sendable>(_ isolation: Isolation = .readCommitted, readOnly: Bool = false, attempts: Int = 5, _ body: sending (Transaction) async throws -> T) async throws -> T { throw PostgresError.poolClosed }
}
