package import Domain

/// What an operation found, in the bytes that are sent.
package struct Answer: Sendable {
    let bytes: [UInt8]
    let mediaType: String
    /// Known before for what never changes; worked out from the bytes otherwise.
    let tag: EntityTag?
    /// Where the page that follows begins.
    let next: String?
    /// The name to save a file under.
    let fileName: String?

    private init(bytes: [UInt8], mediaType: String, tag: EntityTag? = nil, next: String? = nil, fileName: String? = nil) {
        self.bytes = bytes
        self.mediaType = mediaType
        self.tag = tag
        self.next = next
        self.fileName = fileName
    }

    static let json = "application/json"
    static let csv = "text/csv; charset=utf-8"

    /// One thing.
    package static func item(_ write: (inout CanonicalJSON) throws -> Void) rethrows -> Answer {
        var json = CanonicalJSON(reserving: 1024)
        try write(&json)
        return Answer(bytes: json.bytes, mediaType: Answer.json)
    }

    /// JSON that is the same for everybody as long as the program runs.
    static func constant(_ bytes: [UInt8]) -> Answer { Answer(bytes: bytes, mediaType: Answer.json, tag: EntityTag(of: bytes)) }

    /// A file, as it was stored or made.
    ///
    /// - Parameter name: what to save it under; characters that a header cannot carry are left out of its plain form.
    package static func file(_ bytes: [UInt8], mediaType: String, name: String) -> Answer {
        Answer(bytes: bytes, mediaType: mediaType, fileName: name)
    }

    static func page(_ bytes: [UInt8], mediaType: String, next: String?) -> Answer {
        Answer(bytes: bytes, mediaType: mediaType, next: next)
    }
}
