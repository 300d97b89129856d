/// Reads an answer line by line; knows no registry, only labels, headings and indentation.
struct WHOISReader {
    let asked: String
    let dialect: WHOISDialect
    var findings: WHOISFindings
    var open: OpenSection?
    var block = Block.domain
    var isAfterBlank = true
    /// A second record, of another name, ends the reading.
    var isFinished = false

    /// A heading under which lines are read.
    struct OpenSection {
        var section: WHOISSection
        var indent: Int
        var hasContent = false
        var wasSeparated = false
        /// Whether lines may stand at the indentation of the heading itself.
        var takesSameIndent: Bool
    }

    /// Whose record the current paragraph is.
    enum Block { case domain, registrar, contact, servers }

    init(domain: String, source: FactSource, dialect: WHOISDialect) {
        asked = domain
        self.dialect = dialect
        findings = WHOISFindings(source: source)
    }

    /// Whether a value means that there is none.
    static func isNothing(_ value: String) -> Bool {
        nothings.contains(value.folded)
    }

    private static let nothings: Set<String> = [
        "", "-", "--", "n/a", "na", "null", "none", "not defined", "undefined", "no", "not available", "0000-00-00",
        "<no value>", "nil",
        "not disclosed", "redacted", "redacted for privacy", "not applicable", ".", "0000-00-00 00:00:00", "unknown",
        "not set", "never",
        "no nameserver", "not published", "not shown", "n.a.", "unlimited", "no expiry", "-none-",
    ]

    mutating func read(_ line: WHOISLine) {
        guard !isFinished else { return }
        if line.isBlank {
            isAfterBlank = true
            if open?.hasContent == true { open = nil } else { open?.wasSeparated = true }
            return
        }
        if line.isComment {
            readHeadingComment(line)
            return
        }
        defer { isAfterBlank = false }
        if readTable(line.text) { return }
        let text = line.text.hasPrefix("** ") ? String(line.text.dropFirst(3)) : line.text
        // Two entries on one line, as `Domain name: example.fj<tab>Status: Active`.
        for part in Self.parts(of: text) {
            read(part, indent: line.indent)
            isAfterBlank = false
        }
    }

    private static func parts(of text: String) -> [String] {
        var parts: [String] = []
        var rest = text[...]
        while parts.count < 8, let (head, tail) = split(rest) {
            parts.append(String(head))
            rest = tail
        }
        return parts + [String(rest)]
    }

    /// Two entries parted by a tab, several blanks, a bar, a comma or a semicolon; the second has a label that is known.
    private static func split(_ text: Substring) -> (Substring, Substring)? {
        guard text.utf8.count <= 400, let mark = text.utf8.firstIndex(where: { ":]".utf8.contains($0) }) else {
            return nil
        }
        var position = text.utf8.index(after: mark)
        while position < text.endIndex {
            let gap = text.utf8[position...].prefix { " \t|,;".utf8.contains($0) }
            guard !gap.isEmpty else {
                position = text.utf8.index(after: position)
                continue
            }
            let isGap = gap.count > 1 || gap.first != UInt8(ascii: " ")
            let rest = text[gap.endIndex...]
            // A label begins with a letter, and its colon is not far; or it stands in brackets.
            let isLabel =
                rest.utf8.first == UInt8(ascii: "[")
                || isGap && rest.utf8.first?.isLetter == true && rest.utf8.prefix(60).contains(UInt8(ascii: ":"))
            if isLabel, text[mark..<position].utf8.count > 1, let entry = WHOISEntry(String(rest)),
                entry.label.field != nil
            {
                return (text[..<position], rest)
            }
            position = gap.endIndex
        }
        return nil
    }

    /// `% Registrant:` above a paragraph says whose it is.
    private mutating func readHeadingComment(_ line: WHOISLine) {
        let text = line.uncommented
        guard text.hasSuffix(":"), text.utf8.count <= 40 else { return }
        switch WHOISSection(heading: WHOISLabel(text.dropLast()), isMarked: true) {
        case .contact: block = .contact
        case .registrar: block = .registrar
        default: block = .domain
        }
        open = nil
        isCommentBlock = block != .domain
    }

    /// The fields of a table whose head was read, one a column, until its row has come.
    var columns: [WHOISField] = []

    /// Set while a comment, not a first label, decided whose paragraph it is.
    var isCommentBlock = false

