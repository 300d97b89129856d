/// Formats a text as a YAML scalar in the style that Go's yaml v3 selects.
enum ScalarText {
    static func text(_ value: String, indentation: Int) -> String {
        if value.contains("\n") && !value.unicodeScalars.contains(where: isSpecial) {
            return literal(value, indentation)
        }
        if readsAsOtherType(value) || value.unicodeScalars.contains(where: { isSpecial($0) || $0 == "\n" }) {
            return doubleQuoted(value)
        }
        return isPlain(value) ? value : "'" + value.replacing("'", with: "''") + "'"
    }

    private static func literal(_ value: String, _ indentation: Int) -> String {
        let margin = String(repeating: " ", count: indentation)
        let lines = value.split(separator: "\n", omittingEmptySubsequences: false)
        let mark = value.hasSuffix("\n\n") ? "|+" : value.hasSuffix("\n") ? "|" : "|-"
        let shown = value.hasSuffix("\n") ? lines.dropLast() : lines
        return mark + "\n" + shown.map { $0.isEmpty ? "" : margin + $0 }.joined(separator: "\n")
    }

    private static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
        (scalar.value < 0x20 && scalar != "\n") || (0x7f...0x9f).contains(scalar.value) || scalar == "\u{feff}"
            || scalar == "\u{2028}" || scalar == "\u{2029}"
    }

    private static func doubleQuoted(_ value: String) -> String {
        var result = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case "\0": result += "\\0"
            case "\u{7}": result += "\\a"
            case "\u{8}": result += "\\b"
            case "\u{b}": result += "\\v"
            case "\u{c}": result += "\\f"
            case "\u{1b}": result += "\\e"
            default:
                if isSpecial(scalar) {
                    let code = String(scalar.value, radix: 16, uppercase: true)
                    let width = scalar.value < 0x100 ? 2 : 4
                    result += (width == 2 ? "\\x" : "\\u") + String(repeating: "0", count: width - code.count) + code
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }

    private static let words: Set<String> = [
        "", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE", "y", "Y", "yes", "Yes",
        "YES", "on", "On", "ON", "n", "N", "no", "No", "NO", "off", "Off", "OFF", ".nan", ".NaN", ".NAN", ".inf",
        ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", "<<",
    ]

    /// Whether the plain text would be parsed as a number, a boolean, a date or null.
    private static func readsAsOtherType(_ value: String) -> Bool {
        if words.contains(value) { return true }
        let digits = value.filter { $0 != "_" }.drop { "+-".contains($0) }
        guard let first = digits.first, first.isNumber || first == "." else { return false }
        let lower = digits.lowercased()
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where lower.hasPrefix(prefix) {
            return Int(lower.dropFirst(2), radix: radix) != nil
        }
        if Double(lower) != nil { return true }
        if lower.contains(":"), lower.split(separator: ":").allSatisfy({ Double($0) != nil }) { return true }
        let parts = value.prefix(10).split(separator: "-")
        return parts.count == 3 && parts[0].count == 4 && parts.allSatisfy { Int($0) != nil } && value.count >= 8
            && (value.count <= 10 || value.dropFirst(10).contains { "Tt :".contains($0) })
    }

    /// libyaml's test for a plain scalar in block context.
    private static func isPlain(_ value: String) -> Bool {
        guard let first = value.unicodeScalars.first, value != "-", value != "---", value != "..." else { return false }
        if value.hasPrefix(" ") || value.hasSuffix(" ") || value.hasPrefix("---") || value.hasPrefix("...") {
            return false
        }
        if "#,[]{}&*!|>'\"%@`".unicodeScalars.contains(first) { return false }
        let scalars = Array(value.unicodeScalars)
        if "?:-".unicodeScalars.contains(first), scalars.count == 1 || scalars[1] == " " { return false }
        for (index, scalar) in scalars.enumerated() {
            let next = index + 1 < scalars.count ? scalars[index + 1] : " "
            if scalar == ":" && next == " " { return false }
            if scalar == "#" && index > 0 && scalars[index - 1] == " " { return false }
        }
        return true
    }
}
