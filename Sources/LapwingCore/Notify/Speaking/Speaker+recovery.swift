import DNSWire

/// The recovery of causes that domains share.
extension Speaker {
    /// Records that a shared cause is undone for one domain; the message depends on the other domains.
    mutating func takeBack(_ event: IncidentEvent, of shared: String, _ key: String, _ channel: String) {
        let known = speech.said.threads.firstIndex { $0.key == key && $0.channel == channel }
        if known == nil {
            // Both events happened in quiet hours of the channel; only the recovery is left to report.
            begin(SharedThread(event, shared: shared, key: key, channel: channel, at: now))
        }
        let index = known ?? speech.said.threads.count - 1
        let thread = speech.said.threads[index]
        if !thread.members.contains(event.incident) { join(event, index) }
        speech.said.threads[index].recover(event, at: now)
        if thread.opening?.event.isBack == true {
            joined[thread.id, default: []].append(event)
        } else {
            returned[thread.id, default: []].append(event)
        }
    }

    /// Reports that a cause is undone: at once if it is for all its domains, after a while if it is for some.
    mutating func tellOfRecoveries() {
        for index in speech.said.threads.indices {
            let thread = speech.said.threads[index]
            guard let recovery = thread.recovery, !recovery.isTold, thread.opening?.event.isBack != true else {
                continue
            }
            let events = returned.removeValue(forKey: thread.id) ?? []
            guard thread.isBack || recovery.due.map({ $0 <= now }) ?? false, !recovery.domains.isEmpty else {
                let telling = Telling(.gathering, channel: thread.channel, until: recovery.due, by: thread.shared)
                for event in events { note(event, telling) }
                continue
            }
            // A recovery is not reported before the fault was.
            open(index, atOnce: thread.isBack)
            guard speech.said.threads[index].opening == nil else { continue }
            for event in events { note(event, Self.grouped(in: thread)) }
            tellRecovery(index)
        }
    }

    private mutating func tellRecovery(_ index: Int) {
        let event = speech.said.threads[index].recoveryMessage(at: now)
        let thread = speech.said.threads[index].toldRecovery(at: now)
        var message = notice(event, channel: thread.channel, domains: thread.domains)
        if event.isBack == true {
            speech.said.followUps["\(thread.incident) \(thread.channel)"] = nil
        } else if !keepsWhatIsOpen(thread.channel) {
            // A partial recovery must not wake people.
            message.severity = min(message.severity, .notice)
        }
        send(message)
    }
}
