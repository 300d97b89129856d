import DNSWire

extension Learner {
    mutating func learnChain() {
        let parent = picture.snapshot.parent
        if parent.dsKnown, parent.state == .delegated {
            let labels = parent.ds.compactMap { DS($0.data)?.label }.sorted()
            ChainMemory.note(ChainRule.usable(parent.ds), ttl: parent.dsTTL ?? 900, at: now, in: &state.chain.ds)
            if labels.isEmpty {
                if state.chain.acceptedDS?.isEmpty == false, state.chain.removedAt == nil {
                    state.chain.removedAt = now
                }
                if state.chain.acceptedDS == nil || picture.isLearning && !picture.isSettling {
                    state.chain.acceptedDS = []
                }
                // An announced removal is normal.
                if believed.contains(where: { $0.code == .dnssecDowngraded && $0.incidentClass == .plannedChange }) {
                    state.chain.acceptedDS = []
                    state.chain.removedAt = nil
                }
                // After it was reported for a week, the removal is normal.
                if let removed = state.chain.removedAt, now.seconds(since: removed) > 7 * 86_400 {
                    state.chain.acceptedDS = []
                }
            } else {
                // A DS that returns unchanged protects again.
                if state.chain.acceptedDS?.contains(where: labels.contains) == true { state.forewarnings?.dsAt = nil }
                state.chain.acceptedDS = labels
                state.chain.removedAt = nil
            }
        }
        let servers = picture.listedOwn.filter(\.answers)
        for server in servers {
            let chain = picture.chain(server)
            guard chain.state == .signed else { continue }
            ChainMemory.note(chain.labels, ttl: chain.ttl, at: now, in: &state.chain.dnskey)
            var signers = state.chain.signers ?? []
            if !chain.anchors.isEmpty {
                ChainMemory.note(chain.anchors.sorted(), ttl: chain.ttl, at: now, in: &signers)
            }
            state.chain.signers = signers.isEmpty ? nil : signers
        }
        let now = now
        state.chain.dnskey.removeAll { now.seconds(since: $0.end()) > 7 * 86_400 }
        state.chain.ds.removeAll { now.seconds(since: $0.end()) > 7 * 86_400 }
        state.chain.signers?.removeAll { now.seconds(since: $0.end()) > 7 * 86_400 }
        if state.chain.signers?.isEmpty == true { state.chain.signers = nil }
        if let sight = RolloverSight(picture) {
            let steps = sight.steps(state.chain)
            state.chain.steps = steps.isEmpty ? nil : steps
        }
        learnRhythm(servers)
    }

    /// Learns when the signer works, and how little time is left when it does.
    private mutating func learnRhythm(_ servers: [ServerFact]) {
        let soa = RecordSetKey(picture.domain, .soa)
        let windows = servers.flatMap { picture.chain($0).windows }.filter { $0.covers == soa }
        guard let latest = windows.map(\.from).max(), latest != state.chain.signings.first else { return }
        if let previous = state.chain.signings.first, latest > previous, let end = state.chain.latestEnd {
            let left = end.seconds(since: now)
            state.chain.lowWater = min(state.chain.lowWater ?? left, left)
        }
        guard state.chain.signings.first.map({ latest > $0 }) ?? true else { return }
        state.chain.signings.insert(latest, at: 0)
        if state.chain.signings.count > 8 { state.chain.signings.removeLast() }
        state.chain.latestEnd = windows.map(\.to).max()
    }
}
