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

        package var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }
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

        package init() {}
    }

    package var listen = Listener(host: "127.0.0.1", port: 9053)
    package var web = Web()
    package var store = "lapwing.db"
    /// Path of the module file of `/probe`.
    package var blackbox: String?
    package var rootHints: String?
    package var trustAnchor: String?
    package var rdapBootstrap: String?
    package var whoisServers: String?
    /// Seconds before a closer look; the judge's own wish is an upper bound.
    package var secondLook: Int64 = 5
    package var resolvers: [ResolverSpecification] = []
    package var watches: [Watch] = []
    package var channels: [Channel] = []
    package var routes: [Route] = []
    /// At most so many domains have series of their own on `/metrics`.
    package var metricsDomains = 10_000

    package init() {}
}
