package import DNSWire

/// One change that the owner announces: the future value of an RRset, or the future registrar.
package struct AnnouncedChange: Sendable, Hashable, Codable {
    /// The largest number of changes in one announcement.
    package static let limit = 200
    /// The largest number of values in one change.
    package static let mostValues = 200

    /// The RRset; nil for the registrar.
    package var key: RecordSetKey?
    /// All future values in presentation format, sorted; for the registrar its name or IANA number. Empty if nothing
    /// remains.
    package var values: [String]

    package init(key: RecordSetKey?, values: [String]) {
        self.key = key
        self.values = values
    }

    package init(_ key: RecordSetKey, _ data: [RecordData]) {
        self.init(key: RecordSetKey(key.name.folded, key.type), values: Array(Set(data.map(\.text))).sorted())
    }

    /// The values as data; unreadable ones are omitted.
    package var data: [RecordData] {
        key.map { key in values.compactMap { try? RecordData(type: key.type, text: $0) } } ?? []
    }

    /// Whether records of a type can be announced: signatures and keys are generated automatically, and some types are
    /// in no zone.
    static func isAnnounceable(_ type: RecordType) -> Bool {
        let made: Set<RecordType> = [.soa, .dnskey, .rrsig, .nsec, .nsec3, .nsec3param, .opt]
        return !made.contains(type) && !(128...255).contains(type.rawValue)
    }

    /// Types of which one line may have any number of values.
    static let listed: Set<RecordType> = [.a, .aaaa, .ns, .cname, .ptr]

    /// The lines from which ``AnnouncedText`` reads it.
    package var lines: [String] {
        guard let key else { return values.map { "registrar \($0)" } }
        if values.isEmpty { return ["\(key) -"] }
        return Self.listed.contains(key.type)
            ? ["\(key) \(values.joined(separator: " "))"] : values.map { "\(key) \($0)" }
    }

    /// A description for people: `shop.example.org. A 192.0.2.7`, `registrar Example Ltd`.
    package var words: String {
        guard let key else { return "registrar \(values.joined(separator: ", "))" }
        return "\(key) \(values.isEmpty ? "-" : values.joined(separator: ", "))"
    }
}

extension [AnnouncedChange] {
    /// A description for people: the first few changes and the number of further ones.
    package var words: String {
        let more = count > 4 ? "; and \(count - 4) more" : ""
        return prefix(4).map(\.words).joined(separator: "; ") + more
    }
}

/// Parses announced changes as people type them: `shop.example.org A 192.0.2.7`, one per line.
///
/// The values follow the type: any number of them for A, AAAA, NS, CNAME and PTR, one in presentation format for other
/// types; lines of one name and type belong together. `-` or `absent` means that nothing remains. A TTL and the class
/// IN before the type are ignored. `registrar` in place of the type is followed by a name or an IANA number.
package struct AnnouncedText {
    /// An error in a line.
    package struct Fault: Error, Sendable, Hashable {
        /// The message for people; it quotes the faulty part of the line.
        package var text: String

        package init(text: String) { self.text = text }
    }

    private var order: [RecordSetKey] = []
    private var values: [RecordSetKey: [RecordData]] = [:]
    private var gone: Set<RecordSetKey> = []
    private var registrar: (name: Name, text: String)?

    package init() {}

    /// Returns the changes of these lines.
    ///
    /// - Throws: `Fault` for the first invalid line.
    package static func read(
        _ lines: [String]
    ) throws(Fault) -> (changes: [AnnouncedChange], names: [Name]) {
        var text = AnnouncedText()
        for line in lines { try text.take(line) }
        return try text.finish()
    }

    /// Adds the content of one line.
    ///
    /// - Throws: `Fault` if the line is not valid, or there are more changes or values than an announcement may have.
    package mutating func take(_ line: String) throws(Fault) {
        guard line.utf8.count <= 100_000 else { throw Fault(text: "a line is too long") }
        var words = line.split(whereSeparator: \.isWhitespace)
        guard words.count >= 2 else { throw Fault(text: "`\(line.prefix(200))` is no NAME TYPE VALUE") }
        guard let name = try? Name(String(words.removeFirst())).folded else {
            throw Fault(text: "`\(line.prefix(200))` begins with no name")
        }
        while words.count > 1, words[0].uppercased() == "IN" || UInt32(words[0]) != nil { words.removeFirst() }
        guard let word = words.first else { throw Fault(text: "`\(line.prefix(200))` has no type") }
        let rest = String(line[word.endIndex...]).trimmingBlanks
        if word.lowercased() == "registrar" {
            guard !rest.isEmpty, rest.count <= 200 else { throw Fault(text: "after `registrar` its name is wanted") }
            guard registrar == nil else { throw Fault(text: "one announcement names one registrar") }
            registrar = (name, rest)
            return
        }
        guard let type = RecordType(String(word)) else {
            throw Fault(text: "`\(word)` is no record type; write \"\(name) A 192.0.2.7\"")
        }
        try take(RecordSetKey(name, type), rest)
    }

    private mutating func take(_ key: RecordSetKey, _ rest: String) throws(Fault) {
        guard AnnouncedChange.isAnnounceable(key.type) else {
            throw Fault(text: "records of type \(key.type) cannot be announced")
        }
        if values[key] == nil {
            order.append(key)
            values[key] = []
        }
        guard order.count <= AnnouncedChange.limit else {
            throw Fault(text: "an announcement has at most \(AnnouncedChange.limit) changes")
        }
        guard rest != "-", rest.lowercased() != "absent" else {
            gone.insert(key)
            return
        }
        let isList = AnnouncedChange.listed.contains(key.type)
        let parts = isList ? rest.split { $0.isWhitespace || $0 == "," }.map(String.init) : [rest]
        guard !parts.isEmpty, parts[0] != "" else {
            throw Fault(text: "\(key) has no value; `-` means that nothing is left")
        }
        for part in parts {
            do throws(ZoneTextError) {
                values[key]?.append(try RecordData.entered(part, as: key.type))
            } catch {
                throw Fault(text: "`\(part.prefix(200))` is no data of type \(key.type): \(error.text)")
            }
        }
        guard values[key, default: []].count <= AnnouncedChange.mostValues else {
            throw Fault(text: "\(key) has more than \(AnnouncedChange.mostValues) values")
        }
    }

    /// Returns the changes of all lines, and the names that they are about, in the order of the lines.
    ///
    /// - Throws: `Fault` if there are none, an RRset has values and is to be absent, or a name has two CNAME values.
    package func finish() throws(Fault) -> (changes: [AnnouncedChange], names: [Name]) {
        var changes: [AnnouncedChange] = []
        for key in order {
            let data = values[key] ?? []
            guard gone.contains(key) == data.isEmpty else {
                throw Fault(text: "\(key) is said to have values and to be gone")
            }
            let change = AnnouncedChange(key, data)
            guard key.type != .cname || change.values.count <= 1 else {
                throw Fault(text: "\(key) has more than one value")
            }
            changes.append(change)
        }
        if let registrar { changes.append(AnnouncedChange(key: nil, values: [registrar.text])) }
        guard !changes.isEmpty else { throw Fault(text: "nothing is announced") }
        return (changes, order.map(\.name) + [registrar?.name].compactMap(\.self))
    }
}

extension String {
    /// The text without blanks at either end.
    fileprivate var trimmingBlanks: String {
        let tail = drop(while: \.isWhitespace)
        return String(tail.reversed().drop(while: \.isWhitespace).reversed())
    }
}
