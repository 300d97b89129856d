import DNSWire
import LapwingCore
import LapwingStore
import Logging

extension Deliverer {
    /// Seconds for which a channel may fail before its notices are sent over the fallback channels.
    static let patience: Int64 = 120

    /// Writes each act of a person to the log once, as independent evidence beside the journal.
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

    /// Returns the seconds for which a channel may continue to fail before its fallback channels are used, counted from
    /// its first failure; a notice that arrives while the channel is failing does not wait anew. If the channel asks
    /// for a longer pause than that, the result is 0.
    ///
    /// - Returns: nil if there is no fallback channel.
    func patienceLeft(with channel: Channel, for entry: OutboxEntry, wished: Int64?, at now: Timestamp) -> Int64? {
        // A recipient whose mail is deferred says nothing about the channel.
        guard entry.notice.recipients == nil else { return nil }
        let steady = clock.steady()
        let since = failing[channel.name] ?? steady
        failing[channel.name] = since
        guard !others(than: channel).isEmpty else { return nil }
        if let wished, wished >= Self.patience { return 0 }
        return Self.patience - max(steady.seconds(since: since), now.seconds(since: entry.created))
    }

    /// The fallback channels of a channel, in the order of the routes.
    func others(than channel: Channel) -> [String] {
        var others: [String] = []
        for route in settings.routes where route.channels.contains(channel.name) {
            for other in route.fallback where other != channel.name && !others.contains(other) { others.append(other) }
        }
        return others
    }

    /// Sends waiting notices about an incident over the fallback channels of an unreachable channel, once each;
    /// delivery over the channel itself is still tried. From then on the fallback channels also get the end of the
    /// incident, whether or not the channel has recovered by then.
    func fallBack(_ entry: OutboxEntry, _ channel: Channel, _ reason: String, at now: Timestamp) throws {
        // The other recipients have got the notice.
        guard entry.notice.purpose != .fallback, entry.notice.recipients == nil else { return }
        for other in others(than: channel) {
            // An end without a preceding notice is sent only to channels that keep a list of open incidents.
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
    /// The figures about the monitor itself, for a digest.
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
