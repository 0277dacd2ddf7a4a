import Domain
package import Logging

/// Writes each event as one line of JSON.
package struct JSONLogHandler: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var logLevel: Logger.Level = .info
    private let sink: LogSink

    package init(to sink: LogSink) { self.sink = sink }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var json = CanonicalJSON(reserving: 256)
        json.object {
            $0.member("time", Instant.now.text)
            $0.member("level", event.level.rawValue)
            $0.member("message", event.message.description)
            // An error's own words may quote data, its kind does not.
            if let error = event.error { $0.member("error", String(describing: type(of: error))) }
            let all = event.metadata.map { metadata.merging($0) { $1 } } ?? metadata
            if !all.isEmpty {
                $0.name("context")
                $0.array { for (name, value) in all.sorted(by: { $0.key < $1.key }) { $0.string("\(name)=\(value)") } }
            }
        }
        sink.write(json.bytes + [0x0A])
    }
}
