package import DNSClient
package import DNSSEC
internal import DNSWire

extension ResolutionDriver {
    /// A way to ask real servers; one server may take as long as `patience`, all tries together.
    package static func exchange(
        over client: DNSClient, patience: Duration = .milliseconds(2500), port: UInt16 = 53
    ) -> Exchange {
        { query in
            var options = QueryOptions()
            options.recursionDesired = false
            options.dnssecOK = query.usesEDNS
            options.edns = query.usesEDNS
            options.cookies = false
            options.leavesOutBrokenExtras = true
            options.attempts = 2
            options.timeout = patience
            let server = ServerAddress(address: query.server, port: port)
            switch await client.query(query.name, query.type, at: server, options: options).reply {
            case .message(let message, _): return .message(message)
            case .failure(.timeout): return .timeout
            case .failure(let failure): return .failure(failure.description)
            }
        }
    }
}

extension ResolutionDriver {
    /// A driver that asks real servers.
    package init(
        client: DNSClient, settings: ResolverSettings, verifier: any SignatureVerifier,
        patience: Duration = .milliseconds(2500), port: UInt16 = 53
    ) {
        self.init(
            settings: settings, verifier: verifier,
            exchange: Self.exchange(over: client, patience: patience, port: port))
    }
}
