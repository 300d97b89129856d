package import DNSSEC
package import DNSWire

/// What a dry run takes for so: another delegation, another DS set, other contents of the zone.
///
/// A layer of answers, for rounds and for walks from the root: what it says is put in place of what servers say, and all that
/// judges answers is the same as ever.
package struct Supposition: Sendable {
    /// What the zone above is taken to say.
    package var delegation: SupposedDelegation
    /// What all servers of the zone are taken to serve; nil for what they do serve.
    package var contents: ZoneContents?
    private let verifier: any SignatureVerifier

    /// - Parameter verifier: for the hashes of NSEC3.
    package init(
        _ delegation: SupposedDelegation, contents: ZoneContents? = nil, verifier: any SignatureVerifier
    ) {
        self.delegation = delegation
        self.contents = contents
        self.verifier = verifier
    }

    /// The domain that it is about.
    package var domain: Name { delegation.zone }

    /// Whether an address that was given lies in a block: who gives it wants it asked.
    package func leads(into block: AddressBlock) -> Bool {
        (delegation.servers ?? []).contains { $0.addresses.contains { [block].block(of: $0) != nil } }
    }

    // MARK: Rounds

    /// The reply to a question that need not be put.
    package func reply(to task: ProbeTask, at now: Timestamp) -> ProbeReply? {
        guard case .authority = task.source, let contents else { return nil }
        let message = contents.answer(task.key.name, task.key.type, by: verifier)
        return ProbeReply(task: task, outcome: .message(message), sentAt: now)
    }

    /// What the reply would be.
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

    /// Where a host would be; nil where it has to be found.
    package func location(of host: Name) -> HostLocation? {
        if let given = delegation.addresses(of: host) { return HostLocation(addresses: given, outcome: .data) }
        guard let contents, host.isSubdomain(of: domain) else { return nil }
        let data = contents.data(host, .a) + contents.data(host, .aaaa)
        let addresses = data.compactMap { Address($0)?.address }
        return addresses.isEmpty ? nil : HostLocation(addresses: addresses, outcome: .data)
    }

    // MARK: Walks from the root

    /// The reply to a query that need not be put.
    package func reply(to query: ServerQuery) -> ServerReply? {
        guard let contents, query.zone == domain else { return nil }
        return .message(contents.answer(query.name, query.type, by: verifier))
    }

    /// What the reply would be.
    package func reply(_ today: ServerReply, to query: ServerQuery) -> ServerReply {
        guard case .message(let message) = today else { return today }
        return .message(delegation.reply(message, to: query.name, query.type, above: query.zone))
    }
}
