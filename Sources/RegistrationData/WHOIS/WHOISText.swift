/// The answer of a WHOIS server (RFC 3912): text in a form of the registry's own.
public struct WHOISText: Sendable {
    /// Longer answers are cut: no registry needs a tenth of this.
    public static let byteLimit = 256 * 1024

    /// The answer, cut to ``byteLimit``.
    public let text: String
    /// The name that was asked for, lower case, without a final dot.
    public let domain: String
    /// Whose server gave the answer.
    public let source: FactSource

    public init(_ text: String, domain: String, source: FactSource = .registryWHOIS) {
        self.text =
            text.utf8.count <= Self.byteLimit
            ? text : String(decoding: text.utf8.prefix(Self.byteLimit), as: UTF8.self)
        var name = domain.lowercased()
        if name.hasSuffix(".") { name.removeLast() }
        self.domain = name
        self.source = source
    }

    /// What the answer says.
    public var registration: Registration {
        let top = domain.split(separator: ".").last.map(String.init) ?? ""
        return registration(dialect: .of(topLevelDomain: top))
    }

    /// What the answer says, read in a dialect of the caller's choice.
    package func registration(dialect: WHOISDialect) -> Registration {
        var reader = WHOISReader(domain: domain, source: source, dialect: dialect)
        let plain = WHOISPlainText(text)
        let lines = WHOISLine.all(of: plain)
        for line in lines.drop(before: domain) { reader.read(line) }
        return WHOISVerdict(lines: lines, isPage: plain.isPage, domain: domain, findings: reader.findings).registration
    }
}

extension [WHOISLine] {
    /// From the record of the domain asked for, where records of other names come first.
    func drop(before domain: String) -> ArraySlice<WHOISLine> {
        guard !domain.isEmpty else { return self[...] }
        var starts: [(index: Int, name: String)] = []
        for (index, line) in enumerated() where !line.isComment && line.text.utf8.count <= 120 {
            guard line.text.utf8.prefix(6).map(\.folded).elementsEqual("domain".utf8),
                let entry = WHOISEntry(line.text), entry.label.plain == "domain name" || entry.label.plain == "domain",
                let name = WHOISHosts.names(in: entry.value).first
            else { continue }
            starts.append((index, name))
        }
        guard let first = starts.first, let own = starts.first(where: { $0.name == domain }) else { return self[...] }
        let hasOthers = first.name != domain || self[..<own.index].contains { $0.text.folded.hasPrefix("server name:") }
        return hasOthers ? self[own.index...] : self[...]
    }
}

extension WHOISText {
    /// The server that the answer refers to, as `refer:` of IANA and the registrar's server of thin registries; nil if
    /// it refers to none.
    package var referral: String? {
        var reader = WHOISReader(domain: domain, source: source, dialect: .general)
        for line in WHOISLine.all(of: WHOISPlainText(text)) { reader.read(line) }
        return reader.findings.referral
    }

    /// Whether the registry of a domain is known to publish no end of registrations.
    public static func publishesNoEnd(domain: String) -> Bool {
        WHOISDialect.of(topLevelDomain: domain.split(separator: ".").last.map(String.init) ?? "").publishesNoEnd
    }
}
