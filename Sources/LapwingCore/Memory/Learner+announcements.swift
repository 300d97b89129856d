import DNSSEC
import DNSWire

extension Learner {
    /// Seconds before a window from which on the state of its subjects is recorded.
    private static let foresight: Int64 = 86_400

    /// Remembers announcements until they are fulfilled or reported missing.
    mutating func learnAnnouncements() {
        learnContents()
        guard !picture.watch.windows.isEmpty || !state.announcements.isEmpty else { return }
        for window in picture.watch.windows.compactMap({ $0.occurrence(at: now, within: Self.foresight) }) {
            // Work on servers may leave no trace.
            guard let covers = window.covers, !covers.isEmpty, !covers.contains(.servers),
                window.from.seconds(since: now) < Self.foresight
            else { continue }
            guard picture.seesTraces(of: covers) else { continue }
            let words = covers.map(\.rawValue).sorted()
            let seen = picture.traces(of: covers, state.registry.known)
            let known = state.announcements.firstIndex {
                $0.from == window.from && $0.to == window.to && $0.subjects == words
            }
            if let known {
                if now < window.from {
                    state.announcements[known].before = seen
                } else if state.announcements[known].before != seen {
                    state.announcements[known].isDone = true
                }
            } else if state.announcements.count < Announcement.limit {
                var announced = Announcement(from: window.from, to: window.to, subjects: words, before: seen)
                // The previous state is unknown if the window is already open.
                announced.isDone = now >= window.from
                state.announcements.append(announced)
            }
        }
        let moment = now
        state.announcements.removeAll { moment.seconds(since: $0.to) > AnnouncementRule.telling }
    }
}

extension Learner {
    /// The longest duration of a round in seconds, from its first question to its judgement.
    private static let longestRound: Int64 = 120

    /// Remembers the announced values, the previous ones, and when the change was complete.
    private mutating func learnContents() {
        var known = state.announced ?? []
        let windows = picture.watch.windows.filter { $0.content != nil }
        guard !known.isEmpty || !windows.isEmpty else { return }
        let moment = now
        known.removeAll { memory in
            // An announcement that was withdrawn before its end is dropped. A window vanishes at its end, possibly
            // during a round.
            let isTakenBack =
                !windows.contains(where: memory.isOf) && memory.to.seconds(since: moment) > Self.longestRound
            return isTakenBack || moment.seconds(since: memory.to) > AnnouncementRule.telling
        }
        for window in windows where window.holds(at: now) && known.count < AnnouncedMemory.limit {
            guard let content = window.content, !known.contains(where: { $0.isOf(window) }) else { continue }
            known.append(AnnouncedMemory(window, content: content, before: content.map(picture.present)))
        }
        for index in known.indices {
            let memory = known[index]
            var isDone = true
            for (place, change) in memory.content.enumerated() {
                let progress = picture.progress(of: change, before: memory.before[place])
                isDone = isDone && progress == .done
                // For a set that was not watched before, the first value seen is the previous one.
                if memory.before[place] == nil, progress == .before {
                    known[index].before[place] = change.key.flatMap { state.sets[$0]?.current?.texts(of: $0.type) }
                }
            }
            if isDone, memory.doneAt == nil, now < memory.to { known[index].doneAt = now }
        }
        state.announced = known.isEmpty ? nil : known
    }
}

extension Picture {
    /// Whether this round saw the data that work on these subjects would change.
    fileprivate func seesTraces(of subjects: Set<MaintenanceWindow.Subject>) -> Bool {
        subjects.allSatisfy { subject in
            switch subject {
            case .ns: snapshot.parent.state == .delegated
            case .ds: snapshot.parent.dsKnown
            case .dnskey: chains.contains { $0.state != .unknown }
            case .a, .aaaa, .mx, .txt, .caa:
                sets.allSatisfy { "\($0.key.type)" != subject.rawValue || !$0.own.isEmpty }
            case .registrar, .lock, .servers: true
            }
        }
    }

    /// Returns the data that work on these subjects would change.
    fileprivate func traces(of subjects: Set<MaintenanceWindow.Subject>, _ registry: RegistryView?) -> [String] {
        subjects.map(\.rawValue).sorted().flatMap { word -> [String] in
            switch MaintenanceWindow.Subject(rawValue: word) {
            case .ns: snapshot.parent.hosts.map { "\($0.name.folded)" }.sorted()
            case .ds: snapshot.parent.ds.compactMap { DS($0.data)?.label.description }.sorted()
            case .dnskey: chains.flatMap { $0.labels.map(\.description) }.sorted()
            case .registrar: [registry?.registrarID ?? "", registry?.registrar ?? ""]
            case .lock: registry?.statuses.sorted() ?? []
            case .servers, nil: []
            case .a, .aaaa, .mx, .txt, .caa:
                sets.filter { "\($0.key.type)" == word }.flatMap { fact in
                    Set(fact.own.map { $0.value.text(of: fact.key.type) }).sorted()
                }
            }
        }
    }
}
