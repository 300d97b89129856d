import DNSWire

/// The contents of the configuration file, checked and with defaults filled in.
package struct Settings: Sendable {
    /// Host and port of the web page, API, `/metrics` and `/probe`.
    package struct Listener: Sendable, Hashable {
        /// The name or address to listen at; `0.0.0.0` and `::` mean all addresses.
        package var host: String
        /// The port; 0 lets the system choose one.
        package var port: Int

        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }

        /// Whether only this machine can reach it; a name that merely begins like an address does not count.
        package var isLoopback: Bool {
            IPAddress(host)?.isLoopback ?? (host.lowercased() == "localhost")
        }
    }

    /// Access to the web page and the API.
    package struct Web: Sendable, Hashable {
        /// The address that users type, with a path if a proxy adds one; nil if it is not configured.
        package var externalURL: String?
        /// The file with TLS and basic authentication, in the format of Prometheus exporters; nil for none.
        package var configFile: String?
        /// Whether a listener that is not on loopback is allowed without authentication.
        package var insecure = false
        /// SHA-256 of accepted API tokens, in hex.
        package var tokens: [String] = []
        /// Host names that the listener accepts besides its own.
        package var hosts: [String] = []
        /// The identity provider for people without an account here; nil if there is none.
        package var provider: IdentityProvider?
        /// The proxy that authenticates people; nil if there is none.
        package var forwarded: ForwardedIdentity?

        package init() {}

        /// Whether the file defines any means of authentication.
        package var knowsPeople: Bool {
            configFile != nil || !tokens.isEmpty || provider != nil || forwarded != nil
        }
    }

    /// Limits for clients of `/probe`.
    package struct Probe: Sendable, Hashable {
        /// The longest duration of one probe in seconds, whatever the scrape's header says.
        package var longest: Int64 = 120
        /// The largest number of concurrent probes; more are refused.
        package var mostInFlight = 500

        package init() {}
    }

    /// A periodic sign of life for an external service to watch.
    package struct Heartbeat: Sendable, Hashable {
        /// The address to which it is sent.
        package var url: String
        /// Seconds from one sign to the next.
        package var every: Int64

        package init(url: String, every: Int64) {
            self.url = url
            self.every = every
        }
    }

    /// The proxy for connections to registries (RDAP) and to receivers of alerts.
    package struct Proxy: Sendable, Hashable {
        /// A name or an address.
        package var host: String
        /// The TCP port of the proxy.
        package var port: Int
        /// The user for basic authentication (RFC 7617) at the proxy; nil for none.
        package var user: String?
        /// The password for ``user``; nil for none.
        package var password: String?
        /// Hosts that are connected to directly.
        package var exceptions: [String] = []

        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    /// The listener of the web page.
    package var listen = Listener(host: "127.0.0.1", port: 9053)
    /// Access to the web page and the API.
    package var web = Web()
    /// The path of the SQLite file, or the connection string of a server.
    package var store = "lapwing.db"
    /// The name under which it shares the store with other daemons, empty for that of the machine; nil if it shares
    /// nothing.
    package var worker: String?
    /// The place from which this daemon looks; empty if workers are not distinguished by place.
    package var vantage = ""
    /// Seconds for which history, closed incidents and their notices are kept.
    package var keepsHistoryFor: Int64 = 400 * 86_400
    /// The path of the module file of `/probe`; nil for none.
    package var blackbox: String?
    /// Limits of `/probe`.
    package var probe = Probe()
    /// The path of a file of root hints; nil for the built-in one.
    package var rootHints: String?
    /// Addresses that walks and rounds never ask, whatever a zone says; nil for the default, see
    /// ``AddressBlock/notOfInternet``.
    package var unasked: [AddressBlock]?
    /// The path of a file with the root's DS or DNSKEY records; nil for the built-in trust anchors.
    package var trustAnchor: String?
    /// The path of a file in IANA's bootstrap format (RFC 9224); nil for the built-in one.
    package var rdapBootstrap: String?
    /// The path of a table of WHOIS servers; nil for the built-in one.
    package var whoisServers: String?
    /// The largest number of questions a day to a registration server, by its host name in lower case, if it differs
    /// from the default.
    package var registrationBudgets: [String: Int64] = [:]
    /// Limits of questions a second to other parties' servers.
    package var budgets = AskingBudgets()
    /// Seconds before a second look; a look that asks for less waits less.
    package var secondLook: Int64 = 5
    /// The resolvers that every round asks, in the order of the file.
    package var resolvers: [ResolverSpecification] = []
    /// Secrets shared with servers, in the order of the file.
    package var keys: [SharedKey] = []
    /// The settings for notifications from servers; nil if there is no listener for them.
    package var notifications: Notifications?
    /// The domains in the file, without those added at run time.
    package var watches: [Watch] = []
    /// The calculated healths, in the order of the file.
    package var health: [CalculatedHealth] = []
    /// The clients with a page and reports of some of the domains, in the order of the file.
    package var clients: [Client] = []
    /// Reports that are sent automatically, in the order of the file.
    package var reports: [ReportOrder] = []
    /// Severities of findings for every domain without settings of its own.
    package var severities = SeverityPolicy()
    /// All channels, whether a route uses them or not.
    package var channels: [Channel] = []
    /// The routes, tried in the order of the file; empty if the file has none.
    package var routes: [Route] = []
    /// The heartbeat; nil if none is sent.
    package var heartbeat: Heartbeat?
    /// The contents and the format of the log.
    package var log = LogTerms()
    /// The proxy; nil for direct connections.
    package var proxy: Proxy?
    /// Whether changes of the configuration files are applied automatically.
    package var reloadsByItself = false
    /// The privileges that the daemon drops when it starts.
    package var sandbox = Sandbox()
    /// The largest number of domains with series of their own on `/metrics`.
    package var metricsDomains = 10_000

    package init() {}

    /// The privileges that the daemon drops when it starts.
    package struct Sandbox: Hashable, Sendable {
        /// False for `sandbox: false`.
        package var isOn = true
        /// Directories into which the programs of channels write, besides the store's and the temporary ones; nil if
        /// not configured.
        package var writable: [String]?

        package init() {}
    }

    /// Whether writes are limited to directories. Only the operator knows where the programs of channels write: as long
    /// as these directories are not configured, delivering an alert is worth more than the limit.
    package var limitsWrites: Bool {
        sandbox.writable != nil || !channels.contains { if case .exec = $0.kind { true } else { false } }
    }

    /// The address of the web page for links in messages, without a final slash: the configured external address, or
    /// else the listener.
    package var pageURL: String {
        if let url = web.externalURL { return url.hasSuffix("/") ? String(url.dropLast()) : url }
        let isAny = listen.host == "0.0.0.0" || listen.host == "::"
        let host = isAny ? "localhost" : listen.host.contains(":") ? "[\(listen.host)]" : listen.host
        return "http://\(host):\(listen.port)"
    }
}
