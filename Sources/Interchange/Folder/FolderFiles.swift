public import Domain
import Foundation

/// Files on disk, read with errors that name the file and the reason, never a path of the machine beyond what the user gave.
public enum FolderFiles {
    /// The bytes of one file of a folder; nothing when it is not there.
    /// - Throws: ``ImportProblem`` by `FILE_UNREADABLE`, `FILE_TOO_LARGE`.
    public static func read(_ file: String, in folder: String) throws(ImportProblem) -> [UInt8]? {
        let path = folder + "/" + file
        let start = SourceLocation(file: file, line: 1, column: 1)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
        if isFolder.boolValue { throw ImportProblem(at: start, Refusal(.fileUnreadable, "it is a folder")) }
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        guard size <= SourceText.largestFile else {
            throw ImportProblem(at: start, Refusal(.fileTooLarge, String(SourceText.largestFile / 1_048_576)))
        }
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw ImportProblem(at: start, Refusal(.fileUnreadable, error.localizedDescription))
        }
    }

    /// The tables of a folder that are none of the format's: a name that is written wrong would be a file left out, without a word.
    public static func strangers(in folder: String) -> [ImportProblem] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.lowercased().hasSuffix(".csv") && !ImportFolder.files.contains($0) }.sorted().map {
            ImportProblem(
                at: SourceLocation(file: $0, line: 1, column: 1), Refusal(.fileUnknown, ImportFolder.files.joined(separator: ", ")))
        }
    }

    /// Is there such a folder?
    public static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}

extension FolderFiles {
    /// The folder and the name of a file's path.
    public static func split(_ path: String) -> (folder: String, file: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
    }
}
