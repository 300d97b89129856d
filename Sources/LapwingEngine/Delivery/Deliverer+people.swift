import DNSWire
import LapwingCore
import LapwingStore
import Logging

extension Deliverer {
    /// Seconds for which a channel may fail before what it was to tell goes to the channels behind it.
    static let patience: Int64 = 120

    /// Writes what people did into the log, once each: it is a witness of what the journal came to.
    func logActs() throws {
        guard let last = loggedAct else {
            loggedAct = try store.lastAct()
            return
        }
        for act in try store.acts(after: last) {
            log.notice(
                "a person acted",
                metadata: [
                    "act": "\(act.kind.rawValue)", "by": "\(act.person)", "from": "\(act.origin)",
                    "incident": "\(act.incident ?? "")", "domain": "\(act.domain?.description ?? "")",
                    "text": "\(act.sentence)", "number": "\(act.id)", "hash": "\(act.hash)",
                ])
            loggedAct = act.id
        }
    }

    /// Seconds for which a channel may go on failing before others are told, counted from its first failure: what comes up
    /// while it is known to fail does not wait again. One that asks to be left alone for longer is waited for no longer.
    ///
    /// - Returns: nil where nobody else is told.
    func patienceLeft(with channel: Channel, for entry: OutboxEntry, wished: Int64?, at now: Timestamp) -> Int64? {
        // A recipient who is put off says nothing of the channel.
        guard entry.notice.recipients == nil else { return nil }
        let steady = clock.steady()
        let since = failing[channel.name] ?? steady
        failing[channel.name] = since
        guard !others(than: channel).isEmpty else { return nil }
        if let wished, wished >= Self.patience { return 0 }
        return Self.patience - max(steady.seconds(since: since), now.seconds(since: entry.created))
    }

    /// The channels that are told where this one cannot be reached, in the order of the routes.
    func others(than channel: Channel) -> [String] {
        var others: [String] = []
        for route in settings.routes where route.channels.contains(channel.name) {
            for other in route.fallback where other != channel.name && !others.contains(other) { others.append(other) }
        }
        return others
    }

    /// Sends what waits about an incident to the fallback channels of one that cannot be reached, once each; the channel
    /// itself goes on being tried. They hear of the end from then on, whether or not it is well again by then.
    func fallBack(_ entry: OutboxEntry, _ channel: Channel, _ reason: String, at now: Timestamp) throws {
        // What one of several recipients does not get, others have got.
        guard entry.notice.purpose != .fallback, entry.notice.recipients == nil else { return }
        for other in others(than: channel) {
            // The same holds for it as for those who hear of an end first.
            let keeps = settings.channels.first { $0.name == other }?.kind.keepsWhatIsOpen ?? true
            guard entry.notice.isSettled != true || keeps else { continue }
            try store.redirect(entry.notice, to: other, at: now) { meant in
                var notice = meant
                notice.id = "\(meant.id)>\(other)"
                notice.channel = other
                notice.purpose = .fallback
                notice.text += "\nMeant for \(meant.channel), which cannot be reached: \(reason)"
                return notice
            }
        }
    }
}

extension EngineStatus {
    /// What a digest says of the watch itself.
    var watched: Watched {
        read { figures in
            var open: [Severity: Int] = [:]
            var unseen = 0
            for report in figures.domains.values {
                for incident in report.open { open[incident.severity, default: 0] += 1 }
                if report.sight?.isKnown == false || report.learntAt == nil { unseen += 1 }
            }
            for report in figures.health { if let incident = report.open { open[incident.severity, default: 0] += 1 } }
            return Watched(domains: figures.domains.count, unseen: unseen, open: open)
        }
    }
}
