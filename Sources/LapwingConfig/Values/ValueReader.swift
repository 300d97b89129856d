import LapwingCore
import Yams

/// Reads one value of a configuration file and notes what is wrong with it.
///
/// Every read returns nil after it has noted a mistake, so that reading goes on and one run tells all mistakes.
struct ValueReader {
    let node: Node
    /// What the value is called in messages, such as `domains[2].interval`.
    let path: String
    let faults: FaultList
    let variables: Variables
    /// Values of the same key in further files: their members come after the members of this one.
    var continued: [ValueReader] = []

    /// Notes what is wrong with the value. Where the file gives it by variables, the message shows these instead.
    func fault(_ text: String) {
        faults.add(usesVariables ? Self.quoting(written, in: text) : text, at: node.mark)
    }

    /// `lapwing.yml:14`
    var location: String { "\(faults.file):\(node.mark?.line ?? 1)" }

    private var written: String { node.scalar?.string ?? "" }
    private var usesVariables: Bool { written.contains("${") }

    /// The message with whatever it quotes put back to how the file has it, and without its second half, which says what the
    /// value may have been meant to be: parts of a secret are secrets too.
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

    /// Whether nothing stands after the colon.
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

    /// Seconds of `90s`, `5m`, `12h`, `30d`.
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

    /// One of a fixed set of words.
    func choice<Value: RawRepresentable & CaseIterable>(_ type: Value.Type) -> Value? where Value.RawValue == String {
        choice(type.allCases.map(\.rawValue)).flatMap(Value.init(rawValue:))
    }

    /// A language by its code.
    func language() -> Language? { choice(Language.self) }

    func choice(_ words: [String]) -> String? {
        guard let text = string() else { return nil }
        if words.contains(text) { return text }
        let hint = Spelling.nearest(to: text, among: words).map { "; did you mean `\($0)`?" } ?? ""
        fault("\(path): `\(text)` is none of \(words.joined(separator: ", "))\(hint)")
        return nil
    }

    /// The members of a list; a single value stands for a list of one only where that is said.
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
