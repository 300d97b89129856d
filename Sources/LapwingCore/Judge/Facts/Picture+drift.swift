extension Picture {
    /// The declared records compared with the observed ones, for each watched RRset with a declaration.
    package var drifts: [Drift] {
        guard let zone = watch.declaration?.zone else { return [] }
        return sets.compactMap { fact in
            Drift(
                fact.key, in: zone,
                sights: fact.own.map { Drift.Sight(host: "\($0.server.host)", value: $0.value, ttl: $0.ttl) },
                resolvers: resolvers.compactMap { resolver in
                    resolver.view.answers[fact.key].map { (resolver.label, $0) }
                })
        }.withoutFollowers
    }
}
