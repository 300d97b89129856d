import Yams

/// Text of a YAML file as a tree of nodes that know their places.
enum YAMLDocument {
    /// No configuration written by people is larger; lists of domains go into files of their own.
    static let largestFile = 32 << 20

    /// Marks a key that stands a second time in its mapping: Yams refuses such a file as a whole, so the second key is
    /// renamed with one of these in front and reported where it stands.
    static let duplicateMarks = (0xE000...0xE0FF).compactMap(Unicode.Scalar.init).map(Character.init)

    static func compose(_ text: String, faults: FaultList) -> Node? {
        guard text.utf8.count <= largestFile else {
            faults.add("file is larger than \(largestFile >> 20) MiB", line: 1, column: 1)
            return nil
        }
        var text = text
        for mark in duplicateMarks {
            do {
                return try Yams.compose(yaml: text)
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                guard let renamed = rename(keys, in: text, from: context.mark, with: mark) else {
                    faults.add("duplicate key \(keys.joined(separator: ", "))", at: context.mark)
                    return nil
                }
                text = renamed
            } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
                YamlError.composer(_, let problem, let mark, _)
            {
                faults.add("not YAML: \(problem)", at: mark)
                return nil
            } catch {
                faults.add("not YAML: \(error)", line: 1, column: 1)
                return nil
            }
        }
        faults.add("too many duplicate keys", line: 1, column: 1)
        return nil
    }

    /// Replaces the first letter of the last of the equal keys after the mapping's start.
    private static func rename(_ keys: [String], in text: String, from start: Mark, with mark: Character) -> String? {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
        guard let key = keys.first, start.line >= 1, start.line <= lines.count else { return nil }
        let name = Array(key)
        var found: [(line: Int, column: Int)] = []
        var flowDepth = 0
        for line in (start.line - 1)..<lines.count {
            let characters = lines[line]
            let first = line == start.line - 1 ? max(0, start.column - 1) : 0
            let isFlow = lines[start.line - 1].indices.contains(start.column - 1) && lines[start.line - 1][start.column - 1] == "{"
            if !isFlow, line > start.line - 1, let indent = characters.firstIndex(where: { $0 != " " }),
                indent < start.column - 1, characters[indent] != "#"
            {
                break
            }
            for column in first..<max(first, characters.count) {
                if isFlow {
                    flowDepth += characters[column] == "{" ? 1 : characters[column] == "}" ? -1 : 0
                    if flowDepth == 0 { break }
                } else if column != start.column - 1, column != start.column {
                    // The keys of a block mapping stand in one column; a quote may come before the name.
                    continue
                }
                if isFlow, flowDepth != 1 { continue }
                if matches(name, characters, at: column) { found.append((line, column)) }
            }
            if isFlow, flowDepth == 0 { break }
        }
        guard found.count > 1, let last = found.last else { return nil }
        lines[last.line].insert(mark, at: last.column)
        return lines.map { String($0) }.joined(separator: "\n")
    }

    /// Whether the name stands at this place as a key: followed by a colon, quotes and blanks aside.
    private static func matches(_ name: [Character], _ line: [Character], at column: Int) -> Bool {
        guard column + name.count <= line.count, Array(line[column..<column + name.count]) == name else { return false }
        if column > 0, line[column - 1].isLetter || line[column - 1].isNumber { return false }
        var rest = line[(column + name.count)...]
        if let quote = rest.first, quote == "\"" || quote == "'" { rest = rest.dropFirst() }
        return rest.first { $0 != " " } == ":"
    }
}

extension FaultList {
    func add(_ text: String, at mark: Mark?) {
        add(text, line: mark?.line ?? 1, column: mark?.column ?? 1)
    }
}
