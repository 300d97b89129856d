import DNSWire

/// Servers of the domain that give the whole zone to anyone.
enum OpenTransferRule {
    static let rule = Rule(
        "open-transfer", references: ["RFC 5936 §6", "RFC 9103 §2"],
        table: [
            Rule.Row(
                .zoneOpen, .posture, [.warning], "a server of the domain begins to transfer the zone without any key",
                lasting: 86_400)
        ]
    ) { picture, _ in
        guard !picture.isBlind, picture.watch.asksForZone else { return [] }
        let open = TransferMemory.open(before: picture.state.transfers?.open ?? [], picture.snapshot.givesZone ?? [:])
        let servers = picture.servers.filter { $0.isListed && open.contains($0.address) }
        guard let first = servers.first else { return [] }
        let names = servers.map { "\($0.host) (\($0.address))" }
        var finding = Finding(
            .zoneOpen, .posture(.zoneOpen), .posture, .warning, subject: RecordSetKey(picture.domain, .soa),
            text: Narrative(
                "\(picture.domain): anybody can copy the whole zone from \(Change.list(names)).",
                facts: [
                    "Every name in it can be listed: hosts that nobody else should know of are found in one question."
                ],
                grounds: ["the servers were asked for the zone without a key, and broken off after the first message"],
                isNot: "a fault where the zone is meant to be public, as some are.",
                advice:
                    "Let only secondaries transfer the zone, by address or better by key; a secondary at another provider often has a setting of its own.",
                check: "dig +norecurse \(picture.domain) AXFR @\(first.address)"))
        finding.clearing = .absent(polls: 3)
        return [finding]
    }
}
