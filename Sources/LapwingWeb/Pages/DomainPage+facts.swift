import DNSWire
import LapwingCore
import LapwingStore

extension DomainPage {
    /// Parent against child: the same names join, the others stand out.
    func delegation(_ state: WatchState?, _ records: [HistoryEntry], into values: inout [String: Any]) {
        let key = RecordSetKey(entry.domain, .ns)
        let parent = Set(records.filter { $0.source == "parent" && $0.key == key }.flatMap { $0.values ?? [] })
        let child = Set(
            records.filter { $0.source.hasPrefix("authority") && $0.key == key }.flatMap { $0.values ?? [] })
        func list(_ names: Set<String>, against others: Set<String>, _ side: String) -> [[String: Any]] {
            names.sorted().map { text in
                let matches = others.isEmpty || others.contains { $0.lowercased() == text.lowercased() }
                let name = try? Name(text)
                let addresses = name.flatMap { state?.baseline.hosts[$0] }?.map { "\($0)" }.joined(separator: ", ")
                return [
                    "name": Shown.text(text, limit: 300), "style": matches ? "good" : "bad",
                    "sign": matches ? "✓" : "✕",
                    "text": matches ? Shown.text(addresses ?? "") : "only at the \(side)",
                ]
            }
        }
        values["parent"] = list(parent, against: child, "parent")
        values["child"] = list(child, against: parent, "child")
    }

    func registration(_ view: RegistryView) -> [String: Any] {
        var facts: [[String: Any]] = []
        func fact(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { facts.append(["name": name, "value": Shown.text(value, limit: 500)]) }
        }
        fact("Registrar", view.registrar.map { $0 + (view.registrarID.map { " (IANA \($0))" } ?? "") })
        fact("Ends", view.expires?.text)
        fact("Created", view.created?.text)
        fact("Changed", view.updated?.text)
        fact("States", view.statuses.sorted().joined(separator: ", "))
        fact("Name servers", view.nameServers.map(Shown.name).joined(separator: ", "))
        fact("Signed", view.secure.map { $0 ? "yes" : "no" })
        fact("Source", [view.channel?.rawValue.uppercased(), view.server].compactMap(\.self).joined(separator: ", "))
        fact("Asked", Shown.ago(view.at, frame.now))
        let days = view.expires.map { $0.at.seconds(since: frame.now) / 86_400 }
        return [
            "facts": facts, "days": days.map { Shown.count(Int($0)) } ?? "?",
            "daysText": days == nil ? "the registry publishes no end date" : days == 1 ? "day left" : "days left",
            "style": days.map { $0 < 7 ? "bad" : $0 < 30 ? "warn" : "good" } ?? "",
        ]
    }

    /// TTLs over the last 30 days, one line for each RRset at an authority.
    func chart() throws -> [String: Any]? {
        let start = frame.now.adding(seconds: -30 * 86_400)
        let history = try sources.store.history(of: entry.domain, since: start)
            .filter { $0.source.hasPrefix("authority") && $0.ttl != nil }.sorted { $0.began < $1.began }
        guard let first = history.first else { return nil }
        let authority = first.source
        var points: [RecordSetKey: [(at: Timestamp, value: Double)]] = [:]
        for item in history where item.source == authority {
            points[item.key, default: []].append((max(item.began, start), Double(item.ttl ?? 0)))
        }
        let keys = points.keys.sorted { ($0.name, $0.type.rawValue) < ($1.name, $1.type.rawValue) }.prefix(6)
        let lines = keys.map { StepChart.Line(label: "\(Shown.name($0.name)) \($0.type)", points: points[$0] ?? []) }
        let begin = max(start, lines.compactMap(\.points.first?.at).min() ?? start)
        return Self.chart(
            Array(lines), from: begin, to: frame.now, unit: "s",
            label: "TTL of \(lines.count) record sets at \(authority)")
    }

