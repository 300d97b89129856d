import ArgumentParser
import DNSWire
import LapwingCore

/// The options of every command that uses the network.
struct NetworkOptions: ParsableArguments {
    @Option(help: "File with the root servers, in the format of named.root.")
    var rootHints: String?

    @Option(help: "File with DS or DNSKEY lines in zone-file format; an empty file means no validation.")
    var trustAnchor: String?

    @Option(
        help: "Judge signatures and dates at this moment (RFC 3339, or seconds since 1970).", transform: Self.moment)
    var at: Timestamp?

    @Option(help: "Seconds to wait for one server, all tries together.")
    var timeout: Double?

    @Option(
        name: .customLong("resolver"),
        help: "A resolver to ask, [NAME=]ADDRESS; repeatable, replaces the configured ones.", transform: Self.resolver)
    var resolvers: [ResolverSpecification] = []

    func validate() throws {
        if let timeout, !(timeout > 0 && timeout <= 300) {
            throw ValidationError("--timeout must lie between 0 and 300 seconds")
        }
    }

    static func moment(_ text: String) throws -> Timestamp {
        guard let moment = Timestamp(text) else {
            throw ValidationError("`\(text)` is no time; write 2026-12-01T20:00:00Z or seconds since 1970")
        }
        return moment
    }

    static func resolver(_ text: String) throws -> ResolverSpecification {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        // A URL may contain an equals sign; a label contains neither colon nor slash.
        let isLabelled = parts.count == 2 && !parts[0].contains(":") && !parts[0].contains("/")
        let address = isLabelled ? parts[1] : text
        guard let server = ServerAddress(address) else {
            throw ValidationError("`\(address)` is no server; write 8.8.8.8, [2001:db8::1]:53, tls://… or https://…")
        }
        return ResolverSpecification(label: isLabelled ? parts[0] : text, server: server)
    }
}
