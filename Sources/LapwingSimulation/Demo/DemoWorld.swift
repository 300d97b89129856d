package import DNSSEC
package import DNSWire
package import LapwingCore

/// The world of `lapwing demo`, as the parts of the program that wait share it; see ``DemoDomains``.
package actor DemoWorld {
    /// The domains, as a configuration would name them.
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

    /// What a monitor has learnt of a domain by the beginning, and what it had to tell until then.
    package func learnt(_ domain: Name) -> RoundOutcome? { domains.learnt(domain) }

    /// Carries a walk through, at a second after the beginning.
    package func gather(_ walk: RoundWalk, at second: Int) -> Snapshot? {
        domains.gather(walk, at: second)?.snapshot
    }

    /// What the registry says at a second of the world; nil for a domain that it does not have.
    package func lookUp(_ domain: Name, at second: Int) -> RegistryView? { domains.lookUp(domain, at: second) }

    /// Lets an event begin with the next minute.
    ///
    /// - Returns: what will happen and when; nil while an earlier event still lasts there.
    package func cause(_ event: DemoEvent, at second: Int) throws(ScenarioError) -> DemoScript.Moment? {
        try domains.cause(event, at: second)
    }

    /// Where a walk from the root begins in a domain's world, and the key that it trusts.
    package func resolverSettings(_ domain: Name) -> ResolverSettings? { domains.resolverSettings(domain) }

    /// Puts one question of such a walk to its server.
    package func reply(to query: ServerQuery, in domain: Name, at second: Int) -> ServerReply {
        domains.reply(to: query, in: domain, at: second)
    }
}
