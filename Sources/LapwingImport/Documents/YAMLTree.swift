import Yams

/// Parses YAML into values with positions.
enum YAMLTree {
    /// The largest file in bytes, far above any hand-written one.
    static let largest = 32 << 20
    /// The largest number of values after expanding aliases: a few lines of aliases may expand to billions.
    private static let mostValues = 4_000_000
    private static let deepest = 256

    /// - Throws: a fault with its line and column.
    static func read(_ text: String, file: String) throws(ImportFault) -> DocumentValue {
        func fault(_ reason: String, _ mark: Mark?) -> ImportFault {
            ImportFault(
                ImportPlace(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1), reason, weight: .fatal)
        }
        guard text.utf8.count <= largest else {
            throw fault("it is larger than \(largest >> 20) MiB, too much for YAML", nil)
        }
        let node: Node?
        do {
            node = try Yams.compose(yaml: text, .basic)
        } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
            throw fault("the key \(keys.joined(separator: ", ")) stands twice", context.mark)
        } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _)
        {
            throw fault("not YAML: \(problem)", mark)
        } catch {
            throw fault("not YAML: \(error)", nil)
        }
        guard let node else { throw fault("it is empty", nil) }
        var values = 0
        guard let tree = tree(node, depth: 0, &values) else {
            throw fault("more than \(mostValues) values or \(deepest) levels of nesting", nil)
        }
        return tree
    }

    private static func tree(_ node: Node, depth: Int, _ values: inout Int) -> DocumentValue? {
        values += 1
        guard depth <= deepest, values <= mostValues else { return nil }
        var value = DocumentValue(.null, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
        switch node {
        case .scalar(let scalar):
            let isNull = scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
            value.content = isNull ? .null : .scalar(scalar.string)
            let tag = scalar.tag.description
            if tag.hasPrefix("!") { value.tag = tag }
        case .sequence(let sequence):
            var list: [DocumentValue] = []
            for member in sequence {
                guard let member = tree(member, depth: depth + 1, &values) else { return nil }
                list.append(member)
            }
            value.content = .list(list)
        case .mapping(let mapping):
            var members: [DocumentValue.Member] = []
            for (key, member) in mapping {
                guard let member = tree(member, depth: depth + 1, &values) else { return nil }
                members.append(DocumentValue.Member(key: key.scalar?.string ?? "?", value: member))
            }
            value.content = .mapping(members)
        case .alias: break
        }
        return value
    }
}
