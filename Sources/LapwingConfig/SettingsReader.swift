package import LapwingCore
import DNSWire
import Yams

/// Reads `lapwing.yml`.
package struct SettingsReader {
    /// What the reader needs of the world, handed in so that it can be tested without files.
    package struct Surroundings: Sendable {
        package var environment: [String: String]
        /// Content of a file that the configuration names, or nil when it cannot be read.
        package var contents: @Sendable (_ path: String) -> String?
        /// The ASCII form of an internationalised name, or nil when it is none (IDNA 2008).
        package var asciiName: @Sendable (_ name: String) -> String?

        package init(
            environment: [String: String], contents: @escaping @Sendable (String) -> String?,
            asciiName: @escaping @Sendable (String) -> String? = { $0 }
        ) {
            self.environment = environment
            self.contents = contents
            self.asciiName = asciiName
        }
    }

    let surroundings: Surroundings

    package init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Checks the whole text.
    ///
    /// - Throws: every mistake with its line and column.
    package func read(_ text: String, file: String) throws(ConfigFaults) -> Settings {
        try readAll(text, file: file).settings
    }

    /// The same, and with it the reader of domains that are added while these settings are in force.
    package func readAll(
        _ text: String, file: String
    ) throws(ConfigFaults) -> (settings: Settings, added: AddedDomainReader) {
        let faults = FaultList(file: file)
        var settings = Settings()
        var defaults = DomainDefaults()
        if let node = YAMLDocument.compose(text, faults: faults) {
            let variables = Variables(environment: surroundings.environment)
            let root = ValueReader(node: node, path: "", faults: faults, variables: variables)
            read(root, into: &settings, &defaults)
        } else if faults.faults.isEmpty {
            faults.add("file is empty", line: 1, column: 1)
        }
        guard faults.faults.isEmpty else { throw ConfigFaults(faults: faults.inOrder) }
        return (settings, AddedDomainReader(defaults: defaults, asciiName: surroundings.asciiName))
    }

    private static let keys = [
        "listen", "store", "interval", "blackbox", "root_hints", "trust_anchor", "registration", "resolvers",
        "defaults",
        "domains", "channels", "routes", "maintenance", "web", "metrics", "second_look",
    ]

    private func read(_ root: ValueReader, into settings: inout Settings, _ defaults: inout DomainDefaults) {
        guard let fields = root.fields(Self.keys) else { return }
        if let listen = fields["listen"], let listener = listener(listen) { settings.listen = listener }
        settings.store = fields["store"]?.string() ?? settings.store
        settings.blackbox = fields["blackbox"]?.string()
        settings.rootHints = fields["root_hints"]?.string()
        settings.trustAnchor = fields["trust_anchor"]?.string()
        if let tables = fields["registration"]?.fields(["rdap_bootstrap", "whois_servers"]) {
            settings.rdapBootstrap = tables["rdap_bootstrap"]?.string()
            settings.whoisServers = tables["whois_servers"]?.string()
        }
        if let metrics = fields["metrics"]?.fields(["max_domain_series"]) {
            settings.metricsDomains = metrics["max_domain_series"]?.integer(0...10_000_000) ?? settings.metricsDomains
        }
        settings.secondLook = fields["second_look"]?.duration(1...60) ?? settings.secondLook
        if let web = fields["web"] { settings.web = self.web(web) }
        settings.resolvers = fields["resolvers"].map(resolvers) ?? Self.defaultResolvers

        let domains = DomainReader(surroundings: surroundings)
        defaults.interval = fields["interval"]?.duration(DomainDefaults.intervals) ?? defaults.interval
        if let value = fields["defaults"] { domains.read(value, into: &defaults) }
        settings.watches = fields["domains"].map { domains.watches($0, defaults: defaults) } ?? []
        if let value = fields["maintenance"] { domains.addMaintenance(value, to: &settings.watches) }

        let delivery = DeliveryReader(surroundings: surroundings)
        settings.channels = fields["channels"].map(delivery.channels) ?? []
        settings.routes = fields["routes"].map { delivery.routes($0, channels: settings.channels) } ?? []
        if fields["routes"] == nil, !settings.channels.isEmpty {
            settings.routes = [Route(channels: settings.channels.map(\.name), severity: .warning)]
        }
        if let listen = fields["listen"], !settings.listen.isLoopback, !settings.web.insecure,
            settings.web.configFile == nil, settings.web.tokens.isEmpty
        {
            listen.fault(
                "listen: \(settings.listen.host) can be reached by others and no authentication is configured "
                    + "(set web.config_file, or web.insecure: true if that is meant)")
        }
    }

    package static let defaultResolvers: [ResolverSpecification] = [
        ("google", "8.8.8.8"), ("cloudflare", "1.1.1.1"), ("opendns", "208.67.222.222"),
    ].compactMap { label, text in
        ServerAddress(text).map { ResolverSpecification(label: label, server: $0) }
    }

    private func listener(_ value: ValueReader) -> Settings.Listener? {
        guard let text = value.string() else { return nil }
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port)
        else {
            value.fault("listen: expected host:port such as 127.0.0.1:9053, found `\(text)`")
            return nil
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        return Settings.Listener(host: host.isEmpty ? "0.0.0.0" : host, port: port)
    }

    private func web(_ value: ValueReader) -> Settings.Web {
        var web = Settings.Web()
        guard let fields = value.fields(["external_url", "config_file", "insecure", "tokens"]) else { return web }
        web.externalURL = fields["external_url"]?.string()
        web.configFile = fields["config_file"]?.string()
        web.insecure = fields["insecure"]?.boolean() ?? false
        web.tokens = fields["tokens"]?.strings() ?? []
        return web
    }

    private func resolvers(_ value: ValueReader) -> [ResolverSpecification] {
        guard let entries = value.entries() else { return [] }
        return entries.compactMap { label, _, value -> ResolverSpecification? in
            var address = value
            var region: String?
            if value.isMapping {
                guard let fields = value.fields(["address", "region"]) else { return nil }
                guard let field = fields["address"] else {
                    value.fault("\(value.path): key `address` is missing")
                    return nil
                }
                address = field
                region = fields["region"]?.string()
            }
            guard let text = address.string() else { return nil }
            guard let server = ServerAddress(text) else {
                address.fault(
                    "\(address.path): `\(text)` is no server (8.8.8.8, 8.8.8.8:5353, [2001:db8::1]:53, tcp://…, "
                        + "tls://9.9.9.9#dns.quad9.net, https://dns.example/dns-query)")
                return nil
            }
            return ResolverSpecification(label: label, server: server, region: region)
        }
    }
}
