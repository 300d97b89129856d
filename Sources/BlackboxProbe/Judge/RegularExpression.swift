internal import CRegularExpression

/// A pattern in RE2 syntax, compiled once and matched anywhere in a text.
package final class RegularExpression: @unchecked Sendable {
    // RE2's matching is documented as thread-safe on a constant object; nothing here changes it after init.
    private let compiled: OpaquePointer

    /// Compiles the pattern, or throws the compiler's own words.
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

    /// Whether the pattern has `\C`, which this library takes and Go's refuses.
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

    /// Whether the pattern is found anywhere in the text.
    package func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                lapwing_regular_expression_matches(compiled, characters.baseAddress, characters.count)
            }
        }
    }
}

/// Why a pattern does not compile.
package struct RegularExpressionError: Error, Hashable, CustomStringConvertible {
    /// RE2's words.
    package let reason: String
    /// The pattern as it was given.
    package let pattern: String

    /// As Go's library puts it.
    package var description: String { "error parsing regexp: \(reason)" }
}
