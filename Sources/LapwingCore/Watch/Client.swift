package import DNSWire

/// A client for whom some of the domains are watched, with a page and reports of these domains only.
package struct Client: Sendable, Hashable {
    /// A picture for the head of the page.
    package struct Logo: Sendable, Hashable {
        /// The largest accepted picture, in bytes.
        package static let longest = 200 << 10

        /// `image/png`, `image/jpeg`, `image/gif`, `image/webp` or `image/svg+xml`.
        package var type: String
        /// The file.
        package var bytes: [UInt8]

        /// Returns nil if the file is too large or does not begin like one of these formats.
        package init?(_ bytes: [UInt8]) {
            guard bytes.count <= Self.longest, let type = Self.type(of: bytes) else { return nil }
            self.type = type
            self.bytes = bytes
        }

        private static func type(of bytes: [UInt8]) -> String? {
            if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) { return "image/png" }
            if bytes.starts(with: [0xff, 0xd8, 0xff]) { return "image/jpeg" }
            if bytes.starts(with: Array("GIF8".utf8)) { return "image/gif" }
            if bytes.count > 12, bytes.starts(with: Array("RIFF".utf8)), Array(bytes[8..<12]) == Array("WEBP".utf8) {
                return "image/webp"
            }
            // A declaration, a comment or a licence may precede the element.
            let head = String(decoding: bytes.prefix(2048), as: UTF8.self)
            let isXML = head.hasPrefix("<svg") || head.hasPrefix("<?xml") || head.hasPrefix("<!--")
            return isXML && head.contains("<svg") ? "image/svg+xml" : nil
        }
    }

    /// The key as configured: letters, digits, hyphens and underscores, 1 to 63.
    package let key: String
    /// The title of the page.
    package var name: String
    /// Tags; a domain with one of them is the client's.
    package var tags: [String]
    /// The picture in the head of the page; nil for none.
    package var logo: Logo?
    /// A colour such as `#0a5f6b`; nil for the default.
    package var colour: String?
    /// Whether the page names domains; otherwise it only counts them.
    package var showsNames = true
    /// Whether it also shows record values, reasons of announced work and the people who accepted changes.
    package var showsDetails = false
    /// The number that the signature of the link covers: changing it invalidates earlier links.
    package var link = 1
    /// The language of the page and reports; nil for the one that the reader's browser asks for.
    package var language: Language?
    /// The clock for times; nil for that of the reader, or UTC if it is unknown.
    package var clock: LocalClock?
    /// The `crypt` hash of the password; nil if the page is reached by its link only.
    package var passwordHash: String?

    /// Returns nil if the key is not valid.
    package init?(_ key: String, tags: [String]) {
        let isFit = key.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isFit, (1...63).contains(key.utf8.count) else { return nil }
        self.key = key
        self.tags = tags
        name = key
    }

    /// Whether a domain with these tags is one of the client's.
    package func has(_ tags: [String]) -> Bool { tags.contains(where: self.tags.contains) }

    /// The parts that the signature of its link covers.
    package var claim: [String] { ["lapwing client", key, "\(link)"] }
}

/// Finds domain names in texts, so that a reader never sees the names of other clients' domains.
package struct NameScreen: Sendable {
    private let own: Set<Name>
    private let foreign: Set<Name>
    /// Whether one of the foreign names is a single label, such as a health.
    private let hasSingleLabels: Bool

    /// - Parameters:
    ///   - own: domains that may be named.
    ///   - all: all watched domains; they may include the own ones.
    package init(own: some Sequence<Name>, of all: some Sequence<Name>) {
        let own = Set(own.map(\.folded))
        self.own = own
        foreign = Set(all.lazy.map(\.folded).filter { !own.contains($0) })
        hasSingleLabels = foreign.contains { $0.labelCount == 1 }
    }

    /// Whether a text contains no foreign domain, nor a name in one.
    package func passes(_ text: String) -> Bool {
        guard !foreign.isEmpty else { return true }
        return text.split(whereSeparator: { !Self.isOfName($0) }).allSatisfy { word in
            guard hasSingleLabels || word.contains("."), let name = try? Name(String(word.drop { $0 == "." }))
            else { return true }
            return passes(name)
        }
    }

    /// Whether a name may be shown: the longest known domain that contains it decides.
    package func passes(_ name: Name) -> Bool {
        let folded = name.folded
        for labels in stride(from: folded.labelCount, to: 0, by: -1) {
            let domain = folded.suffix(labels: labels)
            if own.contains(domain) { return true }
            if foreign.contains(domain) { return false }
        }
        return true
    }

    /// Whether a name is in one of the own domains.
    package func owns(_ name: Name) -> Bool {
        let folded = name.folded
        return passes(folded)
            && stride(from: folded.labelCount, to: 0, by: -1).contains { own.contains(folded.suffix(labels: $0)) }
    }

    private static func isOfName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "." || character == "-" || character == "_"
    }
}
