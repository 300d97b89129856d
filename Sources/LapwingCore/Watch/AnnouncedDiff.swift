package import DNSWire

/// The changes in a difference of zones: of zone files as `diff` prints it, or as `dnscontrol preview` does.
package struct AnnouncedDiff: Sendable {
    /// The largest size of a difference, in bytes.
    package static let longest = 4 << 20

    /// Records that are removed, in the order of their sets.
    package private(set) var removed: [RecordSetKey: [RecordData]] = [:]
    /// Records that are added.
    package private(set) var added: [RecordSetKey: [RecordData]] = [:]

    /// Sets in which a record is added or removed, by name and type.
    package var keys: [RecordSetKey] {
        Set(removed.keys).union(added.keys).sorted { ($0.name, $0.type.rawValue) < ($1.name, $1.type.rawValue) }
    }

    /// An error, with the line of the difference, from 1.
    package struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// The number of the line, from 1; 1 also for errors of the difference as a whole.
        package var line: Int
        /// The message for people.
        package var text: String
        package var description: String { "line \(line): \(text)" }
    }

    /// - Parameter origin: completes relative names of zone files.
    /// - Throws: `Fault` for the first line that cannot be read, or if no record is added or removed.
    package init(_ text: String, origin: Name) throws(Fault) {
        guard text.utf8.count <= Self.longest else { throw Fault(line: 1, text: "longer than \(Self.longest) bytes") }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Self.plain(String($0)) }
        let corrections = lines.enumerated().compactMap { place, line in
            Self.correction(line).map { (place + 1, $0.word, $0.rest) }
        }
        if corrections.isEmpty {
            try readZones(lines, origin)
        } else {
            for (line, word, rest) in corrections { try take(word, rest, line) }
        }
        // A record that is both removed and added only changes its TTL or its place.
        for (key, data) in removed {
            let both = Set(data.map(\.canonical)).intersection(added[key, default: []].map(\.canonical))
            guard !both.isEmpty else { continue }
            removed[key] = data.filter { !both.contains($0.canonical) }
            added[key] = added[key, default: []].filter { !both.contains($0.canonical) }
        }
        removed = removed.filter { !$0.value.isEmpty }
        added = added.filter { !$0.value.isEmpty }
        guard !keys.isEmpty else { throw Fault(line: 1, text: "no record comes or goes in it") }
        guard keys.count <= AnnouncedChange.limit else {
            throw Fault(line: 1, text: "more than \(AnnouncedChange.limit) sets are another")
        }
    }

    /// Returns the future value of each set: the known records without the removed ones, plus the added ones.
    ///
    /// - Parameter known: returns the present data of a set; nil if it is unknown, so that only the difference counts.
    package func changes(known: (RecordSetKey) -> [RecordData]?) -> [AnnouncedChange] {
        keys.map { key in
            let going = Set((removed[key] ?? []).map(\.canonical))
            let kept = (known(key) ?? []).filter { !going.contains($0.canonical) }
            return AnnouncedChange(key, kept + (added[key] ?? []))
        }
    }

    // MARK: Zone files

    private mutating func readZones(_ lines: [String], _ origin: Name) throws(Fault) {
        // Both files as far as they are shown, each line in its place, so that an omitted owner is that of the line
        // before.
        func side(_ marks: Set<Character>) -> String {
            lines.map { line in
                guard let mark = line.first, !line.hasPrefix("+++"), !line.hasPrefix("---"), !line.hasPrefix("@@"),
                    !line.hasPrefix("diff "), !line.hasPrefix("index ")
                else { return "" }
                guard mark == " " || marks.contains(mark) else { return "" }
                // `diff` without `-u` writes a blank behind its mark.
                return String(line.dropFirst(mark == "<" || mark == ">" ? 2 : 1))
            }.joined(separator: "\n")
        }
        let old = try Self.records(side(["-", "<"]), origin)
        let new = try Self.records(side(["+", ">"]), origin)
        let (known, coming) = (Set(old), Set(new))
        for line in old where !coming.contains(line) { removed[line.key, default: []].append(line.data) }
        for line in new where !known.contains(line) { added[line.key, default: []].append(line.data) }
        // The SOA and the signatures change with every other change.
        removed = removed.filter { AnnouncedChange.isAnnounceable($0.key.type) }
        added = added.filter { AnnouncedChange.isAnnounceable($0.key.type) }
    }

    private struct Line: Hashable {
        var key: RecordSetKey
        var data: RecordData
    }

    private static func records(_ text: String, _ origin: Name) throws(Fault) -> [Line] {
        var reader = ZoneText(text, defaults: ZoneText.Defaults(origin: origin, ttl: 3600))
        var records: [Line] = []
        do throws(ZoneTextError) {
            while let line = try reader.next() {
                let record = line.record
                records.append(Line(key: RecordSetKey(record.name.folded, record.type), data: record.data))
            }
        } catch {
            throw Fault(line: error.line, text: error.text)
        }
        return records
    }

    // MARK: dnscontrol

    private static let words = ["CREATE", "DELETE", "MODIFY"]

    /// Parses a line such as `#1: + CREATE A shop.example.org 192.0.2.7 ttl=300`.
    private static func correction(_ line: String) -> (word: String, rest: Substring)? {
        var rest = Substring(line)
        if rest.hasPrefix("#"), let colon = rest.firstIndex(of: ":") { rest = rest[rest.index(after: colon)...] }
        rest = rest.drop { $0 == " " || $0 == "+" || $0 == "-" || $0 == "±" }
        guard let word = words.first(where: { rest.hasPrefix($0 + " ") }) else { return nil }
        return (word, rest.dropFirst(word.count + 1))
    }

    private mutating func take(_ word: String, _ rest: Substring, _ line: Int) throws(Fault) {
        var parts = rest.split(separator: " ", maxSplits: 2).map(String.init)
        guard parts.count == 3 else { throw Fault(line: line, text: "\(word) of what?") }
        if RecordType(parts[0]) == nil { parts.swapAt(0, 1) }
        if parts[1].hasSuffix(":") { parts[1].removeLast() }
        guard let type = RecordType(parts[0]), let name = try? Name(parts[1]) else {
            throw Fault(line: line, text: "\(word) names no type and name")
        }
        let key = RecordSetKey(name.folded, type)
        guard word == "MODIFY" else {
            let data = try Self.data(parts[2], type, line)
            if word == "CREATE" { added[key, default: []].append(data) } else { removed[key, default: []].append(data) }
            return
        }
        let sides = parts[2].components(of: ") -> (")
        guard sides.count == 2, sides[0].hasPrefix("("), sides[1].hasSuffix(")") else {
            throw Fault(line: line, text: "MODIFY wants (old) -> (new)")
        }
        removed[key, default: []].append(try Self.data(String(sides[0].dropFirst()), type, line))
        added[key, default: []].append(try Self.data(String(sides[1].dropLast()), type, line))
    }

    private static func data(_ text: String, _ type: RecordType, _ line: Int) throws(Fault) -> RecordData {
        let value = text.components(of: " ttl=").first ?? text
        do throws(ZoneTextError) {
            return try RecordData.entered(value, as: type)
        } catch {
            throw Fault(line: line, text: "no data of type \(type): \(error.text)")
        }
    }

    /// Returns the line without terminal colours and carriage returns.
    private static func plain(_ line: String) -> String {
        var text = ""
        var isColour = false
        for scalar in line.unicodeScalars where scalar != "\r" {
            if scalar == "\u{1B}" { isColour = true }
            if !isColour { text.unicodeScalars.append(scalar) }
            if isColour, scalar == "m" { isColour = false }
        }
        return text
    }
}

extension String {
    /// Returns the parts of the text that a separator divides.
    fileprivate func components(of text: String) -> [String] {
        split(separator: text, omittingEmptySubsequences: false).map(String.init)
    }
}