    /// What each server and resolver took for its answers since the start, the slowest first.
    func latencyChart() -> [String: Any]? {
        let lines = sources.latencies(entry.domain).filter { !$0.points.isEmpty }
        guard let begin = lines.compactMap(\.points.first?.at).min() else { return nil }
        let slowest = lines.sorted { ($0.points.last?.milliseconds ?? 0) > ($1.points.last?.milliseconds ?? 0) }
        let shown = slowest.prefix(6).map { line in
            StepChart.Line(label: line.server, points: line.points.map { ($0.at, $0.milliseconds) })
        }
        return Self.chart(
            shown, from: begin, to: frame.now, unit: "ms", label: "Answer times of \(shown.count) servers")
    }

    private static func chart(
        _ lines: [StepChart.Line], from begin: Timestamp, to end: Timestamp, unit: String, label: String
    ) -> [String: Any] {
        [
            "svg": StepChart.svg(lines, from: begin, to: end, unit: unit, label: Shown.text(label)),
            "lines": lines.enumerated().map { index, line -> [String: Any] in
                let values = line.points.suffix(8).map {
                    "\($0.at.sentence): \(Int($0.value.rounded())) \(unit)"
                }
                return [
                    "index": index, "label": Shown.text(line.label, limit: 80),
                    "values": values.joined(separator: "; "),
                ]
            },
        ]
    }

    /// One lane for each part of the domain, with what was wrong with it when.
    func lanes(_ incidents: [Incident]) -> String {
        let families: [(String, [String])] = [
            ("Records", ["record", "policy", "alias", "zone"]), ("Delegation", ["delegation", "parent"]),
            ("Servers", ["server", "servers"]), ("DNSSEC", ["dnssec"]),
            ("Resolvers", ["resolver", "path", "resolution"]), ("TTL", ["ttl"]), ("Registration", ["registration"]),
        ]
        let lanes = families.map { title, codes in
            let own = incidents.filter { incident in
                // A broken chain is found at resolvers, but it is no fault of theirs.
                let isChain = incident.incidentClass.rawValue.hasPrefix("dnssec")
                return isChain
                    ? title == "DNSSEC" : codes.contains { incident.code.rawValue.hasPrefix($0 + ".") }
            }
            return LaneChart.Lane(
                title: title,
                spans: own.filter { $0.severity >= .notice }.flatMap { incident in
                    HistoryBar.spans(of: incident, now: frame.now).map {
                        .init(
                            from: $0.from, to: $0.to, severity: $0.severity, text: incident.incidentClass.rawValue,
                            title: Shown.text(incident.text.headline, limit: 200))
                    }
                })
        }
        return LaneChart.svg(lanes, since: entry.live?.learntAt, now: frame.now)
    }

    /// Changes of records and steps of incidents, newest first.
    func timeline(_ incidents: [Incident], _ changes: [StoredChange]) throws -> [[String: Any]] {
        var items: [(at: Timestamp, values: [String: Any])] = changes.map { stored in
            let change = stored.change
            return (
                stored.at,
                [
                    "style": "note", "text": "\(Shown.name(change.name)) \(Shown.text(change.kind, limit: 60)) changed",
                    "isDiff": true, "old": shown(change.removed), "new": shown(change.added),
                    "seen": Shown.text(change.seenBy.prefix(8).joined(separator: ", "), limit: 300),
                ]
            )
        }
        for incident in incidents {
            for step in incident.steps {
                let verb = step.event == .close ? "Over: " : ""
                items.append(
                    (
                        step.at,
                        [
                            "style": step.event == .close ? "good" : step.severity.style,
                            "text": verb + Shown.text(step.headline, limit: 400), "link": Escape.path(incident.id),
                        ]
                    ))
            }
        }
        return items.sorted { $0.at > $1.at }.prefix(80).map { item in
            item.values.merging(["at": Shown.time(item.at, frame.now)]) { $1 }
        }
    }

    private func shown(_ values: [String]) -> [String] { values.prefix(20).map { Shown.text($0, limit: 600) } }
}
