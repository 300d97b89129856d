import RegistrationData

/// The WHOIS servers of domains, and the form of their queries.
package struct WHOISServers: Sendable, Hashable {
    /// The host by domain, with a port if it is not 43.
    private var servers: [String: String]
    /// The form of the query, if it is not the bare name; `{domain}` is replaced by the name.
    private var forms: [String: String]
    /// The charsets of servers that use neither ASCII nor UTF-8, by their names in iconv.
    private var charsets: [String: String]
    /// The server that refers to the responsible server, for top-level domains that are in no table; nil for none.
    package var fallback: String?

    /// The built-in table.
    package static let builtIn: WHOISServers = {
        var servers: [String: String] = [:]
        for words in BuiltInTable.lines(builtInText) {
            for domain in words.dropFirst() {
                servers[domain] = words[0].utf8.last == UInt8(ascii: "*") ? "whois.nic.\(domain)" : words[0]
            }
        }
        return WHOISServers(
            servers: servers, forms: builtInForms, charsets: builtInCharsets, fallback: "whois.iana.org")
    }()

    private init(
        servers: [String: String], forms: [String: String], charsets: [String: String], fallback: String?
    ) {
        self.fallback = fallback
        self.servers = servers
        self.forms = forms
        self.charsets = charsets
    }

    /// Parses an operator's own table: `{"tlds": {"ch": {"whois": "whois.nic.ch"}}, "suffixes": {"co.za": {"server":
    /// …}}, "query_forms": {SERVER: "… {domain}"}, "charsets": {SERVER: {"charset": …}}, "fallback":
    /// "whois.iana.org"}`; nil if it is invalid.
    package init?(file: [UInt8]) {
        guard let root = try? JSONReader.read(file), case .object(let domains)? = root["tlds"] else { return nil }
        self.init(
            servers: [:], forms: Self.builtInForms, charsets: Self.builtInCharsets, fallback: root["fallback"]?.text)
        for member in domains {
            servers[member.name] = (member.value["whois"] ?? member.value["debian"]?["server"])?.text
        }
        for member in root["suffixes"]?.members ?? [] { servers[member.name] = member.value["server"]?.text }
        for member in root["query_forms"]?.members ?? [] { forms[member.name] = member.value.text }
        for member in root["charsets"]?.members ?? [] { charsets[member.name] = member.value["charset"]?.text }
    }

    /// All servers in the table.
    var endpoints: Set<RegistryEndpoint> {
        Set(
            (Array(servers.values) + [fallback].compactMap(\.self)).compactMap { RegistryEndpoint($0, defaultPort: 43) }
        )
    }

    /// Returns the server of the longest matching suffix; nil if there is none.
    package func server(for domain: String) -> String? {
        var rest = domain.lowercased()[...]
        while let dot = rest.firstIndex(of: ".") {
            rest = rest[rest.index(after: dot)...]
            if let server = servers[String(rest)] { return server }
        }
        return nil
    }

    /// Returns the query to send, with CR LF.
    package func query(for domain: String, to server: String) -> String {
        guard let form = forms[server], let mark = form.firstIndex(of: "{") else { return domain + "\r\n" }
        return form[..<mark] + domain + form[form.index(mark, offsetBy: "{domain}".count)...] + "\r\n"
    }

    /// Returns the charset of a server's responses; nil if none is configured.
    package func charset(of server: String) -> String? { charsets[server] }

    private static let builtInForms = [
        "whois.verisign-grs.com": "={domain}", "ccwhois.verisign-grs.com": "={domain}",
        "tvwhois.verisign-grs.com": "={domain}", "whois.nic.name": "={domain}",
        "whois.denic.de": "-T dn,ace {domain}", "whois.jprs.jp": "{domain}/e",
        "whois.punktum.dk": "--charset=utf-8 --show-handles {domain}",
    ]
    private static let builtInCharsets = [
        "whois.apnic.net": "ISO-8859-1", "whois.dns.lu": "ISO-8859-1", "whois.fi": "ISO-8859-1",
        "whois.isnic.is": "ISO-8859-1", "whois.kg": "CP1251", "whois.nic.ad.jp": "ISO-2022-JP",
        "whois.nic.hu": "ISO-8859-1", "whois.norid.no": "ISO-8859-1", "whois.registro.br": "ISO-8859-1",
    ]
}

extension JSONValue {
    fileprivate var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }
}
