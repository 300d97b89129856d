import DNSWire

/// Servers that disagree: by age, by denial, by data.
enum AgreementRule {
    static let rule = Rule(
        "agreement", references: ["RFC 1982", "RFC 1996", "RFC 2181 §5"],
        table: [
            Rule.Row(
                .zoneStale, .zoneStale, [.warning], "behind for longer than refresh + retry, or the learned usual lag"),
            Rule.Row(.serialBackwards, .zoneStale, [.warning], "the serial of a server went backwards"),
            Rule.Row(
                .serverDenies, .recordsLost, [.critical], "one server denies what the others serve, at the same serial"),
            Rule.Row(
                .serverDisagrees, .hijackSuspected, [.critical],
                "one server gives foreign addresses or mail at the same serial"),
            Rule.Row(.serverDisagrees, .zoneStale, [.warning], "one server gives other data at the same serial"),
        ]
    ) { picture, found in
        guard !picture.isBlind, !picture.isLearning else { return [] }
        let servers = picture.listedOwn.filter(\.answers)
        return servers.flatMap { stale($0, picture) + backwards($0, picture) } + denials(servers, picture)
            + foreignData(servers, picture)
    }

    // MARK: Age

    private static func stale(_ server: ServerFact, _ picture: Picture) -> [Finding] {
        guard let serial = server.serial, let memory = picture.state.servers[server.address],
            memory.serial == serial, let since = memory.serialSince
        else { return [] }
        // Newer serials that appeared after this server was already seen with its own.
        let newer = picture.state.serials.filter {
            SerialNumber(rawValue: $0.serial).isAfter(SerialNumber(rawValue: serial)) && $0.first > since
        }
        guard let first = newer.map(\.first).min(), let latest = newer.first?.serial,
            picture.listedOwn.contains(where: { other in newer.contains { $0.serial == other.serial } })
        else { return [] }
        // Another operator's serials are independent: only the content shows whether this server follows.
        guard memory.sharesSerials ?? false || lags(server, latest, picture) else { return [] }
        let soa = server.view.answer(picture.domain, .soa)?.records.first.flatMap { SOA($0.data) }
        let allowed = max(Int64(soa?.refresh ?? 7200) + Int64(soa?.retry ?? 900), memory.usualLag)
        let lag = picture.now.seconds(since: first)
        guard lag > allowed else { return [] }
        let fresh = picture.listedOwn.filter { $0.serial == latest }.map { "\($0.host)" }
        var finding = Finding(
            .zoneStale, .server(server.host), .zoneStale, .warning, subject: RecordSetKey(picture.domain, .soa),
            text: Narrative(
                "\(picture.domain): \(server.label) still serves serial \(serial), \(hours(lag)) behind.",
                facts: ["\(Change.list(fresh)) have serial \(latest), first seen on \(first.sentence)."],
                grounds: ["lag is beyond SOA refresh + retry (\(allowed) s); serials compared by RFC 1982"],
                isNot: "ordinary propagation: that ends within refresh + retry.",
                advice:
                    "Fix the zone transfer to this server (TSIG, ACL, NOTIFY, firewall) or take it out of the NS set.",
                check: picture.dig(RecordSetKey(picture.domain, .soa), at: "\(server.address)")))
        finding.need = .now
        finding.since = first
        finding.evidence = [EvidencePointer(server.source, RecordSetKey(picture.domain, .soa))]
        return [finding]
    }

    /// Whether the server serves data that differs from that of the servers with the latest serial.
    private static func lags(_ server: ServerFact, _ latest: UInt32, _ picture: Picture) -> Bool {
        picture.sets.contains { fact in
            guard fact.key.type != .soa,
                let value = fact.own.first(where: { $0.server.address == server.address })?.value
            else { return false }
            return fact.own.contains { $0.server.serial == latest && $0.value != value }
        }
    }

    private static func backwards(_ server: ServerFact, _ picture: Picture) -> [Finding] {
        guard let serial = server.serial, let memory = picture.state.servers[server.address], let old = memory.serial,
            !memory.earlierSerials.contains(serial),
            SerialNumber(rawValue: serial).isBefore(SerialNumber(rawValue: old))
        else { return [] }
        var finding = Finding(
            .serialBackwards, .server(server.host), .zoneStale, .warning,
            subject: RecordSetKey(picture.domain, .soa),
            text: Narrative(
                "\(picture.domain): the serial at \(server.label) went backwards: \(old) -> \(serial).",
                facts: ["Secondaries take no zone that is older than theirs: they keep the old one until it expires."],
                grounds: ["serials compared by RFC 1982"],
                advice: "Raise the serial above \(old).",
                check: picture.dig(RecordSetKey(picture.domain, .soa), at: "\(server.address)")))
        finding.need = .now
        finding.clearing = .done(seconds: 86_400)
        return [finding]
    }

    // MARK: Denial

