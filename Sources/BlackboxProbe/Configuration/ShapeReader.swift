internal import Yams

/// Checks a YAML tree against a shape and collects all faults with their lines, like Go's yaml v3.
struct ShapeReader {
    private(set) var faults: [ConfigurationFault] = []
    private var visited = 0

    /// More values than any real file has, as a limit for nested aliases.
    private static let mostValues = 1_000_000
    private static let deepest = 64

    /// Returns the value, or nil if it is absent or null and there is no default.
    mutating func value(of node: Node, shape: Shape, depth: Int = 0) -> ConfigurationValue? {
        visited += 1
        guard visited < Self.mostValues, depth < Self.deepest else {
            if visited == Self.mostValues || depth == Self.deepest {
                fault(node, "document contains excessive aliasing")
            }
            return nil
        }
        guard tagFits(node) else { return nil }
        if isNull(node) { return nil }
        switch shape {
        case .text: return scalar(node, "string").map { .text($0) }
        case .secret: return scalar(node, "config.Secret").map { .secret($0) }
        case .pattern: return pattern(node)
        case .flag: return flag(node)
        case .integer: return integer(node)
        case .duration: return duration(node)
        case .list(let element):
            guard case .sequence(let items) = node else { return mismatch(node, "[]\(element.goName)") }
            return .list(items.compactMap { value(of: $0, shape: element, depth: depth + 1) ?? element.zero })
        case .table(let element):
            guard let pairs = pairs(of: node, "map[string]\(element.goName)") else { return nil }
            let entries = pairs.map { key, item in
                let read = value(of: item, shape: element, depth: depth + 1)
                return ConfigurationValue.Entry(key: key.text, value: read ?? element.zero, isGiven: true)
            }
            return .section(entries.sorted { NaturalOrder.precedes($0.key, $1.key) })
        case .section(let type, let fields):
            return section(node, type: type, fields: fields, depth: depth)
        }
    }

    private mutating func section(
        _ node: Node, type: String, fields: [Shape.Field], depth: Int
    ) -> ConfigurationValue? {
        guard let pairs = pairs(of: node, type) else { return nil }
        var given: [String: ConfigurationValue] = [:]
        for (key, item) in pairs {
            guard let field = fields.first(where: { $0.key == key.text }) else {
                faults.append(ConfigurationFault(line: key.line, text: "field \(key.text) not found in type \(type)"))
                continue
            }
            given[key.text] = value(of: item, shape: field.shape, depth: depth + 1)
        }
        return .section(
            fields.compactMap { field in
                guard let value = given[field.key] ?? field.standard else { return nil }
                return .init(key: field.key, value: value, isGiven: given[field.key] != nil)
            })
    }

    private struct Key {
        var text: String
        var line: Int
    }

    /// Returns the pairs of a mapping, with `<<` merged in; the mapping's own keys take precedence.
    private mutating func pairs(of node: Node, _ wanted: String) -> [(Key, Node)]? {
        guard case .mapping(let mapping) = node else {
            _ = mismatch(node, wanted)
            return nil
        }
        var own: [(Key, Node)] = []
        var merged: [(Key, Node)] = []
        for (key, value) in mapping {
            guard let scalar = key.scalar else {
                fault(key, "invalid map key")
                continue
            }
            if scalar.string == "<<", scalar.style == .plain {
                let sources: [Node] = if case .sequence(let list) = value { Array(list) } else { [value] }
                for source in sources {
                    guard case .mapping = source, visited < Self.mostValues else {
                        fault(value, "map merge requires map or sequence of maps as the value")
                        continue
                    }
                    visited += 1
                    for pair in pairs(of: source, wanted) ?? []
                    where !merged.contains(where: { $0.0.text == pair.0.text }) {
                        merged.append(pair)
                    }
                }
            } else {
                // `1` and `'1'` are the same key of a map with text keys.
                if let known = own.first(where: { $0.0.text == scalar.string }) {
                    fault(key, "mapping key \"\(scalar.string)\" already defined at line \(known.0.line)")
                }
                own.append((Key(text: scalar.string, line: key.mark?.line ?? 0), value))
            }
        }
        return own + merged.filter { pair in !own.contains { $0.0.text == pair.0.text } }
    }
}

extension ShapeReader {
    private static let nulls: Set<String> = ["", "~", "null", "Null", "NULL"]

