import NIOCore

/// Runs a connection's task on the thread that reads and writes its bytes. Elsewhere two threads more would be woken for every request, which is a good part of
/// what a short one costs (ADR 19).
///
/// Other connections of the same loop wait for what a request does between two suspensions. So only what is asked in one pipeline stays here from beginning to
/// end; all else is worked out by a task of its own, which runs elsewhere (``Deadlines``).
final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
