/// JSON for output; the keys keep the order in which they are given.
indirect enum JSONText: CustomStringConvertible {
    case text(String)
    case number(Int)
    case decimal(Double)
    case flag(Bool)
    case list([JSONText])
    case fields([(String, JSONText)])
    /// JSON text that is already encoded and is copied unchanged.
    case raw(String)
    case null

    static func object(_ fields: [(String, JSONText)]) -> JSONText { .fields(fields) }
    static func texts(_ list: some Sequence<String>) -> JSONText { .list(list.map { .text($0) }) }
    static func optional(_ text: (some CustomStringConvertible)?) -> JSONText {
        text.map { .text($0.description) } ?? .null
    }
    static func optional(_ number: Int?) -> JSONText { number.map { .number($0) } ?? .null }

    var description: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .number(let number): String(number)
        case .decimal(let number): number.isFinite ? "\(number)" : "null"
        case .flag(let flag): flag ? "true" : "false"
        case .list(let list): "[" + list.map(\.description).joined(separator: ",") + "]"
        case .fields(let fields):
            "{" + fields.map { Self.quoted($0) + ":" + $1.description }.joined(separator: ",") + "}"
        case .raw(let text): text
        case .null: "null"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..."\u{1f}", "\u{7f}":
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
