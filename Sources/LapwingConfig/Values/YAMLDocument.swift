import Yams

/// Parses a YAML file into a tree of nodes with positions.
enum YAMLDocument {
    /// The largest file in bytes, far above any hand-written configuration; lists of domains go into files of their
    /// own.
    static let largestFile = 32 << 20

    /// Mark a repeated key in a mapping: Yams refuses such a file as a whole, so the second key is renamed with one of
    /// these as a prefix and reported at its position.
    static let duplicateMarks = (0xE000...0xE0FF).compactMap(Unicode.Scalar.init).map(Character.init)

    static func compose(_ text: String, faults: FaultList) -> Node? {
        guard text.utf8.count <= largestFile else {
            faults.add("file is larger than \(largestFile >> 20) MiB", line: 1, column: 1)
            return nil
        }
        var text = text
        for mark in duplicateMarks {
            do {
                // Scalars are read as text here; the patterns of the default resolver would add some milliseconds to
                // the start.
                return try Yams.compose(yaml: text, .basic)
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

    /// Prefixes the last of the equal keys of a mapping with the mark; `first` is the position of the first one.
    private static func rename(_ keys: [String], in text: String, from first: Mark, with mark: Character) -> String? {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
        guard let key = keys.first, lines.indices.contains(first.line - 1) else { return nil }
        let column = max(0, first.column - 1)
        // Only spaces and the dashes of lists may precede a key of a block mapping.
        let isBlock = lines[first.line - 1].prefix(column).allSatisfy { $0 == " " || $0 == "-" }
        let places = isBlock ? placesInBlock : placesInFlow
        let found = places(Array(key), lines, first.line - 1, column)
        guard found.count > 1, let last = found.last else { return nil }
        lines[last.line].insert(mark, at: last.column)
        return lines.map { String($0) }.joined(separator: "\n")
    }

    /// Returns the positions of a key in a block mapping: in one column, down to the first line with less indentation.
    private static func placesInBlock(
        _ name: [Character], _ lines: [[Character]], _ line: Int, _ column: Int
    ) -> [(line: Int, column: Int)] {
        var found: [(line: Int, column: Int)] = []
        for index in line..<lines.count {
            let indent = lines[index].firstIndex { $0 != " " }
            if index > line, let indent, indent < column, lines[index][indent] != "#" { break }
            // A quote may precede the name.
            if let place = [column, column + 1].first(where: { matches(name, lines[index], at: $0) }) {
                found.append((index, place))
            }
        }
        return found
    }

    /// Returns the positions of a key in a flow mapping: anywhere up to its closing brace, except inside inner ones.
    private static func placesInFlow(
        _ name: [Character], _ lines: [[Character]], _ line: Int, _ column: Int
    ) -> [(line: Int, column: Int)] {
        var found: [(line: Int, column: Int)] = []
        var depth = 0
        for index in line..<lines.count {
            for place in lines[index].indices where index > line || place >= column {
                depth += lines[index][place] == "{" ? 1 : lines[index][place] == "}" ? -1 : 0
                if depth < 0 { return found }
                if depth == 0, matches(name, lines[index], at: place) { found.append((index, place)) }
            }
        }
        return found
    }

    /// Whether the name at this position is a key: followed by a colon, apart from quotes and spaces.
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