    private static func denials(_ servers: [ServerFact], _ picture: Picture) -> [Finding] {
        guard servers.count > 1 else { return [] }
        var lost: [Name: (server: ServerFact, keys: [RecordSetKey])] = [:]
        for fact in picture.sets {
            guard let memory = picture.memory(fact.key), memory.current?.isPresent == true else { continue }
            let present = fact.own.filter(\.value.isPresent)
            let denying = fact.own.filter { !$0.value.isPresent }
            guard !present.isEmpty, !denying.isEmpty else { continue }
            // A server with a newer zone is ahead: the others will follow.
            let newest = present.compactMap(\.server.serial).reduce(nil) { newer($0, $1) }
            for sight in denying where !isAhead(sight.server.serial, of: newest) {
                lost[sight.server.host, default: (sight.server, [])].keys.append(fact.key)
            }
        }
        return lost.sorted { $0.key < $1.key }.map { denial($0.value.server, $0.value.keys, picture) }
    }

    private static func denial(_ server: ServerFact, _ keys: [RecordSetKey], _ picture: Picture) -> Finding {
        var finding = Finding(
            .serverDenies, .server(server.host), .recordsLost, .critical, subject: keys.first,
            text: Narrative(
                "\(picture.domain): \(server.label) says that \(Change.list(keys.map { "\($0.name) \($0.type)" })) does not exist (NXDOMAIN or no data); "
                    + "the other servers serve it.",
                facts: keys.prefix(8).map { key in
                    "\(key): \(server.view.answers[key]?.words ?? "-") there, \(picture.memory(key)?.current?.text(of: key.type) ?? "-") elsewhere."
                },
                grounds: [
                    "its serial is not newer than that of the others",
                    "a denial is believed and cached: worse than silence",
                ],
                isNot: "a removal of the records: the other servers have them.",
                advice: "Take \(server.host) out of service or have its zone loaded again.",
                check: picture.dig(keys.first ?? RecordSetKey(picture.domain, .soa), at: "\(server.address)")))
        finding.evidence = keys.prefix(4).map { EvidencePointer(server.source, $0) }
        finding.holds = Set(keys)
        return finding
    }

    // MARK: Foreign data on one server

    private static func foreignData(_ servers: [ServerFact], _ picture: Picture) -> [Finding] {
        guard servers.count > 1 else { return [] }
        return picture.sets.compactMap { fact in
            guard let memory = picture.memory(fact.key), memory.isStable, let known = memory.current, known.isPresent,
                fact.key.type != .soa
            else { return nil }
            let foreign = fact.own.filter {
                $0.value.isPresent && $0.value != known && !memory.knows($0.value, at: picture.now)
                    && (!memory.unseenMembers(in: $0.value, at: picture.now).isEmpty || $0.value.alias != known.alias)
            }
            let right = fact.own.filter { $0.value == known }
            guard let sight = foreign.first, !right.isEmpty,
                right.contains(where: { $0.server.serial == sight.server.serial })
            else {
                return nil
            }
            return disagreement(fact.key, sight, known, picture)
        }
    }

    private static func disagreement(
        _ key: RecordSetKey, _ sight: SetFact.Sight, _ known: SetValue, _ picture: Picture
    ) -> Finding {
        let isGrave =
            [RecordType.a, .aaaa, .cname, .mx, .ns].contains(key.type) || picture.watch.isSensitive(key)
        var finding = Finding(
            .serverDisagrees, isGrave ? .content : .server(sight.server.host),
            isGrave ? .hijackSuspected : .zoneStale, isGrave ? .critical : .warning, subject: key,
            text: Narrative(
                "\(key.name) \(key.type): \(sight.server.label) gives \(sight.value.text(of: key.type)), the other servers "
                    + "\(known.text(of: key.type)), at the same serial \(sight.server.serial ?? 0).",
                facts: ["The value was never served before."],
                grounds: ["same serial, different data: one copy of the zone was changed by itself"],
                isNot: "propagation: the serials are equal.",
                advice:
                    "Look at \(sight.server.host) at once: its zone or the server itself is in other hands, or was edited "
                    + "without a new serial.",
                check: picture.dig(key, at: "\(sight.server.address)")))
        finding.changes = [Change(key, from: known, to: sight.value, seenBy: ["\(sight.server.host)"])]
        finding.holds = [key]
        // One right answer does not clear a server: possibly only some of its sites or processes are wrong.
        if isGrave {
            finding.need = Confirmation(looks: 2, polls: 1, patience: 3)
            finding.clearing = .after(seconds: 48 * 3600)
        }
        finding.evidence = [EvidencePointer(sight.server.source, key)]
        return finding
    }

    private static func newer(_ one: UInt32?, _ two: UInt32) -> UInt32? {
        guard let one else { return two }
        return SerialNumber(rawValue: two).isAfter(SerialNumber(rawValue: one)) ? two : one
    }

    private static func isAhead(_ serial: UInt32?, of newest: UInt32?) -> Bool {
        guard let serial, let newest else { return false }
        return SerialNumber(rawValue: serial).isAfter(SerialNumber(rawValue: newest))
    }

    private static func hours(_ seconds: Int64) -> String {
        seconds >= 7200 ? "\(seconds / 3600) h" : "\(seconds / 60) min"
    }
}
