import DNSWire

/// The whole zone is to be watched, and no server transfers it.
enum ZoneTransferRule {
    static let rule = Rule(
        "zone-transfer", references: ["RFC 5936", "RFC 1995", "RFC 8945"],
        table: [
            Rule.Row(
                .zoneUnavailable, .monitorFault, [.warning],
                "no server from which the zone is to be fetched gives it: refused, signatures not accepted, silent, a broken or too large transfer, an older version"
            )
        ]
    ) { picture, _ in
        guard case .failed(let failures) = picture.snapshot.zone?.outcome, let first = failures.first else { return [] }
        let key = RecordSetKey(picture.domain, .soa)
        var finding = Finding(
            .zoneUnavailable, .transfer, .monitorFault, .warning, subject: key,
            text: Narrative(
                "\(picture.domain): the whole zone could not be fetched: \(first.server) \(first.words).",
                facts: failures.dropFirst().map { "\($0.server) \($0.words)." },
                grounds: ["each server was asked twice"],
                isNot: "a change of the zone: what is kept of it stays as it is until it can be fetched again.",
                advice: advice(first.kind), check: check(first, picture)))
        finding.clearing = .absent(polls: 1)
        return [finding]
    }

    private static func check(_ failure: ZoneFailure, _ picture: Picture) -> ShellCommand {
        guard let server = ServerAddress(failure.server), let address = server.address else {
            return "dig +norecurse \(picture.domain) AXFR"
        }
        return "dig +norecurse \(picture.domain) AXFR @\(address) -p \(server.port)"
    }

    private static func advice(_ kind: ZoneFailure.Kind) -> String {
        switch kind {
        case .silent:
            "See that the server answers on TCP and that no firewall is between it and this machine."
        case .refused:
            "Allow this machine, or its key, to transfer the zone: allow-transfer in BIND, provide-xfr in NSD, an acl with action transfer in Knot DNS."
        case .key:
            "See that name, algorithm and secret of the key are the same on both sides."
        case .clock: "Set the clock of this machine, or that of the server: signatures hold for five minutes."
        case .broken:
            "See the server's log for this transfer; restart it or fetch the zone with another program to compare."
        case .tooLarge: "If the zone is meant to be that large, raise transfer.max_records."
        case .older:
            "Raise the serial above the one before: secondaries do not take an older version either. After a day it is taken as it is."
        }
    }
}
