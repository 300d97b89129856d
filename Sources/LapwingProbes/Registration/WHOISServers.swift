import RegistrationData

/// Which WHOIS server knows which domains, and how it wants to be asked.
package struct WHOISServers: Sendable, Hashable {
    /// Host, with a port where it is not 43.
    private var servers: [String: String]
    /// What is sent instead of the bare name; `{domain}` stands for it.
    private var forms: [String: String]
    /// Charsets of servers that write neither ASCII nor UTF-8, by iconv's names.
    private var charsets: [String: String]
    /// The server that knows which server knows, asked about top-level domains that are in no table.
    package var fallback: String?

    /// The table of this version.
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

    /// A table of the operator's own: `{"tlds": {"ch": {"whois": "whois.nic.ch"}}, "suffixes": {"co.za": {"server": …}},
    /// "query_forms": {SERVER: "… {domain}"}, "charsets": {SERVER: {"charset": …}}, "fallback": "whois.iana.org"}`; nil when it is none.
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

    /// All servers that the table names.
    var endpoints: Set<RegistryEndpoint> {
        Set(
            (Array(servers.values) + [fallback].compactMap(\.self)).compactMap { RegistryEndpoint($0, defaultPort: 43) }
        )
    }

    /// The server of the longest suffix listed.
    package func server(for domain: String) -> String? {
        var rest = domain.lowercased()[...]
        while let dot = rest.firstIndex(of: ".") {
            rest = rest[rest.index(after: dot)...]
            if let server = servers[String(rest)] { return server }
        }
        return nil
    }

    /// What to send, with CR LF.
    package func query(for domain: String, to server: String) -> String {
        guard let form = forms[server], let mark = form.firstIndex(of: "{") else { return domain + "\r\n" }
        return form[..<mark] + domain + form[form.index(mark, offsetBy: "{domain}".count)...] + "\r\n"
    }

    /// The character set of a server's answers where they are not UTF-8; nil where none is noted.
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
