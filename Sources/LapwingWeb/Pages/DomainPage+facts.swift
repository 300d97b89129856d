import DNSWire
import LapwingCore
import LapwingStore

extension DomainPage {
    /// Compares parent and child, and both with the accepted delegation. Servers that were never accepted stand out;
    /// accepted servers that are no longer delegated to are shown as replaced.
    struct Delegation {
        var parent: [DomainModel.Server]
        var child: [DomainModel.Server]
        /// A fault of the delegation as a whole.
        var note: String?
    }
}

extension DomainPage.Delegation {
    init(_ entry: BoardIndex.Entry, _ state: WatchState?, _ records: [HistoryEntry]) {
        let key = RecordSetKey(entry.domain, .ns)
        func names(_ isMeant: (HistoryEntry) -> Bool) -> Set<String> {
            Set(records.filter { $0.key == key && isMeant($0) }.flatMap { $0.values ?? [] }.map { $0.lowercased() })
        }
        let parent = names { $0.source == "parent" }
        let child = names { $0.source.hasPrefix("authority") }
        // `authority HOST ADDRESS`
        let spoke = Set(
            records.compactMap { entry -> String? in
                let words = entry.source.split(separator: " ")
                return words.count == 3 && words[0] == "authority" ? words[1].lowercased() : nil
            })
        let accepted = Set((state?.baseline.hosts.keys).map { $0.map { "\($0)".lowercased() } } ?? [])
        let sight = entry.live?.sight
        let isKnown = sight.map { $0.seesParent && $0.seesServers } ?? true
        let isTaken = !accepted.isEmpty && !parent.isEmpty && !parent.isSubset(of: accepted)
        func row(_ text: String, _ style: String, _ sign: String, _ words: String) -> DomainModel.Server {
            let name = text.hasSuffix(".") ? String(text.dropLast()) : text
            return DomainModel.Server(
                name: Shown.text(name, limit: 300), style: style, sign: sign, text: Shown.text(words))
        }
        func judged(_ text: String, against others: Set<String>, _ side: String) -> DomainModel.Server {
            let addresses = (try? Name(text)).flatMap { state?.baseline.hosts[$0.folded] } ?? []
            let place = addresses.map { "\($0)" }.joined(separator: ", ")
            guard isKnown else { return row(text, "idle", "?", "as seen before" + (place.isEmpty ? "" : ", \(place)")) }
            if !accepted.isEmpty, !accepted.contains(text) { return row(text, "bad", "✕", "not accepted") }
            if !others.isEmpty, !others.contains(text) {
                return isTaken
                    ? row(text, "warn", "−", "replaced at the parent") : row(text, "bad", "✕", "only at the \(side)")
            }
            // If this machine has no IPv6, a server without an IPv4 address is not asked.
            let isAsked = addresses.isEmpty || addresses.contains(where: \.isIPv4) || spoke.contains(text)
            return isAsked ? row(text, "good", "✓", place) : row(text, "idle", "?", "\(place), not asked")
        }
        var above = parent.sorted().map { judged($0, against: child, "parent") }
        if isTaken, isKnown {
            above += accepted.subtracting(parent).sorted().map { row($0, "warn", "−", "accepted, replaced") }
        }
        let names = accepted.sorted().map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
        self.init(
            parent: above, child: child.sorted().map { judged($0, against: parent, "child") },
            note: isTaken ? "The delegation is not the accepted one: \(names.joined(separator: ", "))." : nil)
    }
}

extension DomainPage.Delegation {
    /// The records that sources serve, without servers that were never accepted and are no longer listed: those of a
    /// hijacked delegation that was restored.
    static func present(_ records: [HistoryEntry], _ domain: Name, _ state: WatchState?) -> [HistoryEntry] {
        let key = RecordSetKey(domain, .ns)
        func host(_ entry: HistoryEntry) -> String? {
            let words = entry.source.split(separator: " ")
            return words.count == 3 && words[0] == "authority" ? words[1].lowercased() : nil
        }
        func names(_ isMeant: (HistoryEntry) -> Bool) -> [String] {
            records.filter { $0.key == key && isMeant($0) }.flatMap { $0.values ?? [] }.map { $0.lowercased() }
        }
        let accepted = Set((state?.baseline.hosts.keys).map { $0.map { "\($0)".lowercased() } } ?? [])
        let parent = names { $0.source == "parent" }
        guard !accepted.isEmpty, !parent.isEmpty else { return records }
        let named = accepted.union(parent).union(names { host($0).map(accepted.contains) ?? false })
        return records.filter { host($0).map(named.contains) ?? true }
    }
}

