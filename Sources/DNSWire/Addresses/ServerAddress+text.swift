extension ServerAddress: LosslessStringConvertible {
    /// A server from text such as `8.8.8.8`, `[2001:db8::1]:53`, `tcp://192.0.2.1`, `tls://9.9.9.9#dns.quad9.net` or
    /// `https://dns.example/dns-query`. Nil for any other text.
    public init?(_ text: String) {
        var rest = Substring(text)
        var transport = Transport.udp
        if let range = rest.firstRange(of: "://") {
            guard let named = Transport(rawValue: rest[..<range.lowerBound].lowercased()) else { return nil }
            transport = named
            rest = rest[range.upperBound...]
        }
        var path: String?
        if transport == .https {
            let slash = rest.firstIndex(of: "/") ?? rest.endIndex
            path = slash == rest.endIndex ? "/dns-query" : String(rest[slash...])
            rest = rest[..<slash]
        }
        var serverName: String?
        if let hash = rest.firstIndex(of: "#") {
            guard transport == .tls else { return nil }
            serverName = String(rest[rest.index(after: hash)...])
            guard let name = serverName, Self.isHostName(name) else { return nil }
            rest = rest[..<hash]
        }
        guard let (host, port) = Self.hostAndPort(rest) else { return nil }
        let address = IPAddress(host)
        if transport == .https { serverName = host } else if address == nil { return nil }
        guard address != nil || Self.isHostName(host) else { return nil }
        self.init(transport: transport, address: address, port: port, serverName: serverName, path: path)
    }

    /// The address in the form that it is read from; the usual port is left out.
    public var description: String {
        let scheme = transport == .udp ? "" : transport.rawValue + "://"
        let host = address.map(\.description) ?? serverName ?? ""
        let portText = port == transport.defaultPort ? "" : ":\(port)"
        let needsBrackets = host.contains(":") && (transport != .udp || !portText.isEmpty)
        let name = transport == .tls ? serverName.map { "#" + $0 } ?? "" : ""
        return scheme + (needsBrackets ? "[\(host)]" : host) + portText + name + (path ?? "")
    }

    /// Splits `host`, `host:port`, `[v6]` and `[v6]:port`; an address of IPv6 alone needs no brackets.
    private static func hostAndPort(_ text: Substring) -> (String, UInt16?)? {
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else { return nil }
            let host = String(text[text.index(after: text.startIndex)..<close])
            guard let address = IPAddress(host), !address.isIPv4 else { return nil }
            let rest = text[text.index(after: close)...]
            if rest.isEmpty { return (host, nil) }
            guard rest.hasPrefix(":"), let port = port(rest.dropFirst()) else { return nil }
            return (host, port)
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return text.isEmpty ? nil : (String(text), nil) }
        guard !parts[0].isEmpty, let port = port(parts[1]) else { return nil }
        return (String(parts[0]), port)
    }

    private static func port(_ text: Substring) -> UInt16? {
        guard !text.isEmpty, text.utf8.allSatisfy(Escape.isDigit), let port = UInt16(text), port > 0 else { return nil }
        return port
    }

    private static func isHostName(_ text: String) -> Bool {
        guard !text.isEmpty, let name = try? Name(text), !name.isRoot else { return false }
        return text.utf8.allSatisfy { byte in
            Escape.isDigit(byte) || Name.fold(byte) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
        }
    }
}

extension ServerAddress: Codable {
    /// Reads the text form; throws `DecodingError` for any other text.
    public init(from decoder: any Decoder) throws {
        self = try RegistryCoding.decode(ServerAddress.init(_:), from: decoder, what: "server address")
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws { try RegistryCoding.encode(description, to: encoder) }
}
