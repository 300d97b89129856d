import LapwingCore
import LapwingStore
import Logging

extension Deliverer {
    /// Seconds after which what is raised is reported again where it would be forgotten otherwise.
    static let repetition: Int64 = 60

    /// The idle channels whose other side has to be told again by now, and what is raised there.
    func repeats() -> [(channel: Channel, notices: [Notice])] {
        guard store.hasDesk, !store.isAway else { return [] }
        let steady = clock.steady()
        guard repeatedAt.map({ steady.seconds(since: $0) >= Self.repetition }) ?? true else { return [] }
        let channels = settings.channels.filter(\.kind.wantsRepeats)
        guard !channels.isEmpty else { return [] }
        let open = status.read { $0.domains.values.flatMap { $0.open.map(\.id) } + $0.health.compactMap(\.open?.id) }
        do {
            let due = try channels.compactMap { channel -> (Channel, [Notice])? in
                let notices = try store.raised(on: channel.name, of: open)
                guard !notices.isEmpty, !busy.contains(channel.name) else { return nil }
                busy.insert(channel.name)
                return (channel, notices)
            }
            repeatedAt = steady
            return due
        } catch {
            log.error("cannot read what is raised", metadata: ["error": "\(error)"])
            return []
        }
    }

    /// Tells it again. Nothing is noted: what the other side does not take now is sent in the next turn anyway.
    func repeatAll(_ notices: [Notice], over channel: Channel) async {
        defer { busy.remove(channel.name) }
        for notice in notices {
            let receipt = await courier(notice, channel)
            guard receipt.isDelivered, !Task.isCancelled, store.hasDesk else { return }
        }
    }
}
