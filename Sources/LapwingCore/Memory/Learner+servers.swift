import DNSWire

extension Learner {
    static let serverLimit = 64

    mutating func learnServers() {
        var seen: Set<IPAddress> = []
        for server in picture.servers where seen.insert(server.address).inserted {
            var memory = state.servers[server.address] ?? ServerMemory()
            memory.lastSeen = now
            switch server.standing {
            case .answers:
                memory.silentSince = nil
                memory.silentPolls = 0
                memory.refusingSince = nil
                memory.refusingPolls = 0
            case .silent:
                memory.silentSince = memory.silentSince ?? now
                memory.silentPolls += poll
            case .refuses:
                memory.refusingSince = memory.refusingSince ?? now
                memory.refusingPolls += poll
                memory.silentSince = nil
                memory.silentPolls = 0
            }
            note(server.serial, &memory)
            state.servers[server.address] = memory
        }
        if state.servers.count > Self.serverLimit {
            state.servers = state.servers.filter { now.seconds(since: $0.value.lastSeen ?? now) < 86_400 }
        }
        learnLineage()
        learnSerials()
    }

    private mutating func learnLineage() {
        for server in picture.servers {
            guard server.isOwn, let serial = server.serial, state.servers[server.address]?.sharesSerials != true,
                let other = picture.servers.first(where: {
                    $0.isOwn && $0.host != server.host
                        && state.servers[$0.address].map { $0.serial == serial || $0.earlierSerials.contains(serial) }
                            ?? false
                })
            else { continue }
            state.servers[server.address]?.sharesSerials = true
            state.servers[other.address]?.sharesSerials = true
        }
    }

    private func note(_ serial: UInt32?, _ memory: inout ServerMemory) {
        guard let serial, memory.serial != serial else { return }
        if let old = memory.serial {
            memory.earlierSerials.removeAll { $0 == serial }
            memory.earlierSerials.insert(old, at: 0)
            if memory.earlierSerials.count > 4 { memory.earlierSerials.removeLast() }
        }
        if let known = state.serials.first(where: { $0.serial == serial }), state.learntAt != nil {
            memory.usualLag = min(max(memory.usualLag, now.seconds(since: known.first)), 86_400)
        }
        memory.serial = serial
        memory.serialSince = now
    }

    private mutating func learnSerials() {
        for server in picture.servers where server.isOwn {
            guard let serial = server.serial, !state.serials.contains(where: { $0.serial == serial }) else { continue }
            state.serials.insert(WatchState.SeenSerial(serial: serial, first: now), at: 0)
        }
        if state.serials.count > 8 { state.serials.removeLast(state.serials.count - 8) }
    }
}
