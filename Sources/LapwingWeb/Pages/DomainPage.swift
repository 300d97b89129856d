import DNSWire
import Foundation
import LapwingCore
import LapwingStore

/// Everything about one domain.
struct DomainPage {
    let frame: PageFrame
    let sources: WebSources
    let entry: BoardIndex.Entry

    private static let historyDays: Int64 = 30

    func render() async throws -> String {
        let store = sources.store
        let now = frame.now
        let records = try store.records(of: entry.domain)
        let state = try store.state(of: entry.domain)
        let incidents = try store.incidents(of: entry.domain, limit: 100)
        let rail = await sources.trust?(entry.domain) ?? fallbackRail(state)
        let matrix = RecordMatrix(records)
        let shown = matrix.values(now: now)
        var values: [String: Any] = [
            "name": Shown.name(entry.domain), "path": Escape.path(Shown.name(entry.domain)),
            "style": entry.condition.style, "sign": entry.condition.sign, "word": entry.condition.word,
            "sentence": sentence, "removable": !entry.isFromFile && sources.remove != nil,
            "columns": shown.columns, "sets": shown.sets, "hasSets": !shown.sets.isEmpty,
            "rail": self.rail(rail), "tiles": tiles(matrix, rail, state),
            "timeline": try timeline(incidents, store.changes(of: entry.domain, limit: 60)),
        ]
        if !entry.isFromFile, sources.add != nil { values["options"] = options }
        if let unicode = Shown.unicodeName(entry.domain) {
            values["unicode"] = ["text": unicode.text, "isMixed": unicode.isMixed] as [String: Any]
        }
        let open = (entry.live?.open ?? []).sorted { $0.severity > $1.severity }
        values["hasOpen"] = !open.isEmpty
        values["open"] = open.prefix(50).map(finding)
        delegation(state, records, into: &values)
        if let view = state?.registry.known { values["registration"] = registration(view) }
        if let chart = try chart() { values["chart"] = chart }
        if let chart = latencyChart() { values["latency"] = chart }
        if entry.live?.learntAt != nil { values["lanes"] = lanes(incidents) }
        return frame.render("domain", title: Shown.name(entry.domain), path: "/domains", values)
    }

