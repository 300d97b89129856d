/// One value of a JSON or YAML document, with its position.
package struct DocumentValue: Sendable {
    /// The kinds of values that JSON and YAML share.
    package enum Content: Sendable {
        case null
        /// A text, a number or a boolean, as written.
        case scalar(String)
        case list([DocumentValue])
        /// In the order of the document.
        case mapping([Member])
    }

    /// One entry of a mapping.
    package struct Member: Sendable {
        /// The key as text, in the letter case of the document.
        package var key: String
        /// The value of the key, which may be `null`.
        package var value: DocumentValue
    }

    /// The value without its place.
    package var content: Content
    /// From 1 on.
    package var line: Int
    /// From 1 on.
    package var column: Int
    /// The tag of a YAML node other than the usual ones, such as `!include`; nil for the usual ones and for JSON.
    package var tag: String?

    package init(_ content: Content, line: Int = 1, column: Int = 1, tag: String? = nil) {
        self.content = content
        self.line = line
        self.column = column
        self.tag = tag
    }

    /// Returns a scalar that comes from no document.
    package static func text(_ text: String) -> DocumentValue { DocumentValue(.scalar(text)) }
    /// Returns a list of such scalars.
    package static func texts(_ texts: [String]) -> DocumentValue { DocumentValue(.list(texts.map(text))) }
    /// Returns a mapping that comes from no document, with its keys in this order.
    package static func mapping(_ members: [(String, DocumentValue)]) -> DocumentValue {
        DocumentValue(.mapping(members.map { Member(key: $0, value: $1) }))
    }

    /// Whether it is `null`; in YAML also a value that is left empty.
    package var isNull: Bool {
        if case .null = content { true } else { false }
    }
    /// The text of a scalar, with numbers and truth values as written; nil for anything else.
    package var text: String? {
        if case .scalar(let text) = content { text } else { nil }
    }
    /// The members of a list; nil for anything else.
    package var list: [DocumentValue]? {
        if case .list(let members) = content { members } else { nil }
    }
    /// The entries of a mapping, in the order of the document; nil for anything else.
    package var members: [Member]? {
        if case .mapping(let members) = content { members } else { nil }
    }

    /// The value of a key; nil if it is missing or `null`.
    package subscript(key: String) -> DocumentValue? {
        guard let value = members?.first(where: { $0.key == key })?.value, !value.isNull else { return nil }
        return value
    }

    /// Returns the text of the first of these keys that has a scalar; nil if none has.
    package func text(_ keys: String...) -> String? { keys.lazy.compactMap { self[$0]?.text }.first }

    /// A single value, or the members of a list.
    package var texts: [String] { text.map { [$0] } ?? list?.compactMap(\.text) ?? [] }
}

extension DocumentValue: Equatable {
    /// Whether the values are equal, regardless of positions and of the order of keys.
    package static func == (one: DocumentValue, other: DocumentValue) -> Bool {
        switch (one.content, other.content) {
        case (.null, .null): true
        case (.scalar(let one), .scalar(let other)): one == other
        case (.list(let one), .list(let other)): one == other
        case (.mapping(let one), .mapping(let other)):
            one.count == other.count
                && Dictionary(one.map { ($0.key, $0.value) }) { $1 }
                    == Dictionary(other.map { ($0.key, $0.value) }) { $1 }
        default: false
        }
    }
}

extension DocumentValue {
    /// The value as JSON in one line, with keys in their order.
    package var json: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch content {
        case .null: text += "null"
        case .scalar(let value): text += Self.quoted(value)
        case .list(let members):
            text += "["
            for (index, member) in members.enumerated() {
                if index > 0 { text += ", " }
                member.write(to: &text)
            }
            text += "]"
        case .mapping(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += ", " }
                text += Self.quoted(member.key) + ": "
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    /// Returns a JSON string, which is valid YAML too.
    package static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _
            where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028
                || scalar.value == 0x2029 || scalar.value == 0xFEFF:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
