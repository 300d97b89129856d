import DNSWire

/// Decides for each event which channels receive it: muted events wait, events of one shared cause go into one message.
struct Speaker {
    /// The configuration and the decisions of people.
    struct Terms {
        var routes: [Route]
        var silences: [Silence]
        var acknowledgements: [Acknowledgement]
        var tags: [Name: [String]]
        var seal: LinkSeal?
        /// Channels whose receivers keep a list of open incidents; nil for all of them.
        var keepers: Set<String>?
        /// Channels among them that treat an undone incident as closed, see ``Channel/Kind/endsWhatIsUndone``.
        var resolvers: Set<String>
        /// The number of watched domains, which is the largest number that may share a cause.
        var neighbours: Int
    }

    /// One way for an event to reach a channel: now, in the digest, or after quiet hours.
    struct Way {
        var channel: String
        var route: Route
        var pace: Route.Pace
    }

    var speech: Speech
    let terms: Terms
    let now: Timestamp
    /// Events of this call that joined a thread whose first message was not sent yet, by the thread's id.
    var joined: [String: [IncidentEvent]] = [:]
    /// Events of this call that report the recovery of one domain from a shared cause, by the thread's id.
    var returned: [String: [IncidentEvent]] = [:]
    /// The domains of threads, by the thread's id, as far as they were needed.
    var touched: [String: Set<Name>] = [:]

    init(speech: Speech, terms: Terms, now: Timestamp) {
        self.speech = speech
        self.terms = terms
        self.now = now
    }

    /// Sends notices about the events in their order, then about lasting incidents that were muted, then about shared
    /// causes that grew, then those that are due.
    mutating func speak(
        _ events: [IncidentEvent], released: [IncidentEvent], watched: @Sendable () -> Watched?
    ) {
        closeHours()
        for event in events { tell(event) }
        for event in released { tell(event.asStillOpen) }
        endQuiet()
        for index in speech.said.threads.indices { open(index) }
        tellOfRecoveries()
        tellOfGrownThreads()
        followUp()
        sendDigests(watched)
        speech.said.forget(at: now)
        let moments =
            speech.said.threads.compactMap(\.due) + [speech.said.nextSummary].compactMap { $0 }
            + speech.said.waiting.values.map(\.until) + speech.said.digests.values.map(\.due)
        speech.next = (moments + [nextFollowUp].compactMap { $0 }).min()
    }

    private mutating func tell(_ event: IncidentEvent) {
        // Silences are applied first, so that a muted domain does not mute others with the same cause.
        let covering = terms.silences.filter { $0.covers(event, at: now) }
        if let longest = covering.max(by: { $0.to < $1.to }) {
            speech.held[event.id] = longest.to
            let reason = longest.reason.isEmpty ? "" : " (\(longest.reason))"
            note(event, Telling(.silenced, until: longest.to, by: "silence \(longest.id)\(reason)"))
            return
        }
        if event.kind == .close {
            end(event)
            return
        }
        let ways = ways(of: event)
        for way in ways { tell(event, way) }
        if event.isBack == true { tellOfWayBack(event, except: ways.map(\.channel)) }
    }

    /// Ends the follow-ups of an undone incident, and informs every channel that received it.
    private mutating func tellOfWayBack(_ event: IncidentEvent, except told: [String]) {
        for channel in knownChannels() {
            // A shared cause needs an answer until it is undone for all domains.
            if !speech.said.isShared(event, channel) { speech.said.followUps["\(event.incident) \(channel)"] = nil }
            guard !told.contains(channel), speech.said.knows(event.incident, channel) else { continue }
            say(event, over: channel, nil)
        }
    }

    func note(_ telling: Telling, in tellings: inout [Telling]) {
        if !tellings.contains(telling) { tellings.append(telling) }
    }

    mutating func note(_ event: IncidentEvent, _ telling: Telling) {
        note(telling, in: &speech.tellings[event.id, default: []])
    }

