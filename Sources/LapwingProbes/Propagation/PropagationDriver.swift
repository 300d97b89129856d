import DNSWire
package import LapwingCore

/// Carries out a ``PropagationWait`` over sockets.
package struct PropagationDriver: Sendable {
    /// Seconds after which the servers are determined again; sooner while none are known.
    static let findsEvery: Int64 = 60
    static let findsAgainAfter: Int64 = 5

    private let finder: AuthorityFinder
    private let exchange: ProbeExchange
    private let resolvers: [ResolverSpecification]
    private let now: @Sendable () -> Timestamp

    /// - Parameter now: a clock that does not jump.
    package init(
        finder: AuthorityFinder, exchange: ProbeExchange, resolvers: [ResolverSpecification],
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.finder = finder
        self.exchange = exchange
        self.resolvers = resolvers
        self.now = now
    }

    /// Asks until all sources have the change, the deadline has come or the task is cancelled.
    ///
    /// - Parameter tell: called after each answer, and additionally once a second.
    package func run(
        _ wait: PropagationWait, until deadline: Timestamp, tell: @Sendable (PropagationWait, Timestamp) -> Void
    ) async -> PropagationWait {
        var wait = wait
        var place: AuthorityFinder.Place?
        var findsAt = Timestamp.earliest
        while !Task.isCancelled {
            if wait.scope != .resolvers, now() >= findsAt {
                place = await finder.find(wait.awaited.key) ?? place
                wait.find(place?.servers ?? [])
                findsAt = now().adding(seconds: place == nil ? Self.findsAgainAfter : Self.findsEvery)
            }
            let due = wait.due(at: now())
            if !due.isEmpty { await ask(due, place, &wait) }
            let moment = now()
            tell(wait, moment)
            if wait.isDone(at: moment) || moment >= deadline || Task.isCancelled { break }
            let next = min(wait.nextDue(at: moment) ?? findsAt, deadline, moment.adding(seconds: 1))
            let pause = max(next.milliseconds - moment.milliseconds, 50)
            try? await Task.sleep(for: .milliseconds(pause))
        }
        return wait
    }

    private func ask(_ sources: [Source], _ place: AuthorityFinder.Place?, _ wait: inout PropagationWait) async {
        let key = RecordSetKey(place?.name ?? wait.awaited.key.name, wait.awaited.key.type)
        var tasks: [ProbeTask] = []
        for source in sources {
            switch source {
            case .resolver(let label):
                guard let resolver = resolvers.first(where: { $0.label == label }) else { continue }
                var task = ProbeTask(source: source, server: resolver.server, key: wait.awaited.key)
                task.recursionDesired = true
                task.dnssecOK = false
                tasks.append(task)
            case .parent(let address):
                tasks.append(task(source, address, key))
            case .authority(_, let address):
                tasks.append(task(source, address, key))
                // The SOA of a server that is behind shows how long that may last.
                if let zone = place?.zone, key.type != .soa {
                    tasks.append(task(source, address, RecordSetKey(zone, .soa)))
                }
            }
        }
        let answers = await exchange(tasks).map { (task: $0.task, answer: Answer($0.reply)) }
        let moment = now()
        for (task, answer) in answers where task.key == key || !task.source.isAuthority {
            let soa = answers.first { $0.task.source == task.source && $0.task.key.type == .soa }
            let refresh = soa?.answer.records.first.flatMap { SOA($0.data) }?.refresh
            wait.receive(answer, refresh: refresh, from: task.source, at: moment)
        }
    }

    private func task(_ source: Source, _ address: IPAddress, _ key: RecordSetKey) -> ProbeTask {
        var task = ProbeTask(source: source, server: ServerAddress(address: address), key: key)
        task.dnssecOK = false
        return task
    }
}

extension Source {
    fileprivate var isAuthority: Bool { if case .authority = self { true } else { false } }
}
