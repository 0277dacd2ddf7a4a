public import Domain
import Yams

/// YAML as a person writes it: mappings, sequences and texts, each with its place. Nothing is interpreted, so `no`, `010` and `1_000.10` stay
/// what they look like. Anchors, aliases and tags are refused, and so are doubled keys.
public indirect enum YAMLValue: Sendable {
    case text(Located<String>)
    case list([YAMLValue], at: SourceLocation)
    case mapping([(key: Located<String>, value: YAMLValue)], at: SourceLocation)

    public var location: SourceLocation {
        switch self {
        case .text(let text): text.location
        case .list(_, let location), .mapping(_, let location): location
        }
    }
}

public enum YAMLReader {
    /// How deep a file may nest.
    static let deepest = 20

    /// - Throws: ``ImportProblem`` with the place of the fault.
    public static func read(_ source: SourceText) throws(ImportProblem) -> YAMLValue {
        let text = source.text
        // The parser leaves it out of texts without a word, and nothing is to be other than it was written.
        if let mark = text.utf8.firstRange(of: [0xEF, 0xBB, 0xBF])?.lowerBound {
            throw ImportProblem(at: location(of: mark, in: text, source.file), Refusal(.yamlMalformed, "byteOrderMark"))
        }
        do {
            // The parser holds the anchors it met, so it has to live while they are looked for.
            let parser = try Parser(yaml: text)
            guard let root = try parser.singleRoot() else {
                throw ImportProblem(at: SourceLocation(file: source.file, line: 1, column: 1), Refusal(.yamlMalformed, "empty"))
            }
            return try withExtendedLifetime(parser) { try value(of: root, in: source.file, depth: 0) }
        } catch let problem as ImportProblem {
            throw problem
        } catch let error as YamlError {
            throw problem(error, in: source)
        } catch {
            throw ImportProblem(at: SourceLocation(file: source.file, line: 1, column: 1), Refusal(.yamlMalformed, "\(error)"))
        }
    }

    private static func value(of node: Node, in file: String, depth: Int) throws(ImportProblem) -> YAMLValue {
        let location = SourceLocation(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
        if depth > deepest { throw ImportProblem(at: location, Refusal(.yamlMalformed, "tooDeep")) }
        if node.anchor != nil { throw ImportProblem(at: location, Refusal(.yamlMalformed, "anchor")) }
        switch node {
        case .scalar(let scalar):
            // As an escape it comes past the look at the file's bytes, and no text of the register holds it.
            if scalar.string.utf8.contains(0) { throw ImportProblem(at: location, Refusal(.fileEncoding, "NUL")) }
            return .text(Located(scalar.string, at: location))
        case .sequence(let sequence):
            var values: [YAMLValue] = []
            for element in sequence { values.append(try value(of: element, in: file, depth: depth + 1)) }
            return .list(values, at: location)
        case .mapping(let mapping):
            var pairs: [(key: Located<String>, value: YAMLValue)] = []
            for (key, element) in mapping {
                guard case .text(let name) = try value(of: key, in: file, depth: depth + 1) else {
                    throw ImportProblem(at: location, Refusal(.yamlMalformed, "keyNotText"))
                }
                pairs.append((name, try value(of: element, in: file, depth: depth + 1)))
            }
            return .mapping(pairs, at: location)
        case .alias:
            throw ImportProblem(at: location, Refusal(.yamlMalformed, "anchor"))
        }
    }

    private static func problem(_ error: YamlError, in source: SourceText) -> ImportProblem {
        func at(_ mark: Mark) -> SourceLocation { SourceLocation(file: source.file, line: mark.line, column: mark.column) }
        let (location, what): (SourceLocation, String) =
            switch error {
            case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
                (at(mark), problem)
            case .duplicatedKeysInMapping(let duplicates, let context):
                (at(context.mark), "doubled key: " + duplicates.joined(separator: ", "))
            case .reader(let problem, let offset, _, let text):
                // It counts characters as a person does.
                (
                    location(
                        of: text.index(text.startIndex, offsetBy: offset ?? 0, limitedBy: text.endIndex) ?? text.endIndex, in: text,
                        source.file), problem
                )
            default: (SourceLocation(file: source.file, line: 1, column: 1), "\(error)")
            }
        return ImportProblem(at: location, Refusal(.yamlMalformed, what))
    }

    private static func location(of index: String.Index, in text: String, _ file: String) -> SourceLocation {
        let before = text.utf8[..<index]
        let line = before.split(separator: 0x0A, omittingEmptySubsequences: false).last ?? before
        // Continuation bytes are not columns.
        return SourceLocation(file: file, line: before.count { $0 == 0x0A } + 1, column: line.count { $0 & 0xC0 != 0x80 } + 1)
    }
}
