import Domain
import Interchange
import Wording

/// A paper that somebody signed, as a file to be kept.
enum SignedPaper {
    /// - Throws: ``Failure`` by `FILE_MISSING`; ``Refusal`` by `PAPER_EMPTY`.
    static func read(_ path: String) throws -> (name: String, content: [UInt8]) {
        let (folder, name) = FolderFiles.split(path)
        guard let content = try FolderFiles.read(name, in: folder) else {
            throw Failure(.fileMissing(path), status: .noInput)
        }
        // Empty is what a copy that went wrong leaves behind.
        if content.isEmpty { throw Refusal(.paperEmpty, path) }
        return (name, content)
    }
}
