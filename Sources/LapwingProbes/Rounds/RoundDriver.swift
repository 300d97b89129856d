package import DNSWire
package import LapwingCore

/// Carries out what a round's walk asks for, until it has its snapshot.
package struct RoundDriver: Sendable {
    /// Ways to find things out; none of them throws.
    package struct Means: Sendable {
        package var exchange: @Sendable (ProbeTask) async -> ProbeReply
        package var findParent: @Sendable (Name) async -> ParentZone?
        package var locate: @Sendable (Name) async -> Location
        package var inspect: @Sendable (Name) async -> DependencyView

        package init(
            exchange: @escaping @Sendable (ProbeTask) async -> ProbeReply,
            findParent: @escaping @Sendable (Name) async -> ParentZone?,
            locate: @escaping @Sendable (Name) async -> Location,
            inspect: @escaping @Sendable (Name) async -> DependencyView
        ) {
            self.exchange = exchange
            self.findParent = findParent
            self.locate = locate
            self.inspect = inspect
        }
    }

    let means: Means

    package init(_ means: Means) {
        self.means = means
    }

    package func gather(_ walk: RoundWalk) async -> Snapshot {
        var walk = walk
        var step = walk.start()
        while true {
            switch step {
            case .findParent(let domain):
                step = walk.receive(parent: await means.findParent(domain))
            case .locate(let hosts):
                let found = await Self.all(hosts) { ($0, await means.locate($0)) }
                step = walk.receive(locations: Dictionary(found, uniquingKeysWith: { first, _ in first }))
            case .inspect(let names):
                step = walk.receive(dependencies: await Self.all(names, means.inspect).sorted { $0.name < $1.name })
            case .ask(let tasks):
                step = walk.receive(replies: await Self.all(tasks, means.exchange))
            case .done(let snapshot):
                return snapshot
            }
        }
    }

    /// Runs them all at once; results come in the order in which they end.
    private static func all<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], _ body: @escaping @Sendable (Input) async -> Output
    ) async -> [Output] {
        await withTaskGroup(of: Output.self) { group in
            for input in inputs { group.addTask { await body(input) } }
            var outputs: [Output] = []
            outputs.reserveCapacity(inputs.count)
            for await output in group { outputs.append(output) }
            return outputs
        }
    }
}
