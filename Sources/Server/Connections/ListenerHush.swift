import NIOCore

/// Makes a listener take nobody new, while those who were let in by the system and not yet by us are still taken.
///
/// Closing a listener resets the connections that wait in its queue, whatever they have sent. A filter that drops every packet with which somebody begins a
/// connection leaves the queue alone: who comes now is not answered, tries again a second later, and then finds the listener closed, having sent nothing. The
/// packets of those whose beginning was answered pass: they believe themselves connected, and what they send would be lost.
enum ListenerHush {
    /// In the classic packet filter, whose packets begin with TCP's header: nothing passes that has the flag SYN and not ACK.
    private static let dropBeginnings: [UInt64] = [
        instruction(0x30, 13),  // load the byte of flags
        instruction(0x54, 0x12),  // of which SYN and ACK
        instruction(0x15, 0x02, otherwise: 1),  // if it is SYN alone
        instruction(0x06, 0),  // drop it
        instruction(0x06, 0xFFFF_FFFF),  // else let it pass whole
    ]
    private static let attachFilter: CInt = 26

    /// - Parameter otherwise: how many instructions are jumped over where a comparison does not hold.
    private static func instruction(_ code: UInt64, _ operand: UInt64, otherwise: UInt64 = 0) -> UInt64 {
        code | otherwise << 24 | operand << 32
    }

    /// How many instructions there are and where they stand, as the system wants it.
    private struct Program: Sendable {
        let count: UInt64
        let address: UInt
    }

    /// Does nothing where the system cannot; the queue is nearly always empty.
    static func apply(to channel: any Channel) async {
        guard let provider = channel as? any SocketOptionProvider else { return }
        // The system copies the instructions while it is told, on the event loop, so the memory has to last until then.
        let memory = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: dropBeginnings.count)
        defer { memory.deallocate() }
        _ = memory.initialize(from: dropBeginnings)
        let program = Program(count: UInt64(dropBeginnings.count), address: UInt(bitPattern: memory.baseAddress))
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
