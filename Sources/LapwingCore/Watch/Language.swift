/// A language for clients' pages and reports.
package enum Language: String, Sendable, Hashable, Codable, CaseIterable {
    case english = "en"
    case german = "de"
    case french = "fr"
    case spanish = "es"
    case portuguese = "pt"
    case russian = "ru"

    /// The value of the attribute `lang` (BCP 47): Portuguese is that of Brazil.
    package var tag: String { self == .portuguese ? "pt-BR" : rawValue }

    /// The writing direction, as in the attribute `dir`.
    package var direction: String { "ltr" }

    /// The name of the language in the language itself.
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

    /// Returns the language of a tag such as `de` or `pt-PT`, in any case; nil for other languages.
    package init?(tag: some StringProtocol) {
        let primary = tag.prefix { $0 != "-" && $0 != "_" }
        guard primary.utf8.count == 2, let language = Language(rawValue: primary.lowercased()) else { return nil }
        self = language
    }

    /// The largest number of members of a header that are read: a browser sends a handful.
    private static let mostWanted = 32

    /// Returns the first language with the highest preference of a reader (`Accept-Language`, RFC 9110 section 12.5.4);
    /// nil if none is supported.
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

    /// Returns `0.8` as 800; 0 for an invalid weight.
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
