/// One module of the file.
///
/// Only the prober `dns` can be carried out.
package struct ProbeModule: Sendable {
    /// The name by which `/probe?module=` asks for it.
    package let name: String
    /// One of blackbox_exporter's probers; only `dns` can be carried out.
    package let prober: String
    /// Zero for none of its own: the scrape's time counts.
    package let timeout: GoDuration
    /// The section `dns`, with defaults.
    package var dns: DNSProbeSettings
    /// The section `lapwing`, which blackbox_exporter does not have.
    package let additions: ProbeAdditions
    /// The whole section as read, for `/config` and the debug page.
    package let tree: ConfigurationValue

    static let probers: Set<String> = ["http", "tcp", "icmp", "dns", "grpc", "unix", "websocket"]

    init(name: String, tree: ConfigurationValue) throws(ConfigurationFault) {
        self.name = name
        self.tree = tree
        prober = tree["prober"]?.text ?? ""
        guard Self.probers.contains(prober) else {
            throw ConfigurationFault(line: 0, text: "prober '\(prober)' is not valid")
        }
        timeout = tree["timeout"]?.duration ?? .zero
        // Every present section is checked, even if another prober is chosen.
        for section in ["http", "tcp", "grpc", "unix", "websocket"] {
            if let settings = tree[section]?["tls_config"] { _ = try ProbeTLSSettings(settings) }
        }
        try ForeignSections.check(tree)
        dns = try DNSProbeSettings(tree["dns"])
        additions = ProbeAdditions(tree["lapwing"])
    }
}

/// What a module asks for beyond blackbox_exporter; all of it off unless said.
package struct ProbeAdditions: Hashable, Sendable {
    /// Response code, flags, TTL and signature end as further metrics.
    package var metrics = false
    /// Sends EDNS with this size, in bytes.
    package var ednsSize: UInt16?
    /// Sets the bit DO; EDNS comes with it.
    package var dnssecOK = false
    /// Asks again over TCP if the answer is truncated.
    package var tcpFallback = false
    /// Adds `probe_dnssec_status` by our own validator.
    package var validate = false
    /// A target that begins with `https://` is asked by DNS over HTTPS.
    package var overHTTPS = false

    package init() {}

    init(_ tree: ConfigurationValue?) {
        metrics = tree?["metrics"]?.flag ?? false
        ednsSize = tree?["edns_udp_size"]?.integer.map { UInt16(clamping: max(512, $0)) }
        dnssecOK = tree?["dnssec_ok"]?.flag ?? false
        if dnssecOK && ednsSize == nil { ednsSize = 1232 }
        tcpFallback = tree?["tcp_fallback"]?.flag ?? false
        validate = tree?["validate"]?.flag ?? false
        overHTTPS = tree?["dns_over_https"]?.flag ?? false
    }
}
