import DNSWire

/// Addresses in the public zone that outsiders cannot use: each network has its own hosts at them.
enum AddressRule {
    static let rule = Rule(
        "address", references: ["RFC 1918 §5", "RFC 6890"],
        table: [
            Rule.Row(
                .addressPrivate, .posture, [.info, .notice, .warning],
                "warning for a name server, notice for a loopback or link-local address of a watched name, info for a private one",
                lasting: 86_400)
        ]
    ) { picture, _ in
        guard !picture.isBlind else { return [] }
        let found = servers(picture) + records(picture)
        // One incident for all of them: the gravest gives headline and severity, the others are listed as facts.
        guard var first = found.max(by: { $0.severity < $1.severity }) else { return [] }
        first.text.facts += found.filter { $0.subject != first.subject }.prefix(8).map(\.text.headline)
        return [first]
    }

    /// Returns the kind of an address that is not publicly reachable; nil for a public one.
    static func kind(of address: IPAddress) -> String? {
        switch address {
        case .v4(let value):
            switch (value >> 24, value >> 16 & 0xFF) {
            case (127, _): "loopback"
            case (0, _): "unspecified"
            case (10, _), (172, 16...31), (192, 168): "private"
            case (100, 64...127): "shared"
            case (169, 254): "link-local"
            default: nil
            }
        case .v6(let high, let low):
            switch (high, low) {
            case (0, 1): "loopback"
            case (0, 0): "unspecified"
            case _ where high >> 57 == 0x7E: "private"
            case _ where high >> 54 == 0x3FA: "link-local"
            default: nil
            }
        }
    }

    private static func servers(_ picture: Picture) -> [Finding] {
        guard picture.snapshot.parent.state == .delegated else { return [] }
        return picture.snapshot.parent.hosts.compactMap { host in
            let bad = (host.glue + host.addresses).filter { kind(of: $0) != nil }
            guard let first = bad.first, let kind = kind(of: first) else { return nil }
            var found = finding(
                .warning, RecordSetKey(host.name, first.isIPv4 ? .a : .aaaa),
                "\(picture.domain): the name server \(host.name) has the \(kind) address \(first).", picture)
            found.text.facts = ["Who resolves the domain asks a machine of their own network there, or none."]
            found.text.advice = "Give the name server a public address, or take it out of the delegation."
            return found
        }
    }

    private static func records(_ picture: Picture) -> [Finding] {
        picture.sets.compactMap { fact in
            guard fact.key.type == .a || fact.key.type == .aaaa else { return nil }
            let addresses = fact.own.flatMap { $0.server.view.answers[fact.key]?.records ?? [] }
                .compactMap { Address($0.data)?.address }
            guard let first = addresses.first(where: { kind(of: $0) != nil }), let kind = kind(of: first) else {
                return nil
            }
            let isMeant = kind == "private" || kind == "shared"
            var found = finding(
                isMeant ? .info : .notice, fact.key,
                "\(fact.key.name) \(fact.key.type) gives the \(kind) address \(first) to everybody.", picture)
            found.text.facts = ["Resolvers that guard against DNS rebinding leave such answers out."]
            found.text.advice = "If the name is for inside use, serve it inside only."
            return found
        }
    }

    private static func finding(
        _ severity: Severity, _ key: RecordSetKey, _ headline: String, _ picture: Picture
    ) -> Finding {
        var finding = Finding(
            .addressPrivate, .posture(.addressPrivate), .posture, severity, subject: key,
            text: Narrative(
                headline, grounds: ["the address is none of the Internet (RFC 6890)"],
                isNot: "a fault of resolvers that do not follow it.", check: picture.dig(key)))
        finding.clearing = .absent(polls: 3)
        return finding
    }
}
