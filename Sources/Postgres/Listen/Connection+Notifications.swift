internal import CLibPQ
internal import Glibc

extension Connection {
    /// Listens on `channels` from now on.
    func listen(on channels: [Channel]) async throws(PostgresError) {
        try await run(script: channels.map { "LISTEN \($0.quoted);" }.joined())
    }

    /// Waits for the next notification, for as long as it takes, and gives it with all that came with it. Cancelling the task closes the connection.
    func notifications() async throws(PostgresError) -> [Notification] {
        try await interruptible(by: .severing) { () throws(PostgresError) in try session.waitForNotifications() }
    }
}

extension Session {
    /// Blocks until the server sends a notification or the connection ends.
    fileprivate mutating func waitForNotifications() throws(PostgresError) -> [Notification] {
        let connection = try connected()
        var arrived: [Notification] = []
        while true {
            while let pointer = PQnotifies(connection) {
                let notify = NotifyHandle(pointer)
                arrived.append(Notification(channel: notify.channel, payload: notify.payload))
            }
            if !arrived.isEmpty { return arrived }
            var socket = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
            // Woken by data and by the end alike; which of the two, libpq finds out. Woken by a signal, nothing is there.
            _ = poll(&socket, 1, -1)
            guard PQconsumeInput(connection) == 1 else { throw lost() }
        }
    }
}
