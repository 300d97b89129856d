package import DNSWire

/// One authoritative server at one address, as the rules see it.
package struct ServerFact: Sendable {
    /// Whether a server serves the zone.
    package enum Standing: Sendable, Hashable {
        /// Gives an authoritative answer about the zone.
        case answers
        /// No answer arrives.
        case silent
        /// REFUSED, SERVFAIL or another code, or a non-authoritative answer, in words.
        case refuses(String)
    }

    /// What it answered in this round.
    package var view: AuthorityView
    /// Whether it is accepted as one of the domain's servers.
    package var isOwn: Bool
    /// Whether the parent delegates to it.
    package var isListed: Bool { view.listedAtParent }
    /// Whether it serves the zone.
    package var standing: Standing
    /// The serial of its SOA (RFC 1982); nil if it gave none.
    package var serial: UInt32?

    /// Its host name.
    package var host: Name { view.host }
    /// The address at which it was asked.
    package var address: IPAddress { view.address }
    /// Whether it gives authoritative answers about the zone.
    package var answers: Bool { standing == .answers }
    /// The server as evidence and history name it.
    package var source: Source { .authority(host: host, address: address) }
    /// Host and address, such as `ns1.example.net. (192.0.2.1)`.
    package var label: String { "\(host) (\(address))" }

    init(_ view: AuthorityView, isOwn: Bool, domain: Name) {
        self.view = view
        self.isOwn = isOwn
        serial = view.serial(of: domain)
        standing = Self.standing(of: view, domain)
    }

    private static func standing(of view: AuthorityView, _ domain: Name) -> Standing {
        let soa = view.answer(domain, .soa)
        switch soa?.outcome {
        case .data, .nxDomain: return .answers
        // Each zone has an SOA at its apex: a server without one serves another zone, or none (RFC 1035 §5.2, RFC 2308
        // §2.2). An alias at the apex is a different fault, of a zone that exists.
        case .noData where soa?.aliases.isEmpty != false: return .refuses("no SOA of the zone (lame)")
        case .noData: return .answers
        case .failure(let code): return .refuses("\(code)")
        case .referral: return .refuses("no authority (lame)")
        default: break
        }
        // If only the packet about the SOA was lost, the other answers decide.
        let others = view.answers.values
        if others.contains(where: \.isConclusive) { return .answers }
        if let failed = others.first(where: \.isReply) {
            if case .failure(let code) = failed.outcome { return .refuses("\(code)") }
            return .refuses("no authority (lame)")
        }
        return .silent
    }
}

extension Sequence<ServerFact> {
    /// Their names, each once however many addresses it has, for headlines.
    var hostNames: [String] {
        var seen: Set<Name> = []
        return compactMap { seen.insert($0.host.folded).inserted ? "\($0.host)" : nil }
    }
}
