import Domain
import Synchronization

/// What becomes known about a request on its way through.
final class RequestTrace: Sendable {
    struct Outcome: Sendable {
        /// Which operation it was for; nothing where no path fits.
        var operation: Int?
        /// What people tell tokens apart by; no secret.
        var tokenPrefix: String?
        /// Whose token it is; nothing while the register has not said.
        var role: AccessRole?
        /// What a failure was, in words that name nobody.
        var note: String?
        var isLimited = false
    }

    /// Sixteen hexadecimal digits, ours and not the caller's.
    let id: String
    /// Whether the method is one that is answered; if not, only whether there is such a path is of interest.
    let isAnswerable: Bool
    let arrival: Int64
    private let state = Mutex(Outcome())

    init(isAnswerable: Bool) {
        id = RequestTrace.nextID()
        self.isAnswerable = isAnswerable
        arrival = Instant.ticks
    }

    var outcome: Outcome { state.withLock { $0 } }

    func note(_ change: (inout Outcome) -> Void) { state.withLock { change(&$0) } }

    private static let seed = UInt64.random(in: .min ... .max)
    private static let count = Atomic<UInt64>(0)

    /// A counter that was stirred, so that numbers neither repeat nor tell how many requests there were.
    private static func nextID() -> String {
        var value = seed &+ count.wrappingAdd(1, ordering: .relaxed).newValue &* 0x9E37_79B9_7F4A_7C15
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return Hexadecimal.text(value ^ value >> 31)
    }
}
