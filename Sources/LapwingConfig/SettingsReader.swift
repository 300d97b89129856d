package import LapwingCore
package import DNSWire
import Yams

/// Reads `lapwing.yml`.
package struct SettingsReader {
    /// The reader's environment, injected so that it can be tested without files.
    package struct Surroundings: Sendable {
        /// The variables for `${NAME}`.
        package var environment: [String: String]
        /// Returns the content of a file that the configuration names, or nil if it cannot be read.
        package var contents: @Sendable (_ path: String) -> String?
        /// Returns the content of a binary file, or nil if it cannot be read.
        package var bytes: @Sendable (_ path: String) -> [UInt8]?
        /// Returns the ASCII form of an internationalised name, or nil if it is invalid (IDNA 2008).
        package var asciiName: @Sendable (_ name: String) -> String?
        /// Whether the public registers names directly below this one.
        package var isSuffix: @Sendable (_ name: Name) -> Bool
        /// Whether the store at this path has accounts with a password.
        package var hasAccounts: @Sendable (_ store: String) -> Bool = { _ in false }

        package init(
            environment: [String: String], contents: @escaping @Sendable (String) -> String?,
            asciiName: @escaping @Sendable (String) -> String? = { $0 },
            isSuffix: @escaping @Sendable (Name) -> Bool = { _ in false }
        ) {
            self.environment = environment
            self.contents = contents
            bytes = { path in contents(path).map { Array($0.utf8) } }
            self.asciiName = asciiName
            self.isSuffix = isSuffix
        }

        var names: EnteredName { EnteredName(ascii: asciiName, isSuffix: isSuffix) }
    }

    let surroundings: Surroundings

    package init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// One file of the configuration.
    package struct File: Sendable {
        /// The name in messages.
        package var name: String
        /// Its content.
        package var text: String

        package init(_ name: String, _ text: String) {
            self.name = name
            self.text = text
        }
    }

    /// Reads and checks the whole text.
    ///
    /// - Throws: every fault with its line and column.
    package func read(_ text: String, file: String) throws(ConfigFaults) -> Settings {
        try readAll(text, file: file).settings
    }

    /// The same, with the reader of domains that are added while these settings apply.
    package func readAll(
        _ text: String, file: String
    ) throws(ConfigFaults) -> (settings: Settings, added: AddedDomainReader) {
        try readAll([File(file, text)])
    }

    /// Reads several files as one: lists and mappings of names may continue from file to file, everything else must be
    /// in one.
    ///
    /// - Throws: every fault with its file, line and column, file by file.
    package func readAll(
        _ files: [File]
    ) throws(ConfigFaults) -> (settings: Settings, added: AddedDomainReader) {
        var settings = Settings()
        var defaults = DomainDefaults()
        let variables = Variables(environment: surroundings.environment)
        let lists = files.map { FaultList(file: $0.name) }
        var fields: [String: ValueReader] = [:]
        for (file, faults) in zip(files, lists) {
            guard let node = YAMLDocument.compose(file.text, faults: faults) else {
                // A file of the folder may consist of comments; a single file must not be empty.
                if faults.faults.isEmpty, files.count == 1 { faults.add("file is empty", line: 1, column: 1) }
                continue
            }
            let root = ValueReader(node: node, path: "", faults: faults, variables: variables)
            join(root.fields(.file) ?? [:], to: &fields)
        }
        read(fields, into: &settings, &defaults)
        let faults = lists.flatMap(\.inOrder)
        guard faults.isEmpty else { throw ConfigFaults(faults: faults) }
        return (settings, AddedDomainReader(defaults: defaults, surroundings: surroundings))
    }

    /// The keys whose values may be spread over several files.
    private static let spread: Set<String> = [
        "domains", "channels", "resolvers", "routes", "maintenance", "health", "keys", "clients",
        "reports",
    ]

    private func join(_ more: [String: ValueReader], to fields: inout [String: ValueReader]) {
        for (key, value) in more {
            guard let first = fields[key] else {
                fields[key] = value
                continue
            }
            if Self.spread.contains(key) {
                fields[key]?.continued.append(value)
            } else {
                value.fault("`\(key)` is already set in \(first.faults.file); it may be set in one file only")
            }
        }
    }

    /// From a week, so that an incident of the weekend is still there on Monday, to ten years.
    private static let historyBounds: ClosedRange<Int64> = 7 * 86_400...3650 * 86_400

    private func read(
        _ fields: [String: ValueReader], into settings: inout Settings, _ defaults: inout DomainDefaults
    ) {
        if let listen = fields["listen"], let listener = listener(listen) { settings.listen = listener }
        settings.store = fields["store"]?.string() ?? settings.store
        if let workers = fields["workers"], let read = WorkersReader().worker(workers, of: settings.store) {
            (settings.worker, settings.vantage) = (read.name, read.vantage)
        }
        if let history = fields["history"]?.fields(.history) {
            settings.keepsHistoryFor = history["keep"]?.duration(Self.historyBounds) ?? settings.keepsHistoryFor
        }
        settings.blackbox = fields["blackbox"]?.string()
        if let probe = fields["probe"]?.fields(.probe) {
            settings.probe.longest = probe["max_timeout"]?.duration(1...3600) ?? settings.probe.longest
            settings.probe.mostInFlight = probe["max_in_flight"]?.integer(1...100_000) ?? settings.probe.mostInFlight
        }
        settings.rootHints = fields["root_hints"]?.string()
        settings.trustAnchor = fields["trust_anchor"]?.string()
        settings.unasked = fields["unasked"]?.list().map { $0.compactMap(block) }
        if let tables = fields["registration"]?.fields(.registries) {
            settings.rdapBootstrap = tables["rdap_bootstrap"]?.string()
            settings.whoisServers = tables["whois_servers"]?.string()
            settings.registrationBudgets = tables["budgets"].map(budgets) ?? [:]
        }
        if let budgets = fields["budgets"] { settings.budgets = BudgetReader().budgets(budgets) }
        if let metrics = fields["metrics"]?.fields(.metrics) {
            settings.metricsDomains = metrics["max_domain_series"]?.integer(0...10_000_000) ?? settings.metricsDomains
        }
        settings.secondLook = fields["second_look"]?.duration(1...60) ?? settings.secondLook
        if let web = fields["web"] { settings.web = self.web(web) }
        settings.resolvers = fields["resolvers"].map(resolvers) ?? Self.defaultResolvers

        let domains = DomainReader(surroundings: surroundings)
        defaults.interval = fields["interval"]?.duration(DomainDefaults.intervals) ?? defaults.interval
        defaults.severities = fields["severities"].map(SeverityReader().policy) ?? defaults.severities
        let zones = ZoneReader(surroundings: surroundings)
        settings.keys = fields["keys"].map(zones.keys) ?? []
        defaults.keys = Set(settings.keys.map(\.name))
        if let confirm = fields["confirm"] { domains.readConfirmation(confirm, into: &defaults) }
        if let value = fields["defaults"] { domains.read(value, into: &defaults) }
        settings.severities = defaults.severities
        if let value = fields["notify"] { settings.notifications = zones.notifications(value, keys: defaults.keys) }
        settings.watches = fields["domains"].map { domains.watches($0, defaults: defaults) } ?? []
        settings.clients = fields["clients"].map(ClientReader(surroundings: surroundings).clients) ?? []
        settings.health = fields["health"].map(HealthReader(settings.watches).healths) ?? []
        if let value = fields["maintenance"] { domains.addMaintenance(value, to: &settings.watches) }

        settings.channels = fields["channels"].map(ChannelReader(surroundings: surroundings).channels) ?? []
        settings.reports =
            fields["reports"].map(ReportOrderReader(clients: settings.clients, channels: settings.channels).orders)
            ?? []
        settings.heartbeat = fields["heartbeat"].flatMap(heartbeat)
        settings.proxy = fields["proxy"].flatMap(proxy)
        if let value = fields["log"] { settings.log = log(value) }
        if let value = fields["sandbox"] { settings.sandbox = SandboxReader().sandbox(value) }
        settings.reloadsByItself = fields["auto_reload"]?.boolean() ?? false
        settings.routes =
            fields["routes"].map(RouteReader(channels: settings.channels).routes)
            ?? RouteReader.standard(settings.channels)
        if let listen = fields["listen"], !settings.listen.isLoopback, !settings.web.insecure,
            !settings.web.knowsPeople, !surroundings.hasAccounts(settings.store)
        {
            listen.fault(
                "listen: \(settings.listen.host) can be reached by others and access is not protected (make an "
                    + "account with `lapwing account create`, set web.oidc, web.proxy, web.config_file or web.tokens, or "
                    + "web.insecure: true if that is meant)")
        }
    }

    /// Three resolvers of unrelated operators, used if the file names none.
    package static let defaultResolvers: [ResolverSpecification] = [
        ("google", "8.8.8.8"), ("cloudflare", "1.1.1.1"), ("opendns", "208.67.222.222"),
    ].compactMap { label, text in
        ServerAddress(text).map { ResolverSpecification(label: label, server: $0) }
    }

    private func block(_ value: ValueReader) -> AddressBlock? {
        guard let text = value.string() else { return nil }
        guard let block = AddressBlock(text) else {
            value.fault("\(value.path): expected a block of addresses such as 10.0.0.0/8 or fc00::/7, found `\(text)`")
            return nil
        }
        return block
    }

    private func listener(_ value: ValueReader) -> Settings.Listener? {
        guard let text = value.string() else { return nil }
        guard let place = Self.endpoint(text) else {
            value.fault("listen: expected host:port such as 127.0.0.1:9053, found `\(text)`")
            return nil
        }
        return Settings.Listener(host: place.host.isEmpty ? "0.0.0.0" : place.host, port: place.port)
    }

    static func endpoint(_ text: String) -> (host: String, port: Int)? {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port)
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        return (host, port)
    }

    private func web(_ value: ValueReader) -> Settings.Web {
        var web = Settings.Web()
        guard let fields = value.fields(.web) else { return web }
        web.externalURL = fields["external_url"].flatMap(externalURL)
        web.hosts = (fields["hosts"]?.list(orSingle: true) ?? []).compactMap(host)
        web.configFile = fields["config_file"]?.string()
        web.insecure = fields["insecure"]?.boolean() ?? false
        web.tokens = (fields["tokens"]?.list() ?? []).compactMap(token)
        let people = PeopleReader(surroundings: surroundings)
        web.provider = fields["oidc"].flatMap(people.provider)
        web.forwarded = fields["proxy"].flatMap(people.forwarded)
        return web
    }

    private func budgets(_ value: ValueReader) -> [String: Int64] {
        var budgets: [String: Int64] = [:]
        for (host, key, value) in value.entries() ?? [] {
            guard isHostName(host), host.contains(".") else {
                key.fault("\(key.path): `\(host.visible)` is no host name, such as whois.verisign-grs.com")
                continue
            }
            budgets[host.lowercased()] = value.integer(1...Int(RegistrationPace.Budget.most)).map(Int64.init)
        }
        return budgets
    }

    private func externalURL(_ value: ValueReader) -> String? {
        guard let text = value.string() else { return nil }
        let parts = text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count > 2, ["http:", "https:"].contains(parts[0].lowercased()), parts[1].isEmpty,
            !parts[2].isEmpty, parts[2].utf8.allSatisfy(Self.isOfAuthority)
        else {
            value.fault("\(value.path): expected http:// or https:// and a host in ASCII, without a password")
            return nil
        }
        return text
    }

    /// Whether a byte may occur in a host with a port; passwords have no place in a public URL.
    private static func isOfAuthority(_ byte: UInt8) -> Bool {
        isOfHostName(byte) || [UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]")].contains(byte)
    }

    private static func isOfHostName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Reads a name or an address in the form of the `Host` header, without a port.
    private func host(_ value: ValueReader) -> String? {
        guard let text = value.string() else { return nil }
        let ascii = IPAddress(text) == nil ? surroundings.asciiName(text) : text
        guard let ascii, IPAddress(text) != nil || isHostName(ascii) else {
            value.fault("\(value.path): expected a name or an address without port, found `\(text)`")
            return nil
        }
        return ascii.lowercased()
    }

    private func isHostName(_ text: String) -> Bool {
        guard let name = try? Name(text), !name.isRoot else { return false }
        return text.utf8.allSatisfy(Self.isOfHostName)
    }

    /// Reads the SHA-256 of a token; the message does not repeat the text, which may be the token itself.
    private func token(_ value: ValueReader) -> String? {
        guard let text = value.string() else { return nil }
        guard text.utf8.count == 64, text.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
            value.fault("\(value.path): expected the SHA-256 of a token, 64 hex digits")
            return nil
        }
        return text
    }

    private func heartbeat(_ value: ValueReader) -> Settings.Heartbeat? {
        guard let fields = value.fields(.heartbeat) else { return nil }
        let keys = ChannelFields(reader: value, fields: fields, contents: surroundings.contents)
        let every = fields["every"]?.duration(10...86_400)
        return keys.url("url").map { Settings.Heartbeat(url: $0, every: every ?? 60) }
    }

    /// Reads a proxy's address without a path; its password has a separate key, so that no message repeats it.
    private func proxy(_ value: ValueReader) -> Settings.Proxy? {
        guard let fields = value.fields(.proxy) else { return nil }
        let keys = ChannelFields(reader: value, fields: fields, contents: surroundings.contents)
        guard let url = fields["url"] else {
            value.fault("\(value.path): key `url` is missing")
            return nil
        }
        guard let text = url.string() else { return nil }
        let place = text.hasSuffix("/") ? text.dropLast() : Substring(text)
        guard place.lowercased().hasPrefix("http://"), let listener = Self.endpoint(String(place.dropFirst(7))),
            listener.port > 0, !listener.host.contains("@")
        else {
            url.fault("\(url.path): expected http://host:port, without a user (see `user` and `password`) or a path")
            return nil
        }
        var proxy = Settings.Proxy(host: listener.host, port: listener.port)
        proxy.user = keys.text("user")
        proxy.password = keys.secret("password")
        proxy.exceptions = fields["except"]?.strings(orSingle: true) ?? []
        return proxy
    }

    private func log(_ value: ValueReader) -> LogTerms {
        var terms = LogTerms()
        guard let fields = value.fields(.log) else { return terms }
        if let levels = fields["level"], let text = levels.string() {
            do throws(LogTerms.Fault) {
                try terms.take(levels: text)
            } catch {
                levels.fault("\(levels.path): \(error)")
            }
        }
        terms.format = fields["format"]?.choice(LogTerms.Format.self)
        return terms
    }

    private func resolvers(_ value: ValueReader) -> [ResolverSpecification] {
        guard let entries = value.entries() else { return [] }
        return entries.compactMap { label, _, value -> ResolverSpecification? in
            var address = value
            var region: String?
            if value.isMapping {
                guard let fields = value.fields(.resolver) else { return nil }
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
