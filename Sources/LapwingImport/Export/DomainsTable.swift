package import DNSWire

/// Domains as a table for spreadsheets and `lapwing import`: name, end of the registration, tags, and everything else
/// as a JSON object.
package enum DomainsTable {
    /// The line with the names of the columns.
    package static let header = "domain,expires,tags,options\r\n"

    /// Returns the line of a domain. Tags that a spreadsheet would alter are in the last column.
    package static func row(_ name: Name, _ options: DomainOptions) -> String {
        var rest = options
        let expires = rest["expires"]?.text ?? ""
        rest["expires"] = nil
        let tags = rest["tags"]?.texts ?? []
        // A spreadsheet would evaluate a cell that begins like a formula, and a comma separates tags.
        let isPlain = !tags.contains { tag in
            tag.contains { ",;|\"$\n\r".contains($0) } || tag.first.map { "=+-@\t ".contains($0) } ?? true
                || tag.last?.isWhitespace ?? true
        }
        // An empty list of tags, where the configuration gives some to all domains, can only be expressed in the
        // options.
        if isPlain, !tags.isEmpty { rest["tags"] = nil }
        let cells = [
            DomainsText.plain(name), expires, isPlain ? tags.joined(separator: ",") : "",
            rest.isEmpty ? "" : rest.json,
        ]
        return cells.map(cell).joined(separator: ",") + "\r\n"
    }

    private static func cell(_ text: String) -> String {
        guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
