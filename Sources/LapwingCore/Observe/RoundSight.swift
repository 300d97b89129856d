package import DNSWire

/// How much of a domain a round saw: nothing is known of unseen parts, whatever was known before.
package struct RoundSight: Sendable, Hashable, Codable {
    /// Whether the parent zone said if it delegates the domain and to which servers.
    package var seesParent: Bool
    /// Whether the question for the DS was answered.
    package var seesDS: Bool
    /// The number of name servers of the domain that gave an answer about it, counted by name.
    package var answeringServers: Int
    /// The number of name servers that the parent or the zone lists.
    package var allServers: Int
    /// The number of resolvers that gave at least one conclusive answer.
    package var answeringResolvers: Int
    /// Sources without a conclusive answer, in the notation of ``Sighting/source``; usually none.
    package var silent: [String]
    /// Whether queries are intercepted on the way.
    package var isIntercepted: Bool

    /// Why there is nothing to watch under this name, according to the parent zone.
    package enum Absence: String, Sendable, Hashable, Codable {
        /// The parent zone has no such name.
        case noName = "not-registered"
        /// The name is an ordinary name in the parent zone, not a zone of its own.
        case noZone = "no-zone"
    }

    /// The denial of the parent zone; nil if it delegates the domain or did not answer.
    package var absence: Absence?
    /// The parent zone; nil if it was not found.
    package var zoneAbove: Name?

    /// Whether the parent zone denies that there is such a domain.
    package var isDenied: Bool { absence != nil }

    /// Whether a server of the domain itself was seen; without one, the domain cannot be called well.
    package var seesServers: Bool { answeringServers > 0 }
    /// Whether the condition of the domain is known.
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

    /// Returns a sentence about a name that was never seen to be a domain.
    ///
    /// - Parameters:
    ///   - domain: the watched name, without a final dot.
    ///   - zone: the parent zone, without a final dot; empty for the root.
    package func sentence(of domain: String, in zone: String) -> String {
        switch self {
        case .noName:
            "\(domain) is not registered: \(zone.isEmpty ? "the root" : zone) has no such name. A typo?"
        case .noZone:
            "\(domain) is no domain of its own but a name in \(zone). Watch \(zone) with this name instead."
        }
    }
}
