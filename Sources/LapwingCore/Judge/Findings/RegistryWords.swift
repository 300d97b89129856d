/// Registration statuses in words for people: RDAP's words beside the EPP name (RFC 8056).
enum RegistryWords {
    static func list(_ statuses: Set<String>) -> String {
        statuses.isEmpty ? "none" : statuses.sorted().map(words).joined(separator: ", ")
    }

    /// `serverHold` becomes `server hold (serverHold)`.
    static func words(_ status: String) -> String {
        var text = ""
        for character in status {
            if character.isUppercase { text += " " }
            text += character.lowercased()
        }
        return text == status ? status : "\(text) (\(status))"
    }
}
