import DNSWire

/// Deferred messages: quiet hours and digests.
extension Speaker {
    // MARK: Quiet hours

    mutating func wait(_ event: IncidentEvent, over channel: String, until: Timestamp) {
        let key = "\(event.incident) \(channel)"
        guard speech.said.waiting[key] != nil || speech.said.waiting.count < SaidLog.limit else {
            // Beyond the limit events are sent in quiet hours, since that is better than losing them.
            say(event, over: channel, nil)
            return
        }
        speech.said.waiting[key] = SaidLog.Waiting(event: event, channel: channel, until: until)
        note(event, Telling(.quiet, channel: channel, until: until))
    }

    /// Sends the events that waited for the end of quiet hours, each incident in its present state.
    mutating func endQuiet() {
        let due = speech.said.waiting.filter { $0.value.until <= now }
        for (key, waiting) in due.sorted(by: { ($0.value.event.at, $0.key) < ($1.value.event.at, $1.key) }) {
            speech.said.waiting[key] = nil
            // A silence that was created in quiet hours counts.
            if let end = terms.silences.filter({ $0.covers(waiting.event, at: now) }).map(\.to).max() {
                speech.said.waiting[key] = SaidLog.Waiting(event: waiting.event, channel: waiting.channel, until: end)
                continue
            }
            let route = terms.routes.first {
                $0.channels.contains(waiting.channel) && waiting.event.severity >= $0.severity
            }
            if waiting.event.kind == .close {
                // The incident was not reported, so its end is news even if the change is normal by now.
                speech.notices.append(
                    Notice(waiting.event, channel: waiting.channel, domains: [waiting.event.domain]))
            } else {
                say(waiting.event.asStillOpen, over: waiting.channel, route)
            }
        }
    }

    // MARK: Digests

    /// Returns the digest settings of a channel, from the first route that has them.
    private func digest(of channel: String) -> Route.Digest? {
        terms.routes.first { $0.digest != nil && $0.channels.contains(channel) }?.digest
    }

    mutating func put(_ event: IncidentEvent, intoDigestOf channel: String, _ route: Route?) {
        guard let hour = (digest(of: channel) ?? route?.digest)?.hour else { return }
        var draft = speech.said.digests[channel] ?? DigestDraft(since: now, due: hour.next(after: now))
        draft.add(event)
        speech.said.digests[channel] = draft
        note(event, Telling(.digest, channel: channel, until: draft.due))
    }

    /// Sends the digests that are due and begins the next ones.
    mutating func sendDigests(_ watched: @Sendable () -> Watched?) {
        var channels: [String] = []
        for route in terms.routes where route.digest != nil {
            for channel in route.channels where !channels.contains(channel) { channels.append(channel) }
        }
        // A channel that no longer gets a digest has no draft.
        for channel in speech.said.digests.keys where !channels.contains(channel) {
            speech.said.digests[channel] = nil
        }
        for channel in channels {
            guard let digest = digest(of: channel) else { continue }
            let next = digest.hour.next(after: now)
            guard var draft = speech.said.digests[channel] else {
                speech.said.digests[channel] = DigestDraft(since: now, due: next)
                continue
            }
            if draft.due <= now {
                if let notice = draft.notice(channel, digest, watched(), at: now) { speech.notices.append(notice) }
                draft = DigestDraft(since: now, due: next)
            }
            // The hour may have changed with the configuration, or the clock may have been set back.
            draft.due = min(draft.due, next)
            speech.said.digests[channel] = draft
        }
    }
}