extension DomainPage {
    func registration(_ view: RegistryView) -> DomainModel.Registration {
        var facts: [DomainModel.Registration.Fact] = []
        func fact(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { facts.append(.init(name: name, value: Shown.text(value, limit: 500))) }
        }
        fact("Registrar", view.registrar.map { $0 + (view.registrarID.map { " (IANA \($0))" } ?? "") })
        fact("Ends", view.expires?.text)
        fact("Created", view.created?.text)
        fact("Changed", view.updated?.text)
        fact("Status", view.statuses.sorted().joined(separator: ", "))
        fact("Name servers", view.nameServers.map(Shown.name).joined(separator: ", "))
        fact("Signed", view.secure.map { $0 ? "yes" : "no" })
        fact("Source", [view.channel?.rawValue.uppercased(), view.server].compactMap(\.self).joined(separator: ", "))
        fact("Last checked", Shown.ago(view.at, frame.now))
        let days = view.expires.map { $0.at.seconds(since: frame.now) / 86_400 }
        return DomainModel.Registration(
            facts: facts, days: days.map { Shown.count(Int($0)) } ?? "?",
            daysText: days == nil
                ? "the registry publishes no end date"
                : days.map { $0 < 0 } == true ? "days: it has ended" : days == 1 ? "day left" : "days left",
            style: days.map { $0 < 7 ? "bad" : $0 < 30 ? "warn" : "good" } ?? "")
    }

    /// The TTLs of the last 30 days, with one line for each RRset at an authoritative server.
    func chart() throws -> DomainModel.Chart? {
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

    /// The response times of each server and resolver since the start, the slowest first.
    func latencyChart() -> DomainModel.Chart? {
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
    ) -> DomainModel.Chart {
        DomainModel.Chart(
            svg: StepChart.svg(lines, from: begin, to: end, unit: unit, label: Shown.text(label)),
            lines: lines.enumerated().map { index, line in
                let values = line.points.suffix(8).map {
                    "\($0.at.sentence): \(Int($0.value.rounded())) \(unit)"
                }
                return DomainModel.Chart.Line(
                    index: index, label: Shown.text(line.label, limit: 80), values: values.joined(separator: "; "))
            })
    }

    /// One lane for each part of the domain, with its incidents over time.
    func lanes(_ incidents: [Incident]) -> String {
        let families: [(String, [String])] = [
            ("Records", ["record", "policy", "alias", "zone"]), ("Delegation", ["delegation", "parent"]),
            ("Servers", ["server", "servers"]), ("DNSSEC", ["dnssec"]),
            ("Resolvers", ["resolver", "path", "resolution"]), ("TTL", ["ttl"]), ("Registration", ["registration"]),
        ]
        let lanes = families.map { title, codes in
            func isOwn(_ incident: Incident, _ span: IncidentSpan) -> Bool {
                // A broken chain of trust is no fault of resolvers, but validating resolvers refuse the zone while it
                // is broken, though not while it is only about to break.
                span.incidentClass.rawValue.hasPrefix("dnssec")
                    ? title == "DNSSEC" || title == "Resolvers" && span.incidentClass == .dnssecBroken
                    : codes.contains { incident.code.rawValue.hasPrefix($0 + ".") }
            }
            return LaneChart.Lane(
                title: title,
                spans: incidents.filter { $0.severity >= .notice }.flatMap { incident in
                    incident.spans(until: frame.now).filter { isOwn(incident, $0) }.map {
                        .init(
                            from: $0.from, to: $0.to, severity: $0.severity, text: $0.incidentClass.rawValue,
                            title: Shown.text(incident.text.headline, limit: 200))
                    }
                })
        }
        return LaneChart.svg(lanes, since: entry.live?.learntAt, now: frame.now)
    }
}
