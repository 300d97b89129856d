import DNSWire

/// Reminders of open incidents without an acknowledgement, and their escalation.
extension Speaker {
    /// Starts to wait for an answer; a message of higher severity starts the wait anew.
    mutating func follow(_ notice: Notice, _ route: Route) {
        guard route.reminder != nil || !route.escalations.isEmpty, notice.event != .close else { return }
        let key = "\(notice.incident) \(notice.channel)"
        guard var known = speech.said.followUps[key], known.notice.severity >= notice.severity else {
            guard speech.said.followUps.count < SaidLog.mostFollowUps else { return }
            speech.said.followUps[key] = FollowUp(notice, route, at: now)
            return
        }
        known.notice = notice
        speech.said.followUps[key] = known
    }

    mutating func followUp() {
        for (key, followUp) in speech.said.followUps.sorted(by: { $0.key < $1.key }) {
            guard let due = followUp.due, due <= now, let moment = wait(for: followUp), moment <= now else { continue }
            var followUp = followUp
            remind(&followUp)
            escalate(&followUp)
            speech.said.followUps[key] = followUp
        }
    }

    private mutating func remind(_ followUp: inout FollowUp) {
        guard let next = followUp.next, let pause = followUp.pause, next <= now else { return }
        // Reminders that fell due in quiet hours are combined into one.
        followUp.next = now.adding(seconds: pause)
        let since = followUp.notice.since.sentence
        speech.notices.append(
            followUp.message(.reminder, over: followUp.notice.channel, at: now, "Reminder, open since \(since)"))
    }

    private mutating func escalate(_ followUp: inout FollowUp) {
        while let step = followUp.escalations.first, step.at <= now {
            followUp.escalations.removeFirst()
            let words = "Not acknowledged for \(Self.words(now.seconds(since: followUp.told)))"
            for channel in step.channels {
                var message = followUp.message(.escalation, over: channel, at: now, words)
                message.event = .open
                let acts = (followUp.notice.links ?? []).map(\.act)
                message.links = terms.seal?.links(message.incident, acts, channel: channel, at: now)
                speech.notices.append(message)
                speech.said.hear(followUp.notice, over: channel, at: now)
            }
        }
    }

    /// Returns when a follow-up may be sent: not while the incident is acknowledged, nor in quiet hours unless it is
    /// critical.
    private func wait(for followUp: FollowUp) -> Timestamp? {
        guard let due = followUp.due else { return nil }
        var moment = max(due, now)
        let notice = followUp.notice
        if let until = terms.acknowledgements.filter({ $0.covers(notice.incident, notice.severity, at: moment) })
            .map(\.until).max()
        {
            moment = until
        }
        guard notice.severity < .critical else { return moment }
        return followUp.quietHours(terms.routes)?.end(after: moment) ?? moment
    }

    var nextFollowUp: Timestamp? { speech.said.followUps.values.compactMap(wait).min() }

    /// Returns texts such as `30 minutes` and `2 hours`.
    private static func words(_ seconds: Int64) -> String {
        for (size, word) in [(Int64(86_400), "day"), (3600, "hour"), (60, "minute")] where seconds >= size {
            let count = seconds / size
            return "\(count) \(word)\(count == 1 ? "" : "s")"
        }
        return "\(max(0, seconds)) seconds"
    }
}