    /// Returns the ways of an event, in the order of the routes; each channel once, the quicker way first.
    private mutating func ways(of event: IncidentEvent) -> [Way] {
        var ways: [Way] = []
        var refusals: [String] = []
        for (index, route) in terms.routes.enumerated() {
            switch route.pace(of: event, tags: terms.tags[event.domain] ?? [], at: now, place: index + 1) {
            case .failure(let refusal):
                refusals.append(refusal.text)
                continue
            case .success(let pace):
                for channel in route.channels {
                    let known = ways.firstIndex { $0.channel == channel }
                    if let known, pace == .digest || ways[known].pace == .now { continue }
                    if let known { ways.remove(at: known) }
                    ways.append(Way(channel: channel, route: route, pace: pace))
                }
            }
            if !route.goesOn { break }
        }
        if ways.isEmpty {
            let why = refusals.isEmpty ? "there are no routes" : refusals.prefix(8).joined(separator: "; ")
            note(event, Telling(.unrouted, by: why))
        }
        return ways
    }

    private mutating func tell(_ event: IncidentEvent, _ way: Way) {
        if way.pace == .digest {
            put(event, intoDigestOf: way.channel, way.route)
        } else if event.severity < .critical, let quiet = way.route.quiet, quiet.holds(at: now) {
            wait(event, over: way.channel, until: quiet.end(after: now))
        } else {
            speech.said.waiting["\(event.incident) \(way.channel)"] = nil
            say(event, over: way.channel, way.route)
        }
    }

    /// Sends an event now.
    mutating func say(_ event: IncidentEvent, over channel: String, _ route: Route?) {
        if let shared = event.shared {
            tell(event, of: shared, over: channel, route)
            return
        }
        let move = event.move
        if let move, isOfCrowd(event, move, over: channel) {
            tell(event, of: move.crowd, isMove: true, over: channel, route)
            return
        }
        speech.said.leave(event.incident, channel)
        if send(event, over: channel, route), let move { count(event, move, over: channel) }
    }

    /// Sends an event for its domain alone; returns false if that domain exceeded its hourly limit and the event is
    /// only counted.
    mutating func send(_ event: IncidentEvent, over channel: String, _ route: Route?) -> Bool {
        // An opening that was not sent has no end to report.
        guard put(notice(event, channel: channel, domains: [event.domain]), event, route) else { return false }
        speech.said.note(event, channel, at: now)
        return true
    }

    /// Returns the notice about an event, with the links by which its reader can act.
    func notice(_ event: IncidentEvent, channel: String, domains: [Name]) -> Notice {
        var notice = Notice(event, channel: channel, domains: domains)
        let acts = ActLink.Act.allCases.filter { $0 != .accept || event.code.nature.canBeAccepted }
        if event.kind != .close { notice.links = terms.seal?.links(event.incident, acts, channel: channel, at: now) }
        return notice
    }

    /// Reports the end of an incident to the channels that received it.
    private mutating func end(_ event: IncidentEvent) {
        var isHeard = false
        for channel in knownChannels() {
            let key = "\(event.incident) \(channel)"
            if speech.said.hasHeard(of: event.incident, channel) {
                isHeard = true
                var event = event
                // The recovery has not been reported yet.
                if speech.said.waiting[key]?.event.isBack == true { (event.isSettled, event.isBack) = (nil, nil) }
                speech.said.waiting[key] = nil
                close(event, over: channel)
            } else if let waiting = speech.said.waiting[key] {
                isHeard = true
                wait(event, over: channel, until: waiting.until)
            } else if speech.said.digests[channel]?.lines.contains(where: { $0.incident == event.incident }) == true {
                isHeard = true
                put(event, intoDigestOf: channel, nil)
            }
        }
        guard !isHeard else { return }
        // The end of an incident from an earlier digest is in the next one, unless nothing ended.
        for route in terms.routes where route.digest != nil && event.isSettled != true {
            guard
                case .success = route.pace(
                    of: event, tags: terms.tags[event.domain] ?? [], at: now, place: 0)
            else { continue }
            for channel in route.channels { put(event, intoDigestOf: channel, route) }
            isHeard = true
        }
        if !isHeard { note(event, Telling(.unheard)) }
    }

