package import DNSWire

/// Somebody for whom some of the domains are watched: they see a page and reports of these, and of no others.
package struct Client: Sendable, Hashable {
    /// A picture for the head of the page.
    package struct Logo: Sendable, Hashable {
        /// The largest picture that is taken, in bytes.
        package static let longest = 200 << 10

        /// `image/png`, `image/jpeg`, `image/gif`, `image/webp` or `image/svg+xml`.
        package var type: String
        /// The file.
        package var bytes: [UInt8]

        /// Nil for what is no such picture, by how it begins, or is too large.
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
            // What stands before the element is a declaration, a comment or a licence.
            let head = String(decoding: bytes.prefix(2048), as: UTF8.self)
            let isXML = head.hasPrefix("<svg") || head.hasPrefix("<?xml") || head.hasPrefix("<!--")
            return isXML && head.contains("<svg") ? "image/svg+xml" : nil
        }
    }

    /// As the configuration has it: letters, digits, hyphens and underscores, 1 to 63.
    package let key: String
    /// What the page is called.
    package var name: String
    /// Its domains are those with one of these tags.
    package var tags: [String]
    package var logo: Logo?
    /// `#0a5f6b`; nil for the usual one.
    package var colour: String?
    /// Whether the page names domains; otherwise it counts them.
    package var showsNames = true
    /// Whether it shows values of records, reasons of announced work and who accepted a change, too.
    package var showsDetails = false
    /// The signature of the link is over this number: another one makes earlier links worthless.
    package var link = 1
    /// In which language it is told; nil where its readers' browsers say.
    package var language: Language?
    /// By which clocks; nil where its readers' own say, and UTC where these are not known.
    package var clock: LocalClock?
    /// What `crypt` makes of the password; nil where the page is reached by its link only.
    package var passwordHash: String?

    /// Nil where the key is none.
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

    /// Whether a domain with these tags is one of theirs.
    package func has(_ tags: [String]) -> Bool { tags.contains(where: self.tags.contains) }

    /// The parts that the code of its link is for.
    package var claim: [String] { ["lapwing client", key, "\(link)"] }
}

/// Finds names of domains in texts, so that nobody reads of somebody else's.
package struct NameScreen: Sendable {
    private let own: Set<Name>
    private let foreign: Set<Name>
    /// Whether one of them is a single label, such as a health.
    private let hasSingleLabels: Bool

    /// - Parameters:
    ///   - own: domains that may be named.
    ///   - all: domains that are watched, those among them or not.
    package init(own: some Sequence<Name>, of all: some Sequence<Name>) {
        let own = Set(own.map(\.folded))
        self.own = own
        foreign = Set(all.lazy.map(\.folded).filter { !own.contains($0) })
        hasSingleLabels = foreign.contains { $0.labelCount == 1 }
    }

    /// Whether a text names no domain of others, nor a name in one.
    package func passes(_ text: String) -> Bool {
        guard !foreign.isEmpty else { return true }
        return text.split(whereSeparator: { !Self.isOfName($0) }).allSatisfy { word in
            guard hasSingleLabels || word.contains("."), let name = try? Name(String(word.drop { $0 == "." }))
            else { return true }
            return passes(name)
        }
    }

    /// The same of a name: the longest domain that it is in decides.
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
