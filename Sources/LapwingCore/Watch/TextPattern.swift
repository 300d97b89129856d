/// A pattern for the text of a record: `*` matches any characters, `?` matches one, and a backslash makes the next
/// character literal. Letter case does not matter.
///
/// It is not a regular expression: a comparison takes at most as many steps as the product of the lengths of pattern
/// and text, whatever a zone contains.
package struct TextPattern: Sendable, Hashable, CustomStringConvertible {
    /// The largest number of characters.
    package static let longest = 255
    /// The largest number of stars; consecutive ones count once.
    package static let mostStars = 16

    /// An error in a pattern.
    package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// A part of a sentence: `it is empty`.
        package var description: String
    }

    private enum Part: Hashable {
        case any
        case one
        case scalar(Unicode.Scalar)
    }

    /// The pattern as written.
    package let description: String
    private let parts: [Part]

    package init(_ text: String) throws(Fault) {
        guard !text.isEmpty else { throw Fault(description: "it is empty") }
        guard text.unicodeScalars.count <= Self.longest else {
            throw Fault(description: "it is longer than \(Self.longest) characters")
        }
        var parts: [Part] = []
        var isEscaped = false
        for scalar in text.unicodeScalars {
            switch (isEscaped, scalar) {
            case (true, _): parts.append(.scalar(Self.folded(scalar)))
            case (false, "\\"):
                isEscaped = true
                continue
            case (false, "*"): if parts.last != .any { parts.append(.any) }
            case (false, "?"): parts.append(.one)
            case (false, _): parts.append(.scalar(Self.folded(scalar)))
            }
            isEscaped = false
        }
        guard !isEscaped else { throw Fault(description: "nothing follows its last backslash") }
        guard parts.count(where: { $0 == .any }) <= Self.mostStars else {
            throw Fault(description: "it has more than \(Self.mostStars) stars")
        }
        guard parts != [.any] else { throw Fault(description: "it matches everything") }
        description = text
        self.parts = parts
    }

    /// Whether the whole text matches the pattern.
    package func matches(_ text: String) -> Bool {
        let text = text.unicodeScalars.map(Self.folded)
        var (place, part) = (0, 0)
        // The place to continue from if the part after the last star does not match; only the last star has to be
        // retried.
        var retry: (place: Int, part: Int)?
        while place < text.count {
            if part < parts.count, parts[part] == .any {
                retry = (place, part + 1)
                part += 1
            } else if part < parts.count, parts[part] == .one || parts[part] == .scalar(text[place]) {
                place += 1
                part += 1
            } else if let last = retry {
                retry = (last.place + 1, last.part)
                (place, part) = (last.place + 1, last.part)
            } else {
                return false
            }
        }
        return parts[part...].allSatisfy { $0 == .any }
    }

    private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard ("A"..."Z").contains(scalar), let lower = Unicode.Scalar(scalar.value + 32) else { return scalar }
        return lower
    }
}
