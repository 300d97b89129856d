package import HTTPTypes
package import LapwingCore

/// A user as identified by a proxy.
package struct ForwardedPerson: Sendable, Hashable {
    /// The largest number of groups of a user that are read, and the largest size of each in bytes.
    private static let mostGroups = 2000
    private static let longestGroup = 256

    /// The name that the proxy gives.
    package var name: String
    /// The groups of the user.
    package var groups: [String]
    /// The address of the proxy, without a port.
    package var proxy: String

    /// Reads the headers of a request; nil if they name no user, or more than one, since a header from the client may
    /// precede the one that the proxy adds.
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
    /// Removes the headers that only a trusted proxy may set.
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
