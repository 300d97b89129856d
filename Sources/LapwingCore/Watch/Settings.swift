import DNSWire

/// All that a configuration file says, checked and with defaults filled in.
package struct Settings: Sendable {
    /// Host and port of the web page, API, `/metrics` and `/probe`.
    package struct Listener: Sendable, Hashable {
        package var host: String
        package var port: Int

        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }

        /// Whether only this machine can reach it; a name that merely begins like an address says nothing of the kind.
        package var isLoopback: Bool {
            IPAddress(host)?.isLoopback ?? (host.lowercased() == "localhost")
        }
    }

    package struct Web: Sendable, Hashable {
        /// What users type to reach the page, with a path if a proxy puts it under one.
        package var externalURL: String?
        /// TLS and basic auth in the form that Prometheus exporters share.
        package var configFile: String?
        /// Allows a listener that is not loopback without authentication.
        package var insecure = false
        /// SHA-256 of accepted API tokens, in hex.
        package var tokens: [String] = []
        /// Names under which the listener may be spoken to, beside its own.
        package var hosts: [String] = []

        package init() {}
    }

    /// What `/probe` lets its clients ask for.
    package struct Probe: Sendable, Hashable {
        /// Seconds that one probe may take, whatever the scrape's header says.
        package var longest: Int64 = 120
        /// Probes under way at once; more are refused.
        package var mostInFlight = 500

        package init() {}
    }

    /// A sign of life for somebody else to watch.
    package struct Heartbeat: Sendable, Hashable {
        package var url: String
        /// Seconds from one sign to the next.
        package var every: Int64

        package init(url: String, every: Int64) {
            self.url = url
            self.every = every
        }
    }

    /// Through which registries (RDAP) and receivers of alerts are spoken to.
    package struct Proxy: Sendable, Hashable {
        package var host: String
        package var port: Int
        package var user: String?
        package var password: String?
        /// Hosts that are spoken to directly.
        package var exceptions: [String] = []

        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    package var listen = Listener(host: "127.0.0.1", port: 9053)
    package var web = Web()
    package var store = "lapwing.db"
    /// Seconds for which history, closed incidents and what was told of them are kept.
    package var keepsHistoryFor: Int64 = 400 * 86_400
    /// Path of the module file of `/probe`.
    package var blackbox: String?
    package var probe = Probe()
    package var rootHints: String?
    /// Addresses that walks and rounds do not ask, whatever a zone says; nil for the default, see ``AddressBlock/notOfInternet``.
    package var unasked: [AddressBlock]?
    package var trustAnchor: String?
    package var rdapBootstrap: String?
    package var whoisServers: String?
    /// Seconds before a closer look; the judge's own wish is an upper bound.
    package var secondLook: Int64 = 5
    package var resolvers: [ResolverSpecification] = []
    package var watches: [Watch] = []
    /// How severe findings are for every domain that says nothing else.
    package var severities = SeverityPolicy()
    package var channels: [Channel] = []
    package var routes: [Route] = []
    package var heartbeat: Heartbeat?
    package var log = LogTerms()
    package var proxy: Proxy?
    /// Whether a change of the configuration's files is taken into force without being asked for.
    package var reloadsByItself = false
    /// At most so many domains have series of their own on `/metrics`.
    package var metricsDomains = 10_000

    package init() {}

    /// Where the web page is reached, for links in messages, without a final slash: what users type, as far as that is
    /// said, otherwise the listener.
    package var pageURL: String {
        if let url = web.externalURL { return url.hasSuffix("/") ? String(url.dropLast()) : url }
        let isAny = listen.host == "0.0.0.0" || listen.host == "::"
        let host = isAny ? "localhost" : listen.host.contains(":") ? "[\(listen.host)]" : listen.host
        return "http://\(host):\(listen.port)"
    }
}
