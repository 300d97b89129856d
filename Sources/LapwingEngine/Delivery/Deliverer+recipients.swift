import LapwingCore
import LapwingStore
import Logging

/// Channels with several recipients, some of whom have a notice when others have not.
extension Deliverer {
    /// Seconds after which it is looked again whether earlier notices have reached all recipients.
    private static let patienceForAll: Int64 = 30

    /// The notice for those recipients that no earlier one of its incident waits for, and who is left out.
    ///
    /// - Returns: nil where nobody is left, or the store cannot be read: it stays in the outbox.
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
            log.error("cannot read who waits for notices", metadata: ["error": "\(error)"])
            return nil
        }
    }

    private static let hasToWait = "an earlier message about the incident has to arrive first"

    /// Notes what became of a notice that not all recipients have got: each of the others has an entry of its own from now on.
    func divide(_ entry: OutboxEntry, _ division: Receipt.Division, leftOut: [String], over channel: Channel) {
        let now = clock.now()
        let age = now.seconds(since: entry.created)
        // It answers for some, so it can be reached.
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
    /// The recipients that it is for alone, with the incident that they are to hear of in its order.
    var recipientKeys: [String] { (notice.recipients ?? []).map { "\(notice.incident) \($0)" } }
}
