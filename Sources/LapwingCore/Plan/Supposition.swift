package import DNSSEC
package import DNSWire

/// The supposition of a dry run: another delegation, another DS set, other contents of the zone.
///
/// It is a layer of answers for rounds and for walks from the root: its answers replace those of the servers, and all
/// code that judges answers stays the same.
package struct Supposition: Sendable {
    /// The supposed answers of the parent zone.
    package var delegation: SupposedDelegation
    /// The supposed contents at all servers of the zone; nil for their real answers.
    package var contents: ZoneContents?
    private let verifier: any SignatureVerifier

    /// - Parameter verifier: computes the hashes of NSEC3.
    package init(
        _ delegation: SupposedDelegation, contents: ZoneContents? = nil, verifier: any SignatureVerifier
    ) {
        self.delegation = delegation
        self.contents = contents
        self.verifier = verifier
    }

    /// The domain that it is about.
    package var domain: Name { delegation.zone }

    /// Whether a given address is in a block: a user who gives an address wants it asked.
    package func leads(into block: AddressBlock) -> Bool {
        (delegation.servers ?? []).contains { $0.addresses.contains { [block].block(of: $0) != nil } }
    }

    // MARK: Rounds

    /// Returns the reply to a question that need not be asked; nil if it must be.
    package func reply(to task: ProbeTask, at now: Timestamp) -> ProbeReply? {
        guard case .authority = task.source, let contents else { return nil }
        let message = contents.answer(task.key.name, task.key.type, by: verifier)
        return ProbeReply(task: task, outcome: .message(message), sentAt: now)
    }

    /// Returns the reply under the supposition.
    package func reply(_ today: ProbeReply, above zone: Name?) -> ProbeReply {
        guard case .parent = today.task.source, case .message(let message) = today.outcome, let zone else {
            return today
        }
        var reply = today
        let key = today.task.key
        let supposed = delegation.reply(message, to: key.name, key.type, above: zone)
        guard supposed != message else { return today }
        reply.outcome = .message(supposed)
        reply.wire = WireEvidence(query: [], answer: [])
        return reply
    }

    /// Returns the location of a host under the supposition; nil if it has to be looked up.
    package func location(of host: Name) -> HostLocation? {
        if let given = delegation.addresses(of: host) { return HostLocation(addresses: given, outcome: .data) }
        guard let contents, host.isSubdomain(of: domain) else { return nil }
        let data = contents.data(host, .a) + contents.data(host, .aaaa)
        let addresses = data.compactMap { Address($0)?.address }
        return addresses.isEmpty ? nil : HostLocation(addresses: addresses, outcome: .data)
    }

    // MARK: Walks from the root

    /// Returns the reply to a query that need not be sent; nil if it must be.
    package func reply(to query: ServerQuery) -> ServerReply? {
        guard let contents, query.zone == domain else { return nil }
        return .message(contents.answer(query.name, query.type, by: verifier))
    }

    /// Returns the reply under the supposition.
    package func reply(_ today: ServerReply, to query: ServerQuery) -> ServerReply {
        guard case .message(let message) = today else { return today }
        return .message(delegation.reply(message, to: query.name, query.type, above: query.zone))
    }
}
