import Synchronization

/// How many connections are open from each address, so that one alone cannot take all there are.
final class Guests: Sendable {
    private let most: Int
    private let open = Mutex<[ClientAddress.Network: Int]>([:])

    /// - Parameter most: from one address.
    init(most: Int) { self.most = most }

    /// Whether one more may come from there; it is counted then, until it has left.
    func letIn(_ address: ClientAddress) -> Bool {
        open.withLock { open in
            let already = open[address.network, default: 0]
            guard already < most else { return false }
            open[address.network] = already + 1
            return true
        }
    }

    func left(_ address: ClientAddress) {
        open.withLock { open in
            guard let others = open[address.network].map({ $0 - 1 }), others > 0 else {
                open[address.network] = nil
                return
            }
            open[address.network] = others
        }
    }
}
