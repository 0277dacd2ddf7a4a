import Glibc
import NIOCore

/// What the system has received on a connection and nobody has read yet.
///
/// Between the last look at a connection and its end something may arrive. With a look right before, that is a matter of a microsecond, and not of how much
/// else the event loop has to do.
enum UnreadBytes {
    /// None where the connection is no socket of the system's.
    static func count(on context: ChannelHandlerContext) -> Int {
        var count: CInt = 0
        let told = try? context.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) { descriptor in
            ioctl(descriptor, UInt(FIONREAD), &count)
        }
        return told == 0 ? Int(count) : 0
    }
}