    private func isNull(_ node: Node) -> Bool {
        guard let scalar = node.scalar, scalar.style == .plain || tag(of: node) == "null" else { return false }
        return Self.nulls.contains(scalar.string)
    }

    private func tag(of node: Node) -> Substring { node.tag.description.dropFirst("tag:yaml.org,2002:".count) }

    /// Whether an explicit tag matches its text; otherwise it is a fault.
    private mutating func tagFits(_ node: Node) -> Bool {
        guard let scalar = node.scalar else { return true }
        let tag = tag(of: node)
        let fits =
            switch tag {
            case "null": Self.nulls.contains(scalar.string)
            case "bool": ScalarWords.flags.contains(scalar.string)
            default: true
            }
        if !fits { fault(node, "cannot decode !!str `\(scalar.string)` as a !!\(tag)") }
        return fits
    }

    private mutating func scalar(_ node: Node, _ wanted: String) -> String? {
        guard let scalar = node.scalar else {
            _ = mismatch(node, wanted)
            return nil
        }
        return scalar.string
    }

    private mutating func pattern(_ node: Node) -> ConfigurationValue? {
        guard let text = scalar(node, "string") else { return nil }
        do throws(RegularExpressionError) {
            _ = try RegularExpression(text)
        } catch {
            fault(node, "\"Could not compile regular expression\" regexp=\"\(text)\"")
        }
        return .text(text)
    }

    private mutating func flag(_ node: Node) -> ConfigurationValue? {
        if let scalar = node.scalar {
            // The boolean words of YAML 1.1 apply even in quotes; `true` and `false` only without.
            switch scalar.string {
            case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON": return .flag(true)
            case "n", "N", "no", "No", "NO", "off", "Off", "OFF": return .flag(false)
            case "true", "True", "TRUE": if scalar.style == .plain { return .flag(true) }
            case "false", "False", "FALSE": if scalar.style == .plain { return .flag(false) }
            default: break
            }
        }
        return mismatch(node, "bool")
    }

    private mutating func integer(_ node: Node) -> ConfigurationValue? {
        guard let scalar = node.scalar, scalar.style == .plain else { return mismatch(node, "int") }
        let text = scalar.string.filter { $0 != "_" }
        // Base-60 numbers are not supported any more.
        if text.contains(":") { return mismatch(node, "int") }
        if let number = Int(text) ?? Node(text).int { return .integer(number) }
        return mismatch(node, "int")
    }

    private mutating func duration(_ node: Node) -> ConfigurationValue? {
        guard let scalar = node.scalar, scalar.style != .plain || Int(scalar.string) == nil,
            let duration = GoDuration(scalar.string)
        else { return mismatch(node, "time.Duration") }
        return .duration(duration)
    }

    private mutating func mismatch(_ node: Node, _ wanted: String) -> ConfigurationValue? {
        let found =
            switch node {
            case .mapping: "!!map"
            case .sequence: "!!seq"
            default:
                node.tag.description.replacing("tag:yaml.org,2002:", with: "!!") + " `\(node.scalar?.string ?? "")`"
            }
        fault(node, "cannot unmarshal \(found) into \(wanted)")
        return nil
    }

    private mutating func fault(_ node: Node, _ text: String) {
        faults.append(ConfigurationFault(line: node.mark?.line ?? 0, text: text))
    }
}

/// Words that YAML 1.1 parses as booleans.
private enum ScalarWords {
    static let flags: Set<String> = [
        "true", "True", "TRUE", "false", "False", "FALSE", "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N",
        "no", "No", "NO", "off", "Off", "OFF",
    ]
}

extension Shape {
    /// Go's name of the type, for messages.
    var goName: String {
        switch self {
        case .text, .pattern: "string"
        case .secret: "config.Secret"
        case .flag: "bool"
        case .integer: "int"
        case .duration: "time.Duration"
        case .list(let element): "[]" + element.goName
        case .table(let element): "map[string]" + element.goName
        case .section(let type, _): type
        }
    }

    /// The value that Go uses for a null in a list or a table.
    var zero: ConfigurationValue {
        switch self {
        case .text, .pattern: .text("")
        case .secret: .secret("")
        case .flag: .flag(false)
        case .integer: .integer(0)
        case .duration: .duration(.zero)
        case .list: .list([])
        case .table: .section([])
        case .section(_, let fields):
            .section(
                fields.compactMap { field in
                    field.standard.map { .init(key: field.key, value: $0, isGiven: false) }
                })
        }
    }
}
