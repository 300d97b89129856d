import LapwingCore
import Yams

/// Reads one value of a configuration file and reports its faults.
///
/// Every function returns nil after reporting a fault, so that reading continues and one run reports all faults.
struct ValueReader {
    let node: Node
    /// The name of the value in messages, such as `domains[2].interval`.
    let path: String
    let faults: FaultList
    let variables: Variables
    /// Values of the same key in further files, whose members follow those of this one.
    var continued: [ValueReader] = []

    /// Reports a fault of the value. If the file contains variables, the message shows these instead of their values.
    func fault(_ text: String) {
        faults.add(usesVariables ? Self.quoting(written, in: text) : text, at: node.mark)
    }

    /// `lapwing.yml:14`
    var location: String { "\(faults.file):\(node.mark?.line ?? 1)" }

    private var written: String { node.scalar?.string ?? "" }
    private var usesVariables: Bool { written.contains("${") }

    /// Replaces quoted values in a message by the text in the file, and removes the second half, which suggests a
    /// correction: parts of a secret are secret too.
    private static func quoting(_ written: String, in text: String) -> String {
        let half = text.firstRange(of: "; ").map { text[..<$0.lowerBound] } ?? text[...]
        let parts = half.split(separator: "`", omittingEmptySubsequences: false)
        guard parts.count >= 3, !half.contains("`${") else { return text }
        return parts.enumerated().map { $0 % 2 == 1 ? "`\(written)`" : String($1) }.joined()
    }

    func child(_ node: Node, _ name: String) -> ValueReader {
        ValueReader(node: node, path: path.isEmpty ? name : "\(path).\(name)", faults: faults, variables: variables)
    }

    var isMapping: Bool { node.mapping != nil }
    var isScalar: Bool { node.scalar != nil }

    /// Whether there is no value after the colon.
    var isNull: Bool {
        guard let scalar = node.scalar else { return false }
        return scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    func string() -> String? {
        guard let scalar = node.scalar else {
            fault("\(path): expected a text, found a \(kind)")
            return nil
        }
        guard !isNull else {
            fault("\(path): a value is missing")
            return nil
        }
        do throws(Variables.Failure) {
            return try variables.expand(scalar.string) { faults.hide($1, of: $0) }
        } catch {
            switch error {
            case .unset(let name):
                fault("\(path): the environment has no variable \(name) (use ${\(name):-default} for a default)")
            case .unfinished:
                fault("\(path): `${` without `}` (write $$ for a plain dollar sign)")
            }
            return nil
        }
    }

    func boolean() -> Bool? {
        guard let text = string() else { return nil }
        switch text.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default:
            fault("\(path): expected true or false, found `\(text)`")
            return nil
        }
    }

    func integer(_ range: ClosedRange<Int>) -> Int? {
        guard let text = string() else { return nil }
        guard let number = Int(text) else {
            fault("\(path): expected a whole number, found `\(text)`")
            return nil
        }
        guard range.contains(number) else {
            fault("\(path): \(number) is outside \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// Reads a duration in seconds: `90s`, `5m`, `12h`, `30d`.
    func duration(_ range: ClosedRange<Int64>) -> Int64? {
        guard let text = string() else { return nil }
        guard let seconds = DurationText.seconds(text) else {
            fault("\(path): expected a duration such as 90s, 5m, 12h or 30d, found `\(text)`")
            return nil
        }
        guard range.contains(seconds) else {
            fault(
                "\(path): \(text) is outside \(DurationText.text(range.lowerBound)) to \(DurationText.text(range.upperBound))"
            )
            return nil
        }
        return seconds
    }

    func moment() -> Timestamp? {
        guard let text = string() else { return nil }
        if let moment = Timestamp(text) { return moment }
        fault("\(path): expected a time such as 2026-12-01T20:00:00Z, found `\(text)`")
        return nil
    }

    /// Reads one of a fixed set of words.
    func choice<Value: RawRepresentable & CaseIterable>(_ type: Value.Type) -> Value? where Value.RawValue == String {
        choice(type.allCases.map(\.rawValue)).flatMap(Value.init(rawValue:))
    }

    /// Reads a language code.
    func language() -> Language? { choice(Language.self) }

    func choice(_ words: [String]) -> String? {
        guard let text = string() else { return nil }
        if words.contains(text) { return text }
        let hint = Spelling.nearest(to: text, among: words).map { "; did you mean `\($0)`?" } ?? ""
        fault("\(path): `\(text)` is none of \(words.joined(separator: ", "))\(hint)")
        return nil
    }

    /// Returns the members of a list; a single value counts as a list of one only if `orSingle` is set.
    func list(orSingle: Bool = false) -> [ValueReader]? {
        guard !continued.isEmpty else { return ownList(orSingle: orSingle) }
        let lists = ([ownList(orSingle: orSingle)] + continued.map { $0.list(orSingle: orSingle) }).compactMap(\.self)
        return lists.isEmpty ? nil : lists.flatMap(\.self)
    }

    private func ownList(orSingle: Bool) -> [ValueReader]? {
        if let sequence = node.sequence {
            return sequence.enumerated().map {
                ValueReader(node: $1, path: "\(path)[\($0)]", faults: faults, variables: variables)
            }
        }
        if orSingle, node.scalar != nil, !isNull { return [self] }
        fault("\(path): expected a list, found a \(kind)")
        return nil
    }

    func strings(orSingle: Bool = false) -> [String]? {
        list(orSingle: orSingle)?.compactMap { $0.string() }
    }

    var kind: String {
        if isNull { return "missing value" }
        switch node {
        case .scalar: return "text"
        case .mapping: return "mapping"
        case .sequence: return "list"
        case .alias: return "alias"
        }
    }
}
