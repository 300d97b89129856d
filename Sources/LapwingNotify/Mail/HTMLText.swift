/// Escapes text for HTML, so that it is only displayed.
enum HTMLText {
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
        return result
    }

    static func lines(_ text: String) -> String {
        text.split(separator: "\n").map { escaped(String($0)) }.joined(separator: "<br>\n")
    }
}
