/// The parts of an HTTP or HTTPS URL that redirects need (RFC 3986).
struct HTTPAddress: Hashable {
    var scheme: String
    var endpoint: RegistryEndpoint
    /// From the first slash on, including the query.
    var path: String

    init?(_ text: String) {
        guard let mark = text.firstRange(of: "://") else { return nil }
        scheme = text[..<mark.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = text[mark.upperBound...].prefix { $0 != "#" }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        // User names in a URL only serve to deceive; a host with an `@` is refused.
        guard let endpoint = RegistryEndpoint(String(rest[..<end]), defaultPort: scheme == "https" ? 443 : 80) else {
            return nil
        }
        self.endpoint = endpoint
        path = rest[end...].hasPrefix("/") ? String(rest[end...]) : "/" + rest[end...]
        // Characters that would end the request line, or that programs parse differently.
        guard path.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else { return nil }
    }

    var host: String { endpoint.host }

    private var origin: String {
        let host = host.contains(":") ? "[\(host)]" : host
        let isUsual = endpoint.port == (scheme == "https" ? 443 : 80)
        return "\(scheme)://\(host)" + (isUsual ? "" : ":\(endpoint.port)")
    }

    /// The URL rebuilt from its parts, so that all programs read the same host in it.
    var text: String { origin + path }

    /// Returns the target of a `Location` header relative to this URL.
    func resolving(_ location: String) -> HTTPAddress? {
        if location.isEmpty { return nil }
        if location.hasPrefix("//") { return HTTPAddress("\(scheme):\(location)") }
        if location.contains("://") { return HTTPAddress(location) }
        if location.hasPrefix("/") { return HTTPAddress("\(origin)\(location)") }
        let folder = path.prefix { $0 != "?" }.lastIndex(of: "/").map { path[...$0] } ?? "/"
        return HTTPAddress("\(origin)\(folder)\(location)")
    }
}
