import DNSWire

/// Sorts the replies of a round into the snapshot.
extension RoundWalk {
    mutating func note(_ reply: ProbeReply) {
        let answer = Answer(reply)
        let key = reply.task.key
        switch reply.task.source {
        case .parent(let address):
            if let index = snapshot.parent.answers.firstIndex(where: { $0.address == address }) {
                snapshot.parent.answers[index].answers[key] = answer
            } else {
                snapshot.parent.answers.append(ParentView.Servers(address: address, answers: [key: answer]))
            }
        case .authority(let host, let address):
            let index = snapshot.authorities.firstIndex { $0.host == host && $0.address == address }
            if let index {
                snapshot.authorities[index].answers[key] = answer
            } else {
                var view = AuthorityView(host: host, address: address, listedAtParent: false, remembered: true)
                view.answers[key] = answer
                snapshot.authorities.append(view)
            }
        case .resolver(let label):
            guard let index = snapshot.resolvers.firstIndex(where: { $0.label == label }) else { return }
            note(answer, of: reply.task, at: index)
        }
    }

    private mutating func note(_ answer: Answer, of task: ProbeTask, at index: Int) {
        if task.repetition > 0 {
            snapshot.resolvers[index].repeats[task.key, default: []].append(answer)
        } else if task.checkingDisabled {
            snapshot.resolvers[index].unchecked[task.key] = answer
        } else if watch.sets.contains(task.key) {
            snapshot.resolvers[index].answers[task.key] = answer
        } else {
            snapshot.resolvers[index].controls[task.key] = answer
        }
    }

    /// Reads the delegation from the parent servers' answers. The first server with a usable answer decides; the other
    /// answers stay in `answers` for comparison.
    mutating func readDelegation() {
        let ns = snapshot.parent.answers.compactMap { $0.answers[RecordSetKey(watch.domain, .ns)] }
        let ds = snapshot.parent.answers.compactMap { $0.answers[RecordSetKey(watch.domain, .ds)] }
        if let answer = ns.first(where: { !Self.delegation(of: watch.domain, in: $0).isEmpty }) {
            let records = Self.delegation(of: watch.domain, in: answer)
            snapshot.parent.state = .delegated
            snapshot.parent.nsTTL = records.map(\.ttl).min()
            snapshot.parent.hosts = hosts(records, additional: answer.additional)
        } else if ns.contains(where: { $0.outcome == .nxDomain && $0.authoritative }) {
            snapshot.parent.state = .absent
        } else if ns.contains(where: { $0.outcome == .noData && $0.authoritative }) {
            snapshot.parent.state = .undelegated
        } else if ns.contains(where: \.isReply) {
            snapshot.parent.state = .failing
        } else {
            snapshot.parent.state = .silent
        }
        if let answer = ds.first(where: \.isConclusive) {
            snapshot.parent.dsKnown = true
            snapshot.parent.ds = answer.records
            snapshot.parent.dsTTL = answer.ttl
        }
    }

    /// Returns the NS records of the domain: from the authority section of a referral, or from the answer of a server
    /// that serves both zones.
    private static func delegation(of domain: Name, in answer: Answer) -> [Record] {
        let referred = answer.authority.filter { $0.type == .ns && $0.name == domain }
        return referred.isEmpty ? answer.records.filter { $0.type == .ns && $0.name == domain } : referred
    }

    private func hosts(_ records: [Record], additional: [Record]) -> [ParentView.Host] {
        var seen: Set<Name> = []
        let names = records.compactMap { NameTarget($0.data)?.target }.filter { seen.insert($0).inserted }.sorted()
        return names.prefix(Limit.hosts).map { name in
            let glue = additional.filter { $0.name == name }.compactMap { Address($0.data)?.address }
            return ParentView.Host(name: name, glue: Array(glue.prefix(Limit.addressesOfHost)))
        }
    }

    /// Adds a host's addresses to the servers to ask, unless they are there already.
    mutating func addAuthorities(
        _ host: Name, _ addresses: [IPAddress], listedAtParent: Bool, remembered: Bool = false
    ) {
        for address in addresses.prefix(Limit.addressesOfHost) where isReachable(address) {
            if let index = snapshot.authorities.firstIndex(where: { $0.host == host && $0.address == address }) {
                // It is listed, at least by the zone itself, and so no longer only remembered.
                if !remembered { snapshot.authorities[index].remembered = false }
                continue
            }
            guard snapshot.authorities.count < Limit.hosts * 2 else { continue }
            snapshot.authorities.append(
                AuthorityView(host: host, address: address, listedAtParent: listedAtParent, remembered: remembered))
        }
    }
}
