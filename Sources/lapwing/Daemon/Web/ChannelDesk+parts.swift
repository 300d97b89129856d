import LapwingCore
import LapwingEngine
import LapwingNotify
import LapwingWeb

extension ChannelDesk {
    /// The present channels of the register.
    init(_ register: WatchRegister, _ courier: Courier, _ clock: EngineClock) {
        self.init(
            channels: { register.channels.map { Line(name: $0.name, kind: $0.kind.word) } },
            test: { name in
                guard let channel = register.channels.first(where: { $0.name == name }) else { return nil }
                let now = clock.now()
                return await courier.test(channel, number: "\(now.seconds)", at: now)
            })
        routes = { register.routes }
    }
}

extension WatchRegister {
    /// The number of domains whose check is overdue, by more than two intervals and a minute.
    func late(_ status: EngineStatus, at steady: Timestamp) -> Int {
        let watches = domains
        return status.read { figures in
            watches.count { watched in
                guard let report = figures.domains[watched.watch.domain] else { return false }
                return steady.seconds(since: report.checkedSteady) > watched.watch.interval * 2 + 60
            }
        }
    }
}
