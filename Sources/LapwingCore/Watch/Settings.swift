import DNSWire

/// All that a configuration file says, checked and with defaults filled in.
package struct Settings: Sendable {
    /// Host and port of the web page, API, `/metrics` and `/probe`.
    package struct Listener: Sendable, Hashable {
        /// A name or an address to listen at; `0.0.0.0` and `::` stand for all addresses.
        package var host: String
        /// 0 lets the system choose one.
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

    /// Who may use the web page and the API, and how it is reached.
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
        /// Where people log in who have no account here; nil where there is no such place.
        package var provider: IdentityProvider?
        /// Nil where no proxy says who people are.
        package var forwarded: ForwardedIdentity?

        package init() {}

        /// Whether somebody is known by what the file says.
        package var knowsPeople: Bool {
            configFile != nil || !tokens.isEmpty || provider != nil || forwarded != nil
        }
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
        /// Where the sign is sent to.
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
        /// A name or an address.
        package var host: String
        /// The TCP port of the proxy.
        package var port: Int
        /// For basic authentication (RFC 7617) at the proxy; nil for none.
        package var user: String?
        /// Goes with ``user``.
        package var password: String?
        /// Hosts that are spoken to directly.
        package var exceptions: [String] = []

        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    /// Where the web page listens.
    package var listen = Listener(host: "127.0.0.1", port: 9053)
    /// Access to the web page and the API.
    package var web = Web()
    /// Path of the SQLite file, or the connection string of a server.
    package var store = "lapwing.db"
    /// Under what name it shares the store with other daemons, empty for that of the machine; nil where it shares nothing.
    package var worker: String?
    /// The place from which this daemon looks; empty where workers are not told apart by places.
    package var vantage = ""
    /// Seconds for which history, closed incidents and what was told of them are kept.
    package var keepsHistoryFor: Int64 = 400 * 86_400
    /// Path of the module file of `/probe`.
    package var blackbox: String?
    /// Limits of `/probe`.
    package var probe = Probe()
    /// Path of a file of root hints that replaces the built-in one; nil for the built-in one.
    package var rootHints: String?
    /// Addresses that walks and rounds do not ask, whatever a zone says; nil for the default, see ``AddressBlock/notOfInternet``.
    package var unasked: [AddressBlock]?
    /// Path of a file with the root's DS or DNSKEY records; nil for the built-in trust anchors.
    package var trustAnchor: String?
    /// Path of a file in IANA's bootstrap format (RFC 9224) that replaces the built-in one; nil for the built-in one.
    package var rdapBootstrap: String?
    /// Path of a table of WHOIS servers that replaces the built-in one; nil for the built-in one.
    package var whoisServers: String?
    /// Questions a day that a server of registrations is asked at most, by its host name in lower case, where it is another
    /// number than the usual one.
    package var registrationBudgets: [String: Int64] = [:]
    /// Questions a second that others are asked.
    package var budgets = AskingBudgets()
    /// Seconds before a second look; the judge's own wish is an upper bound.
    package var secondLook: Int64 = 5
    /// The resolvers that every round asks, in the order of the file.
    package var resolvers: [ResolverSpecification] = []
    /// Secrets shared with servers, in the order of the file.
    package var keys: [SharedKey] = []
    /// Nil where no server is listened to.
    package var notifications: Notifications?
    /// The domains of the file; those that people add at run time are not among them.
    package var watches: [Watch] = []
    /// The calculated healths, in the order of the file.
    package var health: [CalculatedHealth] = []
    /// Those who see a page and reports of some of the domains, in the order of the file.
    package var clients: [Client] = []
    /// Reports that are sent by themselves, in the order of the file.
    package var reports: [ReportOrder] = []
    /// How severe findings are for every domain that says nothing else.
    package var severities = SeverityPolicy()
    /// All channels, whether a route uses them or not.
    package var channels: [Channel] = []
    /// In the order of the file, which is the order in which they are asked; empty when the file names none.
    package var routes: [Route] = []
    /// Nil when nothing is sent.
    package var heartbeat: Heartbeat?
    /// What is written into the log, and how.
    package var log = LogTerms()
    /// Nil for direct connections.
    package var proxy: Proxy?
    /// Whether a change of the configuration's files is applied without being asked for.
    package var reloadsByItself = false
    /// What the daemon gives up when it begins.
    package var sandbox = Sandbox()
    /// At most this many domains have series of their own on `/metrics`.
    package var metricsDomains = 10_000

    package init() {}

    /// What the daemon lays aside when it begins.
    package struct Sandbox: Hashable, Sendable {
        /// False for `sandbox: false`.
        package var isOn = true
        /// Directories into which the programs of channels write, beside the store's and the temporary ones; nil where
        /// nothing is said of it.
        package var writable: [String]?

        package init() {}
    }

    /// Whether writes are limited to directories. Where programs of channels write is known only to those who wrote them: as
    /// long as they do not name it, an alert that is written somewhere is worth more than the limit.
    package var limitsWrites: Bool {
        sandbox.writable != nil || !channels.contains { if case .exec = $0.kind { true } else { false } }
    }

    /// Where the web page is reached, for links in messages, without a final slash: what users type, as far as that is
    /// said, otherwise the listener.
    package var pageURL: String {
        if let url = web.externalURL { return url.hasSuffix("/") ? String(url.dropLast()) : url }
        let isAny = listen.host == "0.0.0.0" || listen.host == "::"
        let host = isAny ? "localhost" : listen.host.contains(":") ? "[\(listen.host)]" : listen.host
        return "http://\(host):\(listen.port)"
    }
}
