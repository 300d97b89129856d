import DNSWire

/// The host in whatever a monitor is pointed at.
enum HostText {
    enum Found: Equatable {
        case host(String)
        /// Why there is no name in it.
        case none(String)
    }

    /// - Parameter text: a URL, a host with or without port, or an address.
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

    /// What is looked at where a monitor looks at a host.
    static let types: [RecordType] = [.a, .aaaa, .cname]

    /// The types of a monitor's question; nil for one that asks for no records that can be watched.
    static func types(ofQuestion text: String?) -> [RecordType]? {
        guard let text, !text.isEmpty, text.uppercased() != "ANY" else { return types }
        return RecordType(text.uppercased()).map { [.a, .aaaa].contains($0) ? [$0, .cname] : [$0] }
    }
}
