package import DNSSEC
package import DNSWire
package import LapwingCore

/// The world of `lapwing demo`, shared between the asynchronous parts of the program; see ``DemoDomains``.
package actor DemoWorld {
    /// The domains as watches.
    package nonisolated let watches: [Watch]
    /// The resolvers that all domains share.
    package nonisolated let resolvers: [ResolverSpecification]
    private var domains: DemoDomains

    package init(_ script: DemoScript) throws(ScenarioError) {
        let domains = try DemoDomains(script)
        watches = domains.watches
        resolvers = domains.resolvers
        self.domains = domains
    }

    /// Returns what a monitor has learnt of a domain before the start, with the events until then. Nil for a domain
    /// that is not part of the demonstration.
    package func learnt(_ domain: Name) -> RoundOutcome? { domains.learnt(domain) }

    /// Runs a walk at a second after the start; returns nil for a domain that is not part of the demonstration.
    package func gather(_ walk: RoundWalk, at second: Int) -> Snapshot? {
        domains.gather(walk, at: second)?.snapshot
    }

    /// Returns the registration at a second of the world; nil for a domain that is not registered there.
    package func lookUp(_ domain: Name, at second: Int) -> RegistryView? { domains.lookUp(domain, at: second) }

    /// Starts an event in the next minute.
    ///
    /// - Returns: the event with its minute; nil while an earlier event of the domain lasts.
    /// - Throws: `ScenarioError` if the script with the event is no valid scenario.
    package func cause(_ event: DemoEvent, at second: Int) throws(ScenarioError) -> DemoScript.Moment? {
        try domains.cause(event, at: second)
    }

    /// Returns the root hints and the trust anchor of a domain's world; nil for a domain that is not part of the
    /// demonstration.
    package func resolverSettings(_ domain: Name) -> ResolverSettings? { domains.resolverSettings(domain) }

    /// Returns the reply of a server to one query of a resolution.
    package func reply(to query: ServerQuery, in domain: Name, at second: Int) -> ServerReply {
        domains.reply(to: query, in: domain, at: second)
    }
}
