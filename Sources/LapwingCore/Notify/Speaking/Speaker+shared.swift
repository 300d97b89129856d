import DNSWire

/// Causes that several domains share.
extension Speaker {
    /// Reports an event whose cause other domains may share. A channel gets one message about the first domains after
    /// half a minute, one about further domains after a while, one at once if the matter becomes graver, and one about
    /// the end when the last domain has recovered.
    ///
    /// - Parameter isMove: whether it is a change that the domains make at once, and not a fault.
    mutating func tell(
        _ event: IncidentEvent, of shared: String, isMove: Bool = false, over channel: String, _ route: Route?
    ) {
        let key = "\(shared) \(event.incidentClass.rawValue)"
        leaveThreads(event, channel, except: key)
        speech.said.note(event, channel, at: now)
        if event.isBack == true {
            takeBack(event, of: shared, key, channel)
            return
        }
        guard let index = speech.said.threads.firstIndex(where: { $0.key == key && $0.channel == channel }) else {
            var thread = SharedThread(event, shared: shared, key: key, channel: channel, at: now)
            thread.isMove = isMove ? true : nil
            begin(thread)
            joined[thread.id, default: []].append(event)
            return
        }
        // The thread is not copied while it is changed: it may have a hundred thousand members.
        let isWorse = event.severity > speech.said.threads[index].severity
        let isLeader = event.incident == speech.said.threads[index].incident
        if isMove, !speech.said.threads[index].isHot(at: now) { speech.said.threads[index].messages = 0 }
        let contradicts = relapse(event, index)
        join(event, index)
        if speech.said.threads[index].opening != nil {
            speech.said.threads[index].gather(event)
            joined[speech.said.threads[index].id, default: []].append(event)
        } else if isWorse || contradicts ?? isLeader {
            tell(index, event, route)
        } else {
            note(event, Self.grouped(in: speech.said.threads[index]))
        }
    }

    /// Starts a thread; one with the same key may have ended just now.
    mutating func begin(_ thread: SharedThread) {
        touched[thread.id] = nil
        speech.said.threads.append(thread)
    }

    /// Adds an event to a thread.
    mutating func join(_ event: IncidentEvent, _ index: Int) {
        let isKnown = touches(event.domain, index)
        speech.said.threads[index].add(event, isNewDomain: !isKnown)
        if !isKnown { speech.said.threads[index].joinedAt = now }
        touched[speech.said.threads[index].id]?.insert(event.domain)
    }

    /// Records that the cause is found at one of the domains, see ``SharedThread/relapse(_:at:)``.
    mutating func relapse(_ event: IncidentEvent, _ index: Int) -> Bool? {
        guard speech.said.threads[index].recovery != nil else { return nil }
        touched[speech.said.threads[index].id] = nil
        return speech.said.threads[index].relapse(event, at: now)
    }

    /// Whether a domain is among those of a thread, which may be a hundred thousand.
    mutating func touches(_ domain: Name, _ index: Int) -> Bool {
        let id = speech.said.threads[index].id
        if touched[id] == nil { touched[id] = Set(speech.said.threads[index].domains) }
        return touched[id]?.contains(domain) ?? false
    }

    static func grouped(in thread: SharedThread) -> Telling {
        Telling(
            .grouped, channel: thread.channel, by: "\(thread.incident) (\(thread.shared))", leader: thread.incident)
    }

    /// Removes an incident with a new cause or class from its old thread. If it represented other members in a first
    /// message that still waits, that message is sent before.
    mutating func leaveThreads(_ event: IncidentEvent, _ channel: String, except key: String) {
        for index in speech.said.threads.indices {
            let thread = speech.said.threads[index]
            if thread.channel == channel, thread.key != key, thread.members.count > 1,
                thread.opening?.event.incident == event.incident
            {
                open(index, atOnce: true)
            }
        }
        speech.said.leave(event.incident, channel, except: key)
    }

    /// Sends the message about an event of one member, which represents all of them.
    mutating func tell(_ index: Int, _ event: IncidentEvent, _ route: Route?) {
        var thread = speech.said.threads[index].told(at: now)
        if event.isBack == true { thread = speech.said.threads[index].toldRecovery(at: now) }
        _ = put(notice(thread.merged(event), channel: thread.channel, domains: thread.domains), event, route)
    }

    /// Sends the first message of a thread, unless it was sent before or has to wait longer; once all domains have
    /// joined, there is no reason to wait.
    mutating func open(_ index: Int, atOnce: Bool = false) {
        let thread = speech.said.threads[index]
        let fresh = joined.removeValue(forKey: thread.id) ?? []
        guard let opening = thread.opening else { return }
        guard atOnce || thread.isRipe(at: now) || thread.domains.count >= terms.neighbours else {
            let telling = Telling(
                .gathering, channel: thread.channel, until: opening.until, by: thread.shared, leader: thread.incident)
            for event in fresh { note(event, telling) }
            return
        }
        for event in fresh where event.id != opening.event.id { note(event, Self.grouped(in: thread)) }
        let route = terms.routes.first {
            $0.channels.contains(thread.channel) && opening.event.severity >= $0.severity
        }
        tell(index, opening.event, route)
    }

    mutating func close(_ event: IncidentEvent, over channel: String) {
        speech.said.note(event, channel, at: now)
        guard
            let index = speech.said.threads.firstIndex(where: {
                $0.channel == channel && $0.members.contains(event.incident)
            })
        else {
            speech.said.followUps["\(event.incident) \(channel)"] = nil
            sayEnd(event, Notice(event, channel: channel, domains: [event.domain]))
            return
        }
        open(index, atOnce: true)
        if speech.said.threads[index].recovery != nil { speech.said.threads[index].recover(event, at: now) }
        speech.said.threads[index].members.remove(event.incident)
        guard speech.said.threads[index].members.isEmpty else {
            note(event, Telling(.outlasted, channel: channel, by: speech.said.threads[index].shared))
            return
        }
        let thread = speech.said.threads.remove(at: index)
        speech.said.followUps["\(thread.incident) \(channel)"] = nil
        sayEnd(event, Notice(thread.end(event), channel: channel, domains: thread.domains))
    }

    mutating func tellOfGrownThreads() {
        for index in speech.said.threads.indices where speech.said.threads[index].opening == nil {
            guard let due = speech.said.threads[index].growthDue, due <= now else { continue }
            let update = speech.said.threads[index].growth(at: now)
            let thread = speech.said.threads[index].told(at: now)
            speech.notices.append(notice(update, channel: thread.channel, domains: thread.domains))
        }
    }
}
