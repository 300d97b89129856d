import DNSWire
import LapwingCore

/// Fetches whole zones of a world, and keeps of them what a store would keep.
struct SimulatedZones {
    private var head: ZoneHead?
    private var sets: [RecordSetKey: ZoneSet] = [:]

    /// A simulation keeps no secrets, and is the same each time.
    private static let secret = AnswerDigest.Key(low: 3, high: 4)

    /// Finds out about the zone as a whole.
    mutating func inspect(_ errand: ZoneErrand, in world: World, at second: Int) -> ZoneSight {
        var sight = ZoneSight()
        if let source = errand.source {
            sight.view = view(of: source, watched: errand.watched, in: world, at: second)
        }
        if !errand.strangersAsk.isEmpty {
            var gives: [IPAddress: Bool] = [:]
            for server in errand.strangersAsk {
                switch world.transfer(from: server, toAnybody: true, at: second) {
                case .silent: break
                case .refused: gives[server] = false
                case .zone: gives[server] = true
                }
            }
            sight.gives = gives
        }
        return sight
    }

    private mutating func view(
        of source: ZoneSource, watched: Set<RecordSetKey>, in world: World, at second: Int
    ) -> ZoneView {
        var failures: [ZoneFailure] = []
        for server in source.servers {
            guard let address = server.address else { continue }
            switch world.transfer(from: address, toAnybody: false, at: second) {
            case .silent: failures.append(ZoneFailure("\(server)", .silent, "does not answer"))
            case .refused: failures.append(ZoneFailure("\(server)", .refused, "refuses the transfer"))
            case .zone(let records):
                var content = ZoneContent()
                content.take(records)
                if let head, head.serial == content.serial { return ZoneView(.same) }
                let step = ZoneComparison.whole(
                    content, from: "\(server)", beside: head, sets, secret: Self.secret, watched: watched.contains,
                    at: world.wallClock(at: second))
                guard let step else { continue }
                keep(step.update)
                return ZoneView(.taken(step))
            }
        }
        return ZoneView(.failed(failures))
    }

    private mutating func keep(_ update: ZoneUpdate) {
        head = update.head
        if update.isFresh { sets = [:] }
        for key in update.drop { sets[key] = nil }
        for set in update.put { sets[set.key] = set }
    }
}
