internal import CLibPQ
internal import Glibc

extension Session {
    /// Takes in what the server has sent meanwhile, without waiting: true when the connection is still there and idle.
    func isStillAlive() -> Bool {
        guard let pointer = handle.pointer else { return false }
        // Last words, if any, come first and the end of the connection only after them. Whoever goes on talking is not idle.
        for _ in 0..<8 {
            var socket = pollfd(fd: PQsocket(pointer), events: Int16(POLLIN), revents: 0)
            if poll(&socket, 1, 0) == 0 { return isIdle && !handle.hasServerSaidGoodbye }
            guard PQconsumeInput(pointer) == 1, PQisBusy(pointer) == 0 else { return false }
        }
        return false
    }
}