    /// What the form for a domain that was added at run time begins with.
    private var options: [String: Any] {
        let said = entry.options.flatMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) } as? [String: Any]
        let names = said?["names"] as? [String] ?? []
        return [
            "interval": entry.interval % 60 == 0 ? "\(entry.interval / 60)m" : "\(entry.interval)s",
            "names": Shown.text(names.joined(separator: ", ")), "tags": Shown.text(entry.tags.joined(separator: ", ")),
        ]
    }

    private var sentence: String {
        guard let live = entry.live else { return "It is watched and waits for its first check." }
        guard live.learntAt != nil else { return "Its present state is being learnt." }
        if let worst = entry.worst, worst.severity >= .notice { return Shown.text(worst.text.headline, limit: 600) }
        return "All well. Checked \(Shown.ago(live.checkedAt, frame.now)) in \(live.milliseconds) ms."
    }

    private func finding(_ incident: Incident) -> [String: Any] {
        [
            "style": incident.severity.style, "sign": incident.severity.sign, "severity": incident.severity.word,
            "id": Escape.path(incident.id), "headline": Shown.text(incident.text.headline, limit: 600),
            "facts": incident.text.facts.prefix(6).map { Shown.text($0, limit: 600) },
            "class": incident.incidentClass.rawValue, "code": incident.code.rawValue,
            "since": Shown.time(incident.since, frame.now),
        ]
    }

    // MARK: Tiles

    private func tiles(_ matrix: RecordMatrix, _ rail: TrustRail, _ state: WatchState?) -> [[String: Any]] {
        func tile(_ kind: String, _ anchor: String, _ style: String, _ state: String, _ text: String) -> [String: Any] {
            let sign = ["good": "✓", "warn": "!", "bad": "✕", "note": "i"][style] ?? "…"
            return ["kind": kind, "anchor": anchor, "style": style, "sign": sign, "state": state, "text": text]
        }
        let odd = matrix.rows.filter { $0.groups.count > 1 }.count
        let authorities = matrix.columns.filter { $0.kind == "authority" }.count
        let resolvers = matrix.columns.filter { $0.kind == "resolver" }.count
        let lowest = entry.live?.ttls.values.min()
        let expires = entry.live?.registrationEnds
        let left = expires.map { $0.seconds(since: frame.now) }
        let seen = matrix.rows.isEmpty
        return [
            tile(
                "Records", "records",
                seen ? "idle" : odd > 0 ? worst(["record", "policy", "alias"], else: "note") : "good",
                seen ? "Unknown" : odd > 0 ? "\(odd) differ" : "Agree", "\(matrix.rows.count) sets watched"),
            tile(
                "TTL", "ttl", lowest == nil ? "idle" : worst(["ttl"], else: "good"),
                lowest.map { "from \(Shown.count(Int($0))) s" } ?? "Unknown", "lowest at the authorities"),
            tile(
                "DNSSEC", "dnssec", Self.style(rail.verdict),
                rail.verdict.prefix(1).uppercased() + rail.verdict.dropFirst(),
                entry.live?.signaturesEnd.map { "signatures end \(Shown.ago($0, frame.now))" } ?? "no signatures"),
            tile(
                "Delegation", "delegation",
                authorities == 0 ? "idle" : worst(["delegation", "server", "servers", "parent", "zone"], else: "good"),
                authorities == 0 ? "Unknown" : "\(authorities) servers", "asked at the authority"),
            tile(
                "Resolvers", "records",
                resolvers == 0 ? "idle" : worst(["resolver", "path", "resolution"], else: "good"),
                resolvers == 0 ? "Unknown" : "\(resolvers) asked", "public and own resolvers"),
            tile(
                "Registration", "registration",
                left.map { $0 < 7 * 86_400 ? "bad" : $0 < 30 * 86_400 ? "warn" : worst(["registration"], else: "good") }
                    ?? "idle",
                left.map { $0 < 0 ? "Expired" : Shown.span($0) + " left" } ?? "Unknown",
                expires.map { String($0.description.prefix(10)) } ?? "no end date known"),
        ]
    }

    /// The style of the worst open incident of these families of codes.
    private func worst(_ families: [String], else standard: String) -> String {
        let severities = (entry.live?.open ?? []).filter { incident in
            families.contains { incident.code.rawValue.hasPrefix($0 + ".") }
        }.map(\.severity)
        guard let worst = severities.max(), worst > .info else { return standard }
        return worst.style
    }

    // MARK: Chain of trust

    private static func style(_ verdict: String) -> String {
        switch verdict {
        case "secure": "good"
        case "bogus": "bad"
        case "insecure": "note"
        default: "idle"
        }
    }

    /// What can be said without walking the chain again.
    private func fallbackRail(_ state: WatchState?) -> TrustRail {
        let broken = entry.live?.open.first { [.dnssecBroken, .dnssecExpiring].contains($0.incidentClass) }
        guard let live = entry.live, live.learntAt != nil, let isSigned = live.isSigned else {
            return TrustRail(verdict: "unknown", sentence: "The chain was not looked at yet.", links: [])
        }
        guard isSigned else {
            return TrustRail(
                verdict: "insecure", sentence: "The zone above has no DS record: answers are not signed.", links: [])
        }
        let isBroken = broken?.incidentClass == .dnssecBroken
        let keys = (state?.chain.dnskey.first?.keys ?? []).map {
            TrustRail.Key(label: "key \($0.tag), algorithm \($0.algorithm)", isGood: !isBroken)
        }
        let ds = (state?.chain.ds.first?.keys ?? []).map { "DS \($0.tag)/\($0.algorithm)" }.joined(separator: ", ")
        let name = Shown.name(entry.domain)
        return TrustRail(
            verdict: isBroken ? "bogus" : "secure",
            sentence: broken.map { Shown.text($0.text.headline, limit: 400) }
                ?? "Signed, and the chain from the zone above holds.",
            links: [
                TrustRail.Link(zone: "the zone above", verdict: "secure", text: ds.isEmpty ? "delegates" : ds),
                TrustRail.Link(
                    zone: name, verdict: isBroken ? "bogus" : "secure",
                    text: live.signaturesEnd.map { "first signature ends \($0.sentence)" } ?? "",
                    error: isBroken ? broken?.text.advice : nil, keys: keys),
            ])
    }

    private func rail(_ rail: TrustRail) -> [String: Any] {
        let style = Self.style(rail.verdict)
        var values: [String: Any] = [
            "style": style, "sign": ["good": "✓", "bad": "✕", "note": "○"][style] ?? "…",
            "sentence": Shown.text(rail.sentence, limit: 600),
            "links": rail.links.map { link -> [String: Any] in
                let style = Self.style(link.verdict)
                var values: [String: Any] = [
                    "zone": Shown.text(link.zone, limit: 300), "verdict": link.verdict, "text": Shown.text(link.text),
                    "style": style == "note" ? "idle" : style,
                    "sign": style == "good" ? "✓" : style == "bad" ? "✕" : "○",
                    "keys": link.keys.map {
                        [
                            "label": Shown.text($0.label), "style": $0.isGood ? "good" : "bad",
                            "sign": $0.isGood ? "✓" : "✕",
                        ]
                    },
                ]
                if let error = link.error { values["error"] = Shown.text(error) }
                return values
            },
        ]
        if !rail.windows.isEmpty { values["windows"] = SignatureWindows.svg(rail.windows, now: frame.now) }
        return values
    }
}
