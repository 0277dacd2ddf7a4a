import NIOCore

/// Makes a listener take nobody new, while those who were let in by the system and not yet by us are still taken.
///
/// Closing a listener resets the connections that wait in its queue, whatever they have sent. A filter that drops every packet for the listener leaves the
/// queue alone: who comes now is not answered, tries again a second later, and then finds the listener closed, having sent nothing.
enum ListenerHush {
    /// The one instruction `ret #0` of the classic packet filter: nothing passes.
    private static let dropEverything: [UInt64] = [0x06]
    private static let attachFilter: CInt = 26

    /// One instruction and where it stands, as the system wants it.
    private struct Program: Sendable {
        let count: UInt64 = 1
        let address: UInt
    }

    /// Does nothing where the system cannot; the queue is nearly always empty.
    static func apply(to channel: any Channel) async {
        guard let provider = channel as? any SocketOptionProvider else { return }
        // The system copies the instruction while it is told, on the event loop, so the memory has to last until then.
        let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
        defer { memory.deallocate() }
        memory.initialize(to: dropEverything[0])
        let program = Program(address: UInt(bitPattern: memory))
        try? await provider.unsafeSetSocketOption(level: .socket, name: NIOBSDSocket.Option(rawValue: attachFilter), value: program).get()
    }

    /// The beginning of `tcp_info`; of a listening socket `unacknowledged` is how many connections wait in its queue.
    private struct Information: Sendable {
        let states: UInt64 = 0
        let timers: UInt64 = 0
        let segments: UInt64 = 0
        let unacknowledged: UInt32 = 0
        let rest: UInt32 = 0
    }

    private static let information: CInt = 11

    /// How many connections the system has let in and nobody has taken yet; none where the system does not tell.
    static func queued(on channel: any Channel) async -> Int {
        guard let provider = channel as? any SocketOptionProvider else { return 0 }
        let told: Information? = try? await provider.unsafeGetSocketOption(
            level: .tcp, name: NIOBSDSocket.Option(rawValue: information)
        ).get()
        return told.map { Int($0.unacknowledged) } ?? 0
    }
}
