internal import CRegularExpression

/// A pattern in RE2 syntax, compiled once and matched anywhere in a text.
package final class RegularExpression: @unchecked Sendable {
    // RE2 documents matching as thread-safe on a constant object; nothing here modifies it after init.
    private let compiled: OpaquePointer

    /// Compiles the pattern, or throws the compiler's message.
    package init(_ pattern: String) throws(RegularExpressionError) {
        if Self.matchesSingleBytes(pattern) {
            throw RegularExpressionError(reason: "invalid escape sequence: `\\C`", pattern: pattern)
        }
        var reason = [CChar](repeating: 0, count: 256)
        var text = pattern
        let compiled = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                lapwing_regular_expression_create(characters.baseAddress, characters.count, &reason, reason.count)
            }
        }
        guard let compiled else {
            let words = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw RegularExpressionError(reason: String(decoding: words, as: UTF8.self), pattern: pattern)
        }
        self.compiled = compiled
    }

    /// Whether the pattern contains `\C`, which RE2 accepts and Go refuses.
    private static func matchesSingleBytes(_ pattern: String) -> Bool {
        var rest = pattern.utf8[...]
        var isQuoted = false
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() else { continue }
            switch escaped {
            case UInt8(ascii: "Q"): isQuoted = true
            case UInt8(ascii: "E"): isQuoted = false
            case UInt8(ascii: "C"): if !isQuoted { return true }
            default: break
            }
        }
        return false
    }

    deinit { lapwing_regular_expression_destroy(compiled) }

    /// Whether the pattern matches anywhere in the text.
    package func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                lapwing_regular_expression_matches(compiled, characters.baseAddress, characters.count)
            }
        }
    }
}

/// The reason why a pattern is invalid.
package struct RegularExpressionError: Error, Hashable, CustomStringConvertible {
    /// RE2's message.
    package let reason: String
    /// The given pattern.
    package let pattern: String

    /// In the format of Go's library.
    package var description: String { "error parsing regexp: \(reason)" }
}
