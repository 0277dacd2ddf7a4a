/// Why a request for the register is turned away before anything of it is shown.
public enum AccessRefusal: Error, Sendable, Hashable {
    /// There is no such token, it was revoked, it has expired, or none was given where one is needed. Which of these is nobody's business.
    case unauthenticated
    /// The caller's role may not do this at all, whatever there is or is not.
    case forbidden
    /// There is no such thing, or it is somebody else's: the same answer for both.
    case notFound
}
