/// Expands environment variables in a text: `${NAME}`, `${NAME:-default}`, and `$$` for a dollar sign.
struct Variables {
    let environment: [String: String]

    enum Failure: Error, Hashable {
        case unset(String)
        case unfinished
    }

    /// - Parameter note: called for each variable in the text, with its value.
    func expand(_ text: String, note: (_ name: String, _ value: String) -> Void = { _, _ in }) throws(Failure) -> String
    {
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
                result += try value(of: rest[rest.index(after: rest.startIndex)..<end], note)
                rest = rest[rest.index(after: end)...]
            } else {
                result += "$"
            }
        }
        return result + rest
    }

    private func value(
        of expression: Substring, _ note: (_ name: String, _ value: String) -> Void
    ) throws(Failure) -> String {
        let mark = expression.firstRange(of: ":-")
        let name = String(expression[..<(mark?.lowerBound ?? expression.endIndex)])
        if let value = environment[name], mark == nil || !value.isEmpty {
            note(name, value)
            return value
        }
        guard let mark else { throw .unset(name) }
        return String(expression[mark.upperBound...])
    }
}
