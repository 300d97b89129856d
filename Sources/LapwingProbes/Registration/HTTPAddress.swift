/// The parts of an http or https address that redirects need (RFC 3986).
struct HTTPAddress: Hashable {
    var scheme: String
    /// With the port where one is written.
    var authority: String
    /// From the first slash on, with the query.
    var path: String

    init?(_ text: String) {
        guard let mark = text.firstRange(of: "://") else { return nil }
        scheme = text[..<mark.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = text[mark.upperBound...].prefix { $0 != "#" }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        authority = rest[..<end].lowercased()
        // User names in an address only serve to deceive.
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
        path = rest[end...].hasPrefix("/") ? String(rest[end...]) : "/" + rest[end...]
    }

    /// Without the port and without the brackets of an IPv6 address.
    var host: String {
        if authority.hasPrefix("[") { return String(authority.dropFirst().prefix { $0 != "]" }) }
        return String(authority.prefix { $0 != ":" })
    }

    var text: String { "\(scheme)://\(authority)\(path)" }

    /// The address a `Location` means, seen from this one.
    func resolving(_ location: String) -> HTTPAddress? {
        if location.isEmpty { return nil }
        if location.hasPrefix("//") { return HTTPAddress("\(scheme):\(location)") }
        if location.contains("://") { return HTTPAddress(location) }
        if location.hasPrefix("/") { return HTTPAddress("\(scheme)://\(authority)\(location)") }
        let folder = path.prefix { $0 != "?" }.lastIndex(of: "/").map { path[...$0] } ?? "/"
        return HTTPAddress("\(scheme)://\(authority)\(folder)\(location)")
    }
}
