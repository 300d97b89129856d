import DNSWire

/// Puts events together that have one cause, and picks the channels.
struct Speaker {
    /// Seconds in which events of one shared cause belong to one message.
    static let groupWindow: Int64 = 3600

    var said: SaidLog
    let routes: [Route]
    let silences: [Silence]
    let tags: [Name: [String]]
    let now: Timestamp

    mutating func speak(_ events: [IncidentEvent]) -> [Notice] {
        var notices: [Notice] = []
        var grouped: [String: [IncidentEvent]] = [:]
        var order: [String] = []
        for event in events {
            guard let shared = event.shared else {
                notices += tell(event, domains: [event.domain])
                continue
            }
            let key = "\(shared) \(event.incidentClass.rawValue)"
            if grouped[key] == nil { order.append(key) }
            grouped[key, default: []].append(event)
        }
        for key in order { notices += speak(grouped[key] ?? [], together: key) }
        said.groups.removeAll { now.seconds(since: $0.first) > Self.groupWindow * 48 }
        if said.groups.count > SaidLog.limit { said.groups.removeFirst(said.groups.count - SaidLog.limit) }
        if said.told.count > SaidLog.limit {
            let oldest = said.told.sorted { $0.value < $1.value }.prefix(said.told.count - SaidLog.limit / 2)
            for entry in oldest { said.told[entry.key] = nil }
        }
        return notices
    }

    /// Events about one cause that several domains may have in common.
    private mutating func speak(_ events: [IncidentEvent], together key: String) -> [Notice] {
        let index = said.groups.firstIndex { $0.key == key }
        guard let first = events.first(where: { $0.kind == .open }) ?? events.first else { return [] }
        guard var group = index.map({ said.groups[$0] }) else {
            guard first.kind == .open else { return events.flatMap { tell($0, domains: [$0.domain]) } }
            let opened = events.filter { $0.kind == .open }
            let domains = Self.domains(opened)
            said.groups.append(
                SaidLog.Group(
                    key: key, incident: first.incident, first: now, members: Set(opened.map(\.incident)),
                    domains: domains))
            let later = events.filter { $0.kind != .open && $0.incident == first.incident }
            return tell(Self.merged(first, domains), domains: domains) + later.flatMap { tell($0, domains: domains) }
        }
        // The cause was told already: further domains join in silence, and the end is told when the last one is well again.
        var notices: [Notice] = []
        for event in events {
            switch event.kind {
            case .open:
                group.members.insert(event.incident)
                if !group.domains.contains(event.domain) { group.domains.append(event.domain) }
            case .update where event.incident == group.incident:
                notices += tell(event, domains: group.domains)
            case .update: break
            case .close:
                group.members.remove(event.incident)
                guard group.members.isEmpty else { continue }
                var last = Self.merged(event, group.domains)
                last.incident = group.incident
                notices += tell(last, domains: group.domains)
            }
        }
        if let index {
            if group.members.isEmpty { said.groups.remove(at: index) } else { said.groups[index] = group }
        }
        return notices
    }

    /// The notices of one event, one for each channel that wants it.
    private mutating func tell(_ event: IncidentEvent, domains: [Name]) -> [Notice] {
        let heard = domains.filter { domain in !silences.contains { $0.covers(domain, at: now) } }
        guard !heard.isEmpty else { return [] }
        var channels: [String] = []
        for route in routes where wants(route, event, heard) {
            for channel in route.channels where !channels.contains(channel) { channels.append(channel) }
        }
        // The end of an incident interests those who heard of it.
        if event.kind == .close { channels = channels.filter { said.told["\(event.incident) \($0)"] != nil } }
        return channels.map { channel in
            if event.kind == .close {
                said.told["\(event.incident) \(channel)"] = nil
            } else {
                said.told["\(event.incident) \(channel)"] = now
            }
            return Notice(
                id: "\(event.id)@\(channel)", channel: channel, incident: event.incident, event: event.kind,
                incidentClass: event.incidentClass, severity: event.severity, page: event.page, domain: event.domain,
                subject: event.subject, title: event.title, text: event.text, changes: event.changes,
                since: event.since,
                at: event.at, domains: heard)
        }
    }

    private func wants(_ route: Route, _ event: IncidentEvent, _ domains: [Name]) -> Bool {
        guard event.severity >= route.severity else { return false }
        guard route.types.isEmpty || event.subject.map({ route.types.contains($0.type) }) ?? true else { return false }
        return route.tags.isEmpty || domains.contains { !Set(tags[$0] ?? []).isDisjoint(with: route.tags) }
    }

    private static func domains(_ events: [IncidentEvent]) -> [Name] {
        var seen: Set<Name> = []
        return events.map(\.domain).filter { seen.insert($0).inserted }
    }

    private static func merged(_ event: IncidentEvent, _ domains: [Name]) -> IncidentEvent {
        guard domains.count > 1, let shared = event.shared else { return event }
        var event = event
        event.title = "\(event.title) \(domains.count) domains share this cause: \(shared)."
        let names = domains.prefix(50).map { "\($0)" }.joined(separator: ", ")
        let rest = domains.count > 50 ? " and \(domains.count - 50) more" : ""
        event.text = "\(event.title)\nDomains: \(names)\(rest)\n\(event.text)"
        return event
    }
}
