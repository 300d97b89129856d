package import HTTPTypes
package import LapwingCore

/// Who somebody is, by the word of a proxy.
package struct ForwardedPerson: Sendable, Hashable {
    /// Groups of somebody that are read, and the bytes of each.
    private static let mostGroups = 2000
    private static let longestGroup = 256

    /// How the proxy calls him.
    package var name: String
    /// His groups.
    package var groups: [String]
    /// The address of the proxy, without a port.
    package var proxy: String

    /// What the headers of a request say; nil where they name nobody, or more than one: what a client sent itself may stand
    /// beside what the proxy adds.
    package init?(_ terms: ForwardedIdentity, _ headers: HTTPFields, proxy: String) {
        guard let user = HTTPField.Name(terms.userHeader), let list = HTTPField.Name(terms.groupsHeader) else {
            return nil
        }
        let names = headers[values: user]
        guard names.count == 1, let name = names.first?.trimmed, (1...255).contains(name.utf8.count),
            name == name.visible,
            headers[values: list].count <= 1
        else { return nil }
        self.name = name
        self.proxy = proxy
        groups = (headers[list] ?? "").split(separator: ",").prefix(Self.mostGroups).map { String($0).trimmed }.filter {
            (1...Self.longestGroup).contains($0.utf8.count)
        }
    }
}

extension ForwardedIdentity {
    /// Takes the headers out that only a trusted proxy may set.
    package func strip(_ headers: inout HTTPFields) {
        for name in [userHeader, groupsHeader] {
            if let field = HTTPField.Name(name) { headers[field] = nil }
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        let isSpace = { (sign: Character) in sign == " " || sign == "\t" }
        return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
