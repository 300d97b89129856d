/// A language in which clients are told about their domains.
package enum Language: String, Sendable, Hashable, Codable, CaseIterable {
    case english = "en"
    case german = "de"
    case french = "fr"
    case spanish = "es"
    case portuguese = "pt"
    case russian = "ru"

    /// As the attribute `lang` has it (BCP 47): Portuguese is that of Brazil.
    package var tag: String { self == .portuguese ? "pt-BR" : rawValue }

    /// Which way it is written, as the attribute `dir` has it.
    package var direction: String { "ltr" }

    /// What its speakers call it.
    package var ownName: String {
        switch self {
        case .english: "English"
        case .german: "Deutsch"
        case .french: "Français"
        case .spanish: "Español"
        case .portuguese: "Português"
        case .russian: "Русский"
        }
    }

    /// The one of a tag such as `de` or `pt-PT`, in any case; nil for others.
    package init?(tag: some StringProtocol) {
        let primary = tag.prefix { $0 != "-" && $0 != "_" }
        guard primary.utf8.count == 2, let language = Language(rawValue: primary.lowercased()) else { return nil }
        self = language
    }

    /// Members of a header that are read: a browser sends a handful.
    private static let mostWanted = 32

    /// The first that a reader wants most (`Accept-Language`, RFC 9110 section 12.5.4); nil where none of ours is wanted.
    package static func wanted(by header: String) -> Language? {
        var best: (language: Language, quality: Int)?
        for member in header.split(separator: ",").prefix(mostWanted) {
            let parts = member.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            guard let tag = parts.first, let language = Language(tag: tag) else { continue }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.map { thousandths($0.dropFirst(2)) } ?? 1000
            if quality > best?.quality ?? 0 { best = (language, quality) }
        }
        return best?.language
    }

    /// `0.8` as 800; what is no weight as none.
    private static func thousandths(_ text: some StringProtocol) -> Int {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2, let whole = Int(first), (0...1).contains(whole) else {
            return 0
        }
        let digits = parts.count == 2 ? parts[1].prefix(3) : ""
        guard digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return 0 }
        let rest = Int(digits + String(repeating: "0", count: 3 - digits.count)) ?? 0
        return min(1000, whole * 1000 + rest)
    }
}
