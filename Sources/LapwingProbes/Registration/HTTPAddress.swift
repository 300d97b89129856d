/// The parts of an http or https address that redirects need (RFC 3986).
struct HTTPAddress: Hashable {
    var scheme: String
    var endpoint: RegistryEndpoint
    /// From the first slash on, with the query.
    var path: String

    init?(_ text: String) {
        guard let mark = text.firstRange(of: "://") else { return nil }
        scheme = text[..<mark.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = text[mark.upperBound...].prefix { $0 != "#" }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        // User names in an address only serve to deceive; a host with an `@` is none.
        guard let endpoint = RegistryEndpoint(String(rest[..<end]), defaultPort: scheme == "https" ? 443 : 80) else {
            return nil
        }
        self.endpoint = endpoint
        path = rest[end...].hasPrefix("/") ? String(rest[end...]) : "/" + rest[end...]
        // What would end the request line, or is read differently by different programs.
        guard path.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else { return nil }
    }

    var host: String { endpoint.host }

    private var origin: String {
        let host = host.contains(":") ? "[\(host)]" : host
        let isUsual = endpoint.port == (scheme == "https" ? 443 : 80)
        return "\(scheme)://\(host)" + (isUsual ? "" : ":\(endpoint.port)")
    }

    /// The address written again from its parts, so that everybody reads the same host in it.
    var text: String { origin + path }

    /// The address a `Location` means, seen from this one.
    func resolving(_ location: String) -> HTTPAddress? {
        if location.isEmpty { return nil }
        if location.hasPrefix("//") { return HTTPAddress("\(scheme):\(location)") }
        if location.contains("://") { return HTTPAddress(location) }
        if location.hasPrefix("/") { return HTTPAddress("\(origin)\(location)") }
        let folder = path.prefix { $0 != "?" }.lastIndex(of: "/").map { path[...$0] } ?? "/"
        return HTTPAddress("\(origin)\(folder)\(location)")
    }
}