    private mutating func read(_ text: String, indent: Int) {
        let entry = WHOISEntry(text)
        if isAfterBlank, let entry { enterBlock(entry) }
        if let section = open, take(text, entry, indent: indent, in: section) { return }
        open = nil
        guard let entry else {
            readBare(text, indent: indent)
            return
        }
        if entry.value.isEmpty, let section = WHOISSection(heading: entry.label, isMarked: true) {
            if case .value(let kind) = section, kind == .expires { findings.saidNoEnd = true }
            open = OpenSection(
                section: section, indent: indent,
                takesSameIndent: entry.isBracketed || isAfterBlank || section == .nameServers)
            return
        }
        apply(entry)
        if let kind = entry.label.field?.kind, kind == .nameServer || kind == .status {
            open = OpenSection(section: .continued(kind), indent: indent, hasContent: true, takesSameIndent: false)
        }
    }

    /// A paragraph's first label tells whose record it is.
    private mutating func enterBlock(_ entry: WHOISEntry) {
        let label = entry.label.plain
        if label == "domain" || label == "domain name" { isCommentBlock = false }
        guard !isCommentBlock else { return }
        switch label {
        case "nsset", "ns list": block = .servers
        case "registrar" where findings.domain != nil && !findings.dates.isEmpty: block = .registrar
        case _ where entry.label.isOfContact && findings.domain != nil && entry.label.field == nil: block = .contact
        default: block = .domain
        }
    }

    /// A line that is neither an entry nor blank: a heading, or a sentence that ends in a date.
    private mutating func readBare(_ text: String, indent: Int) {
        guard text.utf8.count <= 100 else { return }
        let label = WHOISLabel(text)
        if let section = WHOISSection(heading: label, isMarked: false) {
            open = OpenSection(section: section, indent: indent, takesSameIndent: true)
        } else if let entry = WHOISSentence.entry(in: text) {
            apply(entry)
        } else if let first = text.split(separator: " ").first, asked.hasPrefix(first.lowercased() + ".") {
            // Tonga's form: the label of the domain and one server on each line.
            findings.addServers(in: String(text.dropFirst(first.count)))
        } else if label.plain.hasPrefix("domain "), findings.domain == nil {
            findings.domain = WHOISHosts.names(in: String(text.dropFirst(7))).first
        }
    }
}

/// Sentences that end in a date: `Record expires on 2027-03-02`.
enum WHOISSentence {
    static func entry(in text: String) -> WHOISEntry? {
        guard text.utf8.contains(where: \.isDigit) else { return nil }
        let words = text.utf8.split(separator: UInt8(ascii: " ")).map(Substring.init)
        guard words.count >= 3 else { return nil }
        if let entry = stated(words) { return entry }
        for count in 2...min(5, words.count - 1) {
            guard !words[count - 1].utf8.contains(where: \.isDigit) else { return nil }
            let label = words[..<count].joined(separator: " ")
            guard let field = WHOISLabel(label).field, field.kind.isDate else { continue }
            // `Last updated on ...` at the foot speaks of the database.
            if field.kind == .updated, words[0].lowercased() == "last" { return nil }
            return WHOISEntry(label + ": " + words[count...].joined(separator: " "))
        }
        return nil
    }
}

extension WHOISSentence {
    /// `The domain example.com will expire on Sunday, 5th of May 2030.`: a verb of ending, then a date to the end.
    private static func stated(_ words: [Substring]) -> WHOISEntry? {
        let plain = words.map { String($0).folded }
        guard words.count <= 20, !plain.contains(where: others.contains),
            let verb = plain.firstIndex(where: verbs.contains), verb > 0, verb + 1 < words.count
        else { return nil }
        let date = words[(verb + 1)...].joined(separator: " ")
        guard DateReader(order: .dayFirst).read(date) != nil else { return nil }
        return WHOISEntry("expires: " + date)
    }

    private static let verbs: Set<String> = [
        "expire", "expires", "expiring", "until", "till", "läuft", "expira", "vence",
    ]
    /// Words of sentences about something else that ends.
    private static let others: Set<String> = [
        "password", "certificate", "key", "notice", "option", "grace", "period", "quarantine", "suspended", "locked",
        "offer", "account", "hosting", "transfer", "database", "whois", "service", "maintenance", "unavailable",
    ]
}

extension WHOISField.Kind {
    var isDate: Bool {
        switch self {
        case .expires, .registrarExpires, .created, .updated: true
        default: false
        }
    }
}
