import Yams

extension ValueReader {
    /// The values of a mapping with a fixed set of keys; unknown and repeated keys are noted.
    func fields(_ known: [String]) -> [String: ValueReader]? {
        guard let entries = entries() else { return nil }
        var fields: [String: ValueReader] = [:]
        for (key, keyReader, value) in entries {
            guard known.contains(key) else {
                let hint = Spelling.nearest(to: key, among: known).map { "; did you mean `\($0)`?" } ?? ""
                keyReader.fault("unknown key `\(key)`\(path.isEmpty ? "" : " in \(path)")\(hint)")
                continue
            }
            fields[key] = value
        }
        return fields
    }

    /// The entries of a mapping whose keys the user chooses, in the order of the file.
    func entries() -> [(key: String, keyReader: ValueReader, value: ValueReader)]? {
        guard let mapping = node.mapping else {
            fault("\(path.isEmpty ? "file" : path): expected keys and values, found a \(kind)")
            return nil
        }
        var entries: [(String, ValueReader, ValueReader)] = []
        for (key, value) in mapping {
            let keyReader = ValueReader(node: key, path: path, faults: faults, variables: variables)
            guard let name = key.scalar?.string else {
                keyReader.fault("a key must be a text")
                continue
            }
            if let first = name.first, YAMLDocument.duplicateMarks.contains(first) {
                keyReader.fault("duplicate key `\(name.dropFirst())`\(path.isEmpty ? "" : " in \(path)")")
                continue
            }
            entries.append((name, keyReader, child(value, name)))
        }
        return entries
    }
}
