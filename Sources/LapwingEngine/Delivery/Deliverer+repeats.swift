import LapwingCore
import LapwingStore
import Logging

extension Deliverer {
    /// Seconds after which raised incidents are sent again over channels that would forget them otherwise.
    static let repetition: Int64 = 60

    /// Returns the idle channels whose repetition is due, with the raised notices of each.
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
            log.error("cannot read the raised alerts", metadata: ["error": "\(error)"])
            return []
        }
    }

    /// Sends raised notices again. Nothing is recorded, since a notice that is not accepted now is sent again in the
    /// next turn.
    func repeatAll(_ notices: [Notice], over channel: Channel) async {
        defer { busy.remove(channel.name) }
        for notice in notices {
            let receipt = await courier(notice, channel)
            guard receipt.isDelivered, !Task.isCancelled, store.hasDesk else { return }
        }
    }
}
