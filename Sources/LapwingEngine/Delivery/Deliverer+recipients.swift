import LapwingCore
import LapwingStore
import Logging

/// Channels with several recipients, of whom only some may have got a notice.
extension Deliverer {
    /// Seconds until the next check whether earlier notices have reached all recipients.
    private static let patienceForAll: Int64 = 30

    /// Returns the notice for the recipients without an earlier waiting notice of its incident, and the recipients that
    /// are left out.
    ///
    /// - Returns: nil if no recipient remains, or if the store cannot be read: the notice stays in the outbox.
    func addressed(_ entry: OutboxEntry, over channel: Channel) -> (notice: Notice, leftOut: [String])? {
        guard entry.notice.recipients == nil, case .mail(let relay) = channel.kind, relay.to.count > 1 else {
            return (entry.notice, [])
        }
        do {
            let waiting = try store.recipientsWaiting(for: entry.notice.incident, on: channel.name)
            let leftOut = relay.to.filter(waiting.contains)
            guard !leftOut.isEmpty else { return (entry.notice, []) }
            var notice = entry.notice
            notice.recipients = relay.to.filter { !waiting.contains($0) }
            guard notice.recipients?.isEmpty == false else {
                let next = clock.now().adding(seconds: Self.patienceForAll)
                try store.postpone(notice: notice.id, until: next, reason: Self.hasToWait)
                return nil
            }
            return (notice, leftOut)
        } catch {
            log.error("cannot read the waiting recipients", metadata: ["error": "\(error)"])
            return nil
        }
    }

    private static let hasToWait = "an earlier message about the incident has to arrive first"

    /// Records a partial delivery: each recipient without the notice gets a separate outbox entry.
    func divide(_ entry: OutboxEntry, _ division: Receipt.Division, leftOut: [String], over channel: Channel) {
        let now = clock.now()
        let age = now.seconds(since: entry.created)
        // Some recipients were accepted, so the channel is reachable.
        failing[channel.name] = nil
        var remainders = leftOut.map { recipient in
            Store.Remainder(
                recipient: recipient, attempts: 0, nextTry: now, receipt: "\(recipient): \(Self.hasToWait)")
        }
        remainders += division.later.map { part in
            let pause = Retry.pause(attempts: 1, age: age, wished: nil, chance: chance())
            return Store.Remainder(
                recipient: part.recipient, attempts: 1, nextTry: pause.map { now.adding(seconds: $0) },
                receipt: pause == nil ? "given up: \(part.reason)" : part.reason)
        }
        var receipt = "refused: \(division.refused.map(\.reason).joined(separator: "; "))"
        if let taken = division.taken {
            let others = (leftOut.map { "\($0) has to wait" } + [division.reasons]).filter { !$0.isEmpty }
            receipt = "\(taken), but not for all: \(others.joined(separator: "; "))"
            remainders += division.refused.map { part in
                Store.Remainder(
                    recipient: part.recipient, attempts: 1, nextTry: nil, receipt: "refused: \(part.reason)")
            }
        }
        do {
            if division.taken == nil { try fallBack(entry, channel, division.reasons, at: now) }
            status.change { figures in
                if division.taken != nil { figures.notifications[channel.name, default: 0] += 1 }
                figures.notificationFailures[channel.name, default: 0] += division.refused.count + division.later.count
            }
            for part in division.refused {
                log.error(
                    "notice was refused for a recipient",
                    metadata: ["channel": "\(channel.name)", "reason": "\(part.reason)"])
            }
            for part in division.later {
                log.warning(
                    "notice was not delivered to a recipient",
                    metadata: ["channel": "\(channel.name)", "reason": "\(part.reason)"])
            }
            try store.divide(entry, receipt: receipt, into: remainders, at: now)
        } catch {
            log.error(
                "cannot write a receipt", metadata: ["notice": "\(entry.notice.id)", "error": "\(error)"])
        }
    }
}

extension OutboxEntry {
    /// The notice's specific recipients, each combined with the incident, for keeping the order of its notices.
    var recipientKeys: [String] { (notice.recipients ?? []).map { "\(notice.incident) \($0)" } }
}
