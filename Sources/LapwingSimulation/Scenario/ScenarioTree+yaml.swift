import Yams

extension ScenarioTree {
    /// The largest YAML text that is read, in bytes.
    private static let longestText = 4_000_000
    /// The largest number of values that are read, which also limits the expansion of nested aliases.
    private static let mostValues = 200_000
    private static let deepest = 64

    /// Reads one YAML document; throws `ScenarioError` if it is no valid YAML.
    package init(yaml text: String, file: String) throws(ScenarioError) {
        let start = Place(file: file)
        guard text.utf8.count <= Self.longestText else { throw Self.error("the file is too long", at: start) }
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw Self.error(of: error, file: file)
        } catch {
            throw Self.error("not YAML: \(error)", at: start)
        }
        guard let root else { throw Self.error("the file is empty", at: start) }
        var left = Self.mostValues
        try self.init(root, file: file, depth: 0, left: &left)
    }

    private init(_ node: Node, file: String, depth: Int, left: inout Int) throws(ScenarioError) {
        let place = Place(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
        left -= 1
        guard left > 0, depth < Self.deepest else {
            throw Self.error("too many values, or too deeply nested", at: place)
        }
        switch node {
        case .scalar(let scalar):
            self.init(Self.content(of: scalar), at: place)
        case .sequence(let sequence):
            var items: [ScenarioTree] = []
            for item in sequence {
                items.append(try ScenarioTree(item, file: file, depth: depth + 1, left: &left))
            }
            self.init(.list(items), at: place)
        case .mapping(let mapping):
            var entries: [Entry] = []
            for (key, value) in mapping {
                guard case .scalar(let name) = key else { throw Self.error("a key must be plain text", at: place) }
                let value = try ScenarioTree(value, file: file, depth: depth + 1, left: &left)
                entries.append(Entry(key: name.string, value: value))
            }
            self.init(.map(entries), at: place)
        case .alias:
            throw Self.error("aliases are not part of the format", at: place)
        }
    }

    /// Interprets a plain scalar by its form; a quoted one is always text.
    private static func content(of scalar: Node.Scalar) -> Content {
        let text = scalar.string
        guard scalar.style == .plain || scalar.style == .any else { return .text(text) }
        switch text {
        case "", "~", "null": return .null
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        default: break
        }
        if let integer = Int(text) { return .integer(integer) }
        let looksNumeric = text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
        if looksNumeric, let number = Double(text) { return .number(number) }
        return .text(text)
    }

    private static func error(of error: YamlError, file: String) -> ScenarioError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return Self.error(problem, at: Place(file: file, line: mark.line, column: mark.column))
        case .duplicatedKeysInMapping(let duplicates, let context):
            let place = Place(file: file, line: context.mark.line, column: context.mark.column)
            return Self.error("the same key twice: \(duplicates.joined(separator: ", "))", at: place)
        default:
            return Self.error("not YAML: \(error)", at: Place(file: file))
        }
    }

    private static func error(_ text: String, at place: Place) -> ScenarioError {
        ScenarioError(faults: [ScenarioFault(place: place, text: text)])
    }
}
