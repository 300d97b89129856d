/// One module of the file.
///
/// Only the prober `dns` is supported.
package struct ProbeModule: Sendable {
    /// The name in `/probe?module=`.
    package let name: String
    /// One of blackbox_exporter's probers; only `dns` is supported.
    package let prober: String
    /// Zero for none: the scrape's time limit applies.
    package let timeout: GoDuration
    /// The `dns` section with defaults.
    package var dns: DNSProbeSettings
    /// The `lapwing` section, which blackbox_exporter does not have.
    package let additions: ProbeAdditions
    /// The whole section as parsed, for `/config` and the debug page.
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
        // Every present section is checked, even if another prober is selected.
        for section in ["http", "tcp", "grpc", "unix", "websocket"] {
            if let settings = tree[section]?["tls_config"] { _ = try ProbeTLSSettings(settings) }
        }
        try ForeignSections.check(tree)
        dns = try DNSProbeSettings(tree["dns"])
        additions = ProbeAdditions(tree["lapwing"])
    }
}

/// A module's options beyond blackbox_exporter; all are off by default.
package struct ProbeAdditions: Hashable, Sendable {
    /// Exports response code, flags, TTL and signature expiration as further metrics.
    package var metrics = false
    /// Sends EDNS with this size, in bytes; nil for none.
    package var ednsSize: UInt16?
    /// Sets the DO bit, which implies EDNS.
    package var dnssecOK = false
    /// Repeats the query over TCP if the answer is truncated.
    package var tcpFallback = false
    /// Adds `probe_dnssec_status` from the built-in validator.
    package var validate = false
    /// Queries a target that begins with `https://` with DNS over HTTPS.
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
