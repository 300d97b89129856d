package import DNSWire

/// Reads a domain as a user typed or pasted it: the name to watch, or the reason why there is none.
///
/// One rule for all places where domains are entered: the configuration, the page, the API and the commands.
package struct EnteredName: Sendable {
    /// Why a text is not a domain that can be watched, as the second half of a sentence about it.
    package struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// The text, shortened for repetition.
        package var entered: String
        /// The reason; begins with a verb, such as `is a URL`.
        package var reason: String

        /// A sentence such as `` `info@example.com` is an address of mail; the domain in it is example.com ``.
        package var description: String { "`\(entered)` \(reason)" }
    }

    /// The longest accepted text, in bytes: a name of 253 letters in any script is shorter.
    private static let longest = 1024

    /// Returns the ASCII form of a name in any script (IDNA 2008); nil if it has none.
    private let ascii: @Sendable (String) -> String?
    /// Whether third parties register names directly below this one (Public Suffix List).
    private let isSuffix: @Sendable (Name) -> Bool
    /// The option that confirms a public suffix.
    private let suffixOption: String

    package init(
        ascii: @escaping @Sendable (String) -> String?, isSuffix: @escaping @Sendable (Name) -> Bool,
        suffixOption: String = "`suffix: true`"
    ) {
        self.ascii = ascii
        self.isSuffix = isSuffix
        self.suffixOption = suffixOption
    }

    /// Returns the domain name in a text.
    ///
    /// - Parameter meansSuffix: whether a public suffix may be watched, for instance by its registry.
    /// - Throws: the reason, in words for the user.
    package func read(_ text: String, meansSuffix: Bool = false) throws(Refusal) -> Name {
        let text = Self.trimmed(text)
        func refusal(_ reason: String) -> Refusal { Refusal(entered: String(text.prefix(80)).visible, reason: reason) }
        guard !text.isEmpty else { throw refusal("is no domain name: it is empty") }
        guard text != "." else { throw refusal("is the root, which cannot be registered") }
        // Most texts are plain, and there may be a million of them.
        if !text.utf8.allSatisfy(Self.isPlain), let reason = otherThing(text) { throw refusal(reason) }
        guard text.utf8.count <= Self.longest else { throw refusal("is too long for a domain name") }
        let asciiText = text.utf8.allSatisfy { $0 < 128 } ? text : ascii(text)
        guard let asciiText else { throw refusal("is no domain name: it has characters that IDNA 2008 does not allow") }
        if let fault = Self.fault(asciiText) { throw refusal(fault) }
        let name: Name
        do throws(WireError) {
            name = try Name(asciiText)
        } catch {
            throw refusal("is no domain name: \(error)")
        }
        guard meansSuffix || !isSuffix(name) else {
            throw refusal(
                "is a public suffix: others register the names below it. If it is meant, say so with \(suffixOption)")
        }
        return name
    }

    /// Returns the kind of a text that was not meant as one name: a URL, a mail address, a list.
    private func otherThing(_ text: String) -> String? {
        let parts = text.split { ",;|".contains($0) || $0.isWhitespace }
        if parts.count > 1 {
            guard parts.allSatisfy({ $0.contains(".") }) else {
                return "is no domain name: it holds a blank or a comma"
            }
            return "is a list of \(parts.count); each domain is entered by itself"
        }
        if let scheme = text.firstRange(of: "://") {
            return "is a URL" + hint(text[scheme.upperBound...].prefix { !"/?#".contains($0) })
        }
        if let at = text.lastIndex(of: "@") {
            return "is an address of mail" + hint(text[text.index(after: at)...])
        }
        // Names below in-addr.arpa may contain slashes (RFC 2317).
        if text.contains("/"), !text.lowercased().contains(".in-addr.arpa") {
            return "is a part of a URL" + hint(text.prefix { $0 != "/" })
        }
        if IPAddress(text) != nil { return "is an address, not a name" }
        if text.contains(":") { return "is no domain name: it has a port" + hint(text.prefix { $0 != ":" }) }
        if text.hasPrefix("*.") { return "is a wildcard" + hint(text.dropFirst(2)) }
        return nil
    }

    /// Returns `; the domain in it is example.com`, or an empty text if there is none.
    private func hint(_ text: Substring) -> String {
        let host = text.prefix { $0 != ":" }
        guard !host.isEmpty, host.allSatisfy({ $0.isLetter || $0.isNumber || "-.".contains($0) }),
            let name = try? read(String(host))
        else { return "" }
        let shown = name.description
        return "; the domain in it is \(shown.dropLast(shown.hasSuffix(".") ? 1 : 0))"
    }

    /// Returns the fault of an ASCII text as a host name (RFC 1123 §2.1); a label may begin with an underscore (RFC
    /// 8552).
    private static func fault(_ text: String) -> String? {
        var labels = text.utf8.split(separator: dot, omittingEmptySubsequences: false)
        if labels.last?.isEmpty == true { labels.removeLast() }
        let isReverse = text.lowercased().contains(".in-addr.arpa")
        for label in labels {
            guard !label.isEmpty else {
                return "is no domain name: a label is empty (two dots, or one at the beginning)"
            }
            guard label.count <= 63 else {
                return "is no domain name: a label has \(label.count) octets, 63 are allowed"
            }
            let body = label.first == UInt8(ascii: "_") ? label.dropFirst() : label
            if let odd = body.first(where: { !isPlain($0) && !(isReverse && $0 == UInt8(ascii: "/")) }) {
                return "is no domain name: `\(Character(UnicodeScalar(odd)))` has no place in one"
            }
            guard let first = body.first, let last = body.last, first != hyphen, last != hyphen else {
                return "is no domain name: a label begins or ends with a hyphen, or has nothing but an underscore"
            }
        }
        guard labels.reduce(0, { $0 + $1.count + 1 }) < 255 else {
            return "is no domain name: it has more than 253 octets"
        }
        guard let last = labels.last, !last.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return IPAddress(text) == nil
                ? "is no domain name: no top-level domain is a number" : "is an address, not a name"
        }
        return nil
    }

    private static let dot = UInt8(ascii: ".")
    private static let hyphen = UInt8(ascii: "-")

    /// Whether it is a letter, a digit, a hyphen or a dot.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), hyphen, dot:
            true
        default: false
        }
    }

    private static func trimmed(_ text: String) -> String {
        let rest = text.drop(while: \.isWhitespace)
        guard let last = rest.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(rest[...last])
    }
}
