import DNSWire

/// Extracts the host from the target of a monitor.
enum HostText {
    enum Found: Equatable {
        case host(String)
        /// The reason why there is no name.
        case none(String)
    }

    /// - Parameter text: a URL, a host with or without a port, or an address.
    static func host(_ text: String) -> Found {
        var rest = text[...]
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        rest = rest.prefix { !"/?#".contains($0) }
        if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        if rest.hasPrefix("[") || IPAddress(String(rest)) != nil { return .none("it looks at an address, not a name") }
        let host = String(rest.prefix { $0 != ":" })
        if host.isEmpty { return .none("it names no host") }
        if host.contains("${") || host.contains("{{") { return .none("its host is made of variables") }
        if IPAddress(host) != nil { return .none("it looks at an address, not a name") }
        if !host.contains(".") { return .none("`\(host.prefix(80))` is a name of this network only") }
        return .host(host)
    }

    /// The types to watch for a host.
    static let types: [RecordType] = [.a, .aaaa, .cname]

    /// Returns the types for a monitor's question; nil if it asks for no records that can be watched.
    static func types(ofQuestion text: String?) -> [RecordType]? {
        guard let text, !text.isEmpty, text.uppercased() != "ANY" else { return types }
        return RecordType(text.uppercased()).map { [.a, .aaaa].contains($0) ? [$0, .cname] : [$0] }
    }
}
