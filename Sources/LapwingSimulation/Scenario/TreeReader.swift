import DNSWire

/// Decodes typed values from one node of a tree. A fault is recorded, and a placeholder is returned for the value.
struct TreeReader {
    var tree: ScenarioTree
    var faults: ScenarioFaultList

    func fault(_ text: String) {
        faults.add(text, at: tree.place)
    }

    /// Checks that the node is a map with allowed keys only.
    func keys(_ allowed: Set<String>, of what: String) {
        guard case .map(let entries) = tree.content else { return fault("\(what) must be a map") }
        for entry in entries where !allowed.contains(entry.key) {
            faults.add("\(what) has no key \"\(entry.key)\"", at: entry.value.place)
        }
    }

    func has(_ key: String) -> Bool { tree[key] != nil }

    /// Returns the value of a key; nil without a fault if it is missing.
    func optional(_ key: String) -> TreeReader? {
        tree[key].map { TreeReader(tree: $0, faults: faults) }
    }

    /// Returns the value of a key; records a fault and returns null if it is missing.
    func required(_ key: String) -> TreeReader {
        if let found = optional(key) { return found }
        fault("missing key \"\(key)\"")
        return TreeReader(tree: ScenarioTree(.null, at: tree.place), faults: ScenarioFaultList())
    }

    var list: [TreeReader] {
        guard case .list(let items) = tree.content else {
            fault("must be a list")
            return []
        }
        return items.map { TreeReader(tree: $0, faults: faults) }
    }

    /// The elements of a list, or a single value as a list of one.
    var oneOrMore: [TreeReader] {
        if case .list = tree.content { list } else { [self] }
    }

    var map: [(key: String, value: TreeReader)] {
        guard case .map(let entries) = tree.content else {
            fault("must be a map")
            return []
        }
        return entries.map { ($0.key, TreeReader(tree: $0.value, faults: faults)) }
    }

    var text: String {
        if case .text(let text) = tree.content { return text }
        fault("must be text")
        return ""
    }

    var boolean: Bool {
        if case .boolean(let value) = tree.content { return value }
        fault("must be true or false")
        return false
    }

    var number: Double {
        switch tree.content {
        case .number(let value): return value
        case .integer(let value): return Double(value)
        default:
            fault("must be a number")
            return 0
        }
    }

    /// Returns an integer within the range.
    func integer(_ range: ClosedRange<Int> = -10_000_000...10_000_000) -> Int {
        guard case .integer(let value) = tree.content else {
            fault("must be a whole number")
            return range.lowerBound
        }
        guard range.contains(value) else {
            fault("must be from \(range.lowerBound) to \(range.upperBound)")
            return range.lowerBound
        }
        return value
    }

    var texts: [String] { list.map(\.text) }

    /// Returns one of a fixed set of words.
    func word<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> Word? where Word.RawValue == String {
        guard case .text(let text) = tree.content, let word = Word(rawValue: text) else {
            fault("must be one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        return word
    }

    var name: Name {
        do throws(WireError) {
            return try Name(text)
        } catch {
            fault("not a domain name: \(error)")
            return .root
        }
    }

    var recordType: RecordType {
        let word = text
        if let type = RecordType(word) { return type }
        fault("not a record type: \(word)")
        return .a
    }

    var address: IPAddress? {
        let word = text
        if let address = IPAddress(word) { return address }
        fault("not an address: \(word)")
        return nil
    }
}
