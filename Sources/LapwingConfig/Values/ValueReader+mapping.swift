import Yams

extension ValueReader {
    /// Returns the values of a mapping with fixed keys; unknown and repeated keys are reported.
    ///
    /// - Parameter refused: keys of the mapping that are not allowed here.
    func fields(_ mapping: KnownMapping, without refused: Set<String> = []) -> [String: ValueReader]? {
        guard let entries = entries() else { return nil }
        let known = mapping.keys.filter { !refused.contains($0) }
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

    /// Returns the entries of a mapping with freely chosen keys, in the order of the file.
    ///
    /// If the mapping continues in further files, a key of an earlier file is reported.
    func entries() -> [(key: String, keyReader: ValueReader, value: ValueReader)]? {
        guard !continued.isEmpty else { return ownEntries() }
        let parts = ([ownEntries()] + continued.map { $0.entries() }).compactMap(\.self)
        guard !parts.isEmpty else { return nil }
        var files: [String: String] = [:]
        return parts.flatMap(\.self).filter { key, keyReader, _ in
            if let file = files[key] {
                keyReader.fault("duplicate key `\(key)` in \(path): \(file) has it too")
                return false
            }
            files[key] = keyReader.faults.file
            return true
        }
    }

    private func ownEntries() -> [(key: String, keyReader: ValueReader, value: ValueReader)]? {
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
