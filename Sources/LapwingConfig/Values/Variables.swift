/// Puts values of the environment into a text: `${NAME}`, `${NAME:-default}`, and `$$` for a plain dollar sign.
struct Variables {
    let environment: [String: String]

    enum Failure: Error, Hashable {
        case unset(String)
        case unfinished
    }

    func expand(_ text: String) throws(Failure) -> String {
        guard text.contains("$") else { return text }
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            if rest.first == "$" {
                result += "$"
                rest = rest.dropFirst()
            } else if rest.first == "{" {
                guard let end = rest.firstIndex(of: "}") else { throw .unfinished }
                result += try value(of: rest[rest.index(after: rest.startIndex)..<end])
                rest = rest[rest.index(after: end)...]
            } else {
                result += "$"
            }
        }
        return result + rest
    }

    private func value(of expression: Substring) throws(Failure) -> String {
        guard let mark = expression.firstRange(of: ":-") else {
            guard let value = environment[String(expression)] else { throw .unset(String(expression)) }
            return value
        }
        let value = environment[String(expression[..<mark.lowerBound])] ?? ""
        return value.isEmpty ? String(expression[mark.upperBound...]) : value
    }
}
