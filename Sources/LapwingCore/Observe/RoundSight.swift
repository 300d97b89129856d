package import DNSWire

/// How much of a domain a round saw: what rests on none of it is not known, whatever was known before.
package struct RoundSight: Sendable, Hashable, Codable {
    /// The zone above said whether it delegates, and to whom.
    package var seesParent: Bool
    /// The question for the DS was answered.
    package var seesDS: Bool
    /// Name servers of the domain, counted by name: those that gave an answer about it, and all.
    package var answeringServers: Int
    /// Name servers that the parent or the zone lists.
    package var allServers: Int
    /// Resolvers that settled at least one question.
    package var answeringResolvers: Int
    /// Sources that settled nothing, in the words of ``Sighting/source``; usually none.
    package var silent: [String]
    /// Something on the path answers in place of the servers.
    package var isIntercepted: Bool

    /// Why there is nothing to watch under this name, where the zone above says so.
    package enum Absence: String, Sendable, Hashable, Codable {
        /// The zone above has no such name.
        case noName = "not-registered"
        /// The name is one of many in the zone above, not a zone of its own.
        case noZone = "no-zone"
    }

    /// What the zone above denies; nil where it delegates, and where it said nothing.
    package var absence: Absence?
    /// The zone above, where it was found.
    package var zoneAbove: Name?

    /// The zone above denies that there is such a domain.
    package var isDenied: Bool { absence != nil }

    /// Whether a server of the domain itself was seen; without, nothing can be said to be well.
    package var seesServers: Bool { answeringServers > 0 }
    /// Whether it is known how the domain is.
    package var isKnown: Bool { seesServers || isDenied }

    package init(_ snapshot: Snapshot) {
        isIntercepted = snapshot.interception != nil
        let isSettled = [.delegated, .absent, .undelegated].contains(snapshot.parent.state)
        seesParent = isSettled && !isIntercepted
        absence = seesParent ? Absence(snapshot.parent.state) : nil
        zoneAbove = snapshot.parent.zone
        seesDS = snapshot.parent.dsKnown && !isIntercepted
        let views = snapshot.authorities.filter { !$0.remembered }
        let isSilent = isIntercepted
        func answers(_ view: AuthorityView) -> Bool {
            !isSilent && view.answers.values.contains(where: \.isConclusive)
        }
        answeringServers = Set(views.filter(answers).map(\.host.folded)).count
        allServers = Set(views.map(\.host.folded) + snapshot.parent.hosts.map(\.name.folded)).count
        let mute = snapshot.resolvers.filter { view in
            isSilent || !view.answers.values.contains(where: \.isConclusive)
        }
        answeringResolvers = snapshot.resolvers.count - mute.count
        silent =
            (seesParent ? [] : ["parent"])
            + views.filter { !answers($0) }.map { "authority \($0.host) \($0.address)" }
            + mute.map { "resolver \($0.label)" }
    }
}

extension RoundSight.Absence {
    fileprivate init?(_ state: ParentView.State) {
        switch state {
        case .absent: self = .noName
        case .undelegated: self = .noZone
        case .delegated, .failing, .silent, .unknown: return nil
        }
    }

    /// What there is to say of a name that was never seen to be a domain.
    ///
    /// - Parameters:
    ///   - domain: the name that is watched, without a final dot.
    ///   - zone: the zone above, without a final dot; empty for the root.
    package func sentence(of domain: String, in zone: String) -> String {
        switch self {
        case .noName:
            "\(domain) is not registered: \(zone.isEmpty ? "the root" : zone) has no such name. A typo?"
        case .noZone:
            "\(domain) is no domain of its own but a name in \(zone). Watch \(zone) with this name instead."
        }
    }
}
