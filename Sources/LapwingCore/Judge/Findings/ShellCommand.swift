package import DNSWire

/// A command line that people may paste into a shell.
///
/// It is made from a literal whose interpolations are quoted: text from a zone, a registry or a server becomes one word
/// of the command and never a command of its own.
package struct ShellCommand: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// The whole line, safe to paste.
    package let text: String

    package init(stringLiteral value: String) { text = value }

    package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    /// Quotes the values interpolated into the literal.
    package struct Interpolation: StringInterpolationProtocol {
        var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {}

        /// Literals are part of the program and need no quoting.
        package mutating func appendLiteral(_ literal: String) { text += literal }

        /// Appends a DNS name. A name that a program would take for an option or a server begins with an escape (RFC
        /// 1035 section 5.1) instead.
        package mutating func appendInterpolation(_ name: Name) {
            let plain = name.description
            guard isAtStartOfWord, let first = plain.utf8.first, !Self.mayBegin(first) else {
                return append(plain)
            }
            let digits = String(first)
            append("\\" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits + plain.dropFirst())
        }

        /// Appends one word, quoted if a shell would interpret it.
        package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            append(value.description)
        }

        private var isAtStartOfWord: Bool { text.isEmpty || text.hasSuffix(" ") }

        private mutating func append(_ word: String) { text += ShellCommand.quoted(word) }

        private static func mayBegin(_ byte: UInt8) -> Bool {
            byte != UInt8(ascii: "-") && byte != UInt8(ascii: "+") && byte != UInt8(ascii: "@")
        }
    }

    /// Returns a part as one word of a POSIX shell: unchanged if it has no special characters, otherwise in single
    /// quotes. Characters that control a terminal appear as escapes.
    package static func quoted(_ part: String) -> String {
        let word = part.visible
        if !word.isEmpty, word.utf8.allSatisfy(isPlain) { return word }
        return "'" + word.replacing("'", with: #"'\''"#) + "'"
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "%"),
            UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
