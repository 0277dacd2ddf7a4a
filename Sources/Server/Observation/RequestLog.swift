import Domain

/// One line for each request: enough to find what went wrong, and nothing of whom it was about. It never sees a query, a token or a path with its numbers.
struct RequestLog: Sendable {
    let sink: LogSink

    func write(_ trace: RequestTrace, operation: String, status: Int, nanoseconds: Int64, from address: ClientAddress) {
        var json = CanonicalJSON(reserving: 320)
        let outcome = trace.outcome
        json.object {
            $0.member("time", Instant.now.text)
            $0.member("level", status >= 500 ? "error" : "info")
            $0.member("message", "request")
            $0.member("request", trace.id)
            $0.member("operation", operation)
            $0.member("status", status)
            // Whole microseconds, written as what they are.
            $0.member("microseconds", nanoseconds / 1000)
            $0.member("token", outcome.tokenPrefix)
            $0.member("client", address.blurred)
            if let note = outcome.note { $0.member("error", note) }
        }
        sink.write(json.bytes + [0x0A])
    }
}
