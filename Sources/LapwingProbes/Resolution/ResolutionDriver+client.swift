package import DNSClient
package import DNSSEC
package import DNSWire
package import LapwingCore

extension ResolutionDriver {
    /// Returns a means of querying real servers; `patience` is the time limit for one server, including all retries.
    ///
    /// Addresses in the blocks `unasked` are never queried, even if a zone lists them.
    package static func exchange(
        over client: DNSClient, patience: Duration = .milliseconds(2500), port: UInt16 = 53,
        unasked: [AddressBlock] = []
    ) -> Exchange {
        { query in
            if let block = unasked.block(of: query.server) {
                return .failure("\(query.server) is not asked: it lies in \(block) (unasked)")
            }
            var options = QueryOptions()
            options.recursionDesired = false
            options.dnssecOK = query.usesEDNS
            options.edns = query.usesEDNS
            options.cookies = query.usesEDNS
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

extension DNSClient {
    /// The time limit for a root server, including all retries; root servers are near from everywhere.
    private static let rootPatience: Duration = .milliseconds(1500)

    /// Asks a server for the root's SOA without recursion; nil if there is no reply.
    package func rootAuthority(at server: IPAddress, port: UInt16 = 53) async -> Message? {
        var options = QueryOptions()
        options.recursionDesired = false
        options.attempts = 2
        options.timeout = Self.rootPatience
        let reply = await query(.root, .soa, at: ServerAddress(address: server, port: port), options: options).reply
        guard case .message(let message, _) = reply else { return nil }
        return message
    }
}

extension ResolutionDriver {
    /// Makes a driver that queries real servers.
    package init(
        client: DNSClient, settings: ResolverSettings, verifier: any SignatureVerifier,
        patience: Duration = .milliseconds(2500), port: UInt16 = 53, unasked: [AddressBlock] = []
    ) {
        self.init(
            settings: settings, verifier: verifier,
            exchange: Self.exchange(over: client, patience: patience, port: port, unasked: unasked))
    }
}