    /// Reports an end to the channels that received the beginning. If a change is normal by now, or was reported to be
    /// undone, nothing ended: a channel that keeps a list of open incidents must remove it once, while people need no
    /// message.
    mutating func sayEnd(_ event: IncidentEvent, _ notice: Notice) {
        let wasTakenOff = speech.said.takenOff.remove("\(notice.incident) \(notice.channel)") != nil
        guard !wasTakenOff, notice.isSettled != true || keepsWhatIsOpen(notice.channel) else {
            note(event, Telling(.settled, channel: notice.channel))
            return
        }
        speech.notices.append(notice)
        note(event, Telling(.told, channel: notice.channel))
    }

    func keepsWhatIsOpen(_ channel: String) -> Bool { terms.keepers?.contains(channel) ?? true }

    /// Sends a notice about an open incident, or about an undone one that is watched further.
    mutating func send(_ notice: Notice) {
        let key = "\(notice.incident) \(notice.channel)"
        if notice.isBack == true, terms.resolvers.contains(notice.channel) {
            speech.said.takenOff.insert(key)
        } else {
            speech.said.takenOff.remove(key)
        }
        speech.notices.append(notice)
    }

    /// Returns all channels that may have received an incident, each once.
    private func knownChannels() -> [String] {
        var channels: [String] = []
        let all = terms.routes.flatMap { $0.channels + $0.escalations.flatMap(\.channels) + $0.fallback }
        for channel in all where !channels.contains(channel) { channels.append(channel) }
        return channels
    }
}

// MARK: Limits for one domain

extension Speaker {
    /// Sends the summaries of hours that are over.
    private mutating func closeHours() {
        for (key, hour) in speech.said.hours.sorted(by: { $0.key < $1.key }) where hour.isOver(at: now) {
            speech.said.hours[key] = nil
            if let summary = hour.summary(at: now) { speech.notices.append(summary) }
        }
    }

    /// Sends a notice if its domain is within the hourly limit; the end of a reported incident is always sent.
    mutating func put(_ notice: Notice, _ event: IncidentEvent, _ route: Route?) -> Bool {
        guard isAlwaysTold(notice) || admits(notice) else {
            let until = speech.said.hours["\(notice.domain) \(notice.channel)"]?.summaryAt
            note(event, Telling(.counted, channel: notice.channel, until: until))
            return false
        }
        send(notice)
        note(event, Telling(.told, channel: notice.channel))
        if let route, event.severity >= route.severity, event.isBack != true { follow(notice, route) }
        return true
    }

    /// Whether it is the end or the recovery of a reported incident, without which a list of open incidents would stay
    /// wrong.
    private func isAlwaysTold(_ notice: Notice) -> Bool {
        notice.event == .close || notice.isBack == true && speech.said.knows(notice.incident, notice.channel)
    }

    private mutating func admits(_ notice: Notice) -> Bool {
        // Events of a shared cause are already combined into one message.
        guard notice.domains.count == 1 else { return true }
        let key = "\(notice.domain) \(notice.channel)"
        if speech.said.hours[key] == nil, speech.said.hours.count >= SaidLog.limit { return true }
        return speech.said.hours[key, default: NoticeHour(at: now)].admits(notice)
    }
}

extension IncidentEvent {
    /// The event of a lasting incident that was held back.
    var asStillOpen: IncidentEvent {
        guard kind != .close, isBack != true else { return self }
        var event = self
        event.title = "Still open: \(title)"
        event.text = "Still open: \(text)"
        return event
    }
}
