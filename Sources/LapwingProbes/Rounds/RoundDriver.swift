package import DNSWire
package import LapwingCore

/// Carries out what a round's walk asks for, until it has its snapshot.
package struct RoundDriver: Sendable {
    /// Ways to find things out; none of them throws.
    package struct Means: Sendable {
        /// Puts all questions at once; answers come in their order.
        package var exchange: @Sendable ([ProbeTask]) async -> [TaskAnswer]
        /// The zone above a name, and where its servers are; nil when it was not found.
        package var findParent: @Sendable (Name) async -> ParentZone?
        /// The addresses of a host, or why there are none.
        package var locate: @Sendable (Name) async -> HostLocation
        /// Whether a name outside the domain still exists.
        package var inspect: @Sendable (Name) async -> DependencyView
        /// What root servers said recently; nil where nobody asks them.
        package var seeRoots: @Sendable () async -> RootSight?

        package init(
            exchange: @escaping @Sendable ([ProbeTask]) async -> [TaskAnswer],
            findParent: @escaping @Sendable (Name) async -> ParentZone?,
            locate: @escaping @Sendable (Name) async -> HostLocation,
            inspect: @escaping @Sendable (Name) async -> DependencyView,
            seeRoots: @escaping @Sendable () async -> RootSight? = { nil }
        ) {
            self.exchange = exchange
            self.findParent = findParent
            self.locate = locate
            self.inspect = inspect
            self.seeRoots = seeRoots
        }
    }

    let means: Means
    /// Seals are comparable as long as this lives.
    let key: AnswerDigest.Key

    package init(_ means: Means, key: AnswerDigest.Key) {
        self.means = means
        self.key = key
    }

    /// Drives a walk to its end.
    ///
    /// - Parameter known: replies of a moment ago, whose questions are not put again.
    package func gather(_ walk: RoundWalk, known: [ProbeTask: ProbeReply] = [:]) async -> Gathered {
        let roots = await means.seeRoots()
        // Whoever answers in place of the root would answer all else as well: nothing of it would be an observation.
        if let roots, roots.isIntercepted { return Gathered(snapshot: walk.broken(off: roots)) }
        var walk = walk
        var seal = RoundSeal(key: key)
        var located: [Name] = []
        var step = walk.start()
        while true {
            switch step {
            case .findParent(let domain):
                step = walk.receive(parent: await means.findParent(domain))
            case .locate(let hosts):
                let found = await Self.all(hosts) { ($0, await means.locate($0)) }
                for (host, location) in found { seal.note(host, at: location) }
                located += hosts
                step = walk.receive(locations: Dictionary(found, uniquingKeysWith: { first, _ in first }))
            case .inspect(let names):
                let views = await Self.all(names, means.inspect).sorted { $0.name < $1.name }
                for view in views { seal.note(view) }
                step = walk.receive(dependencies: views)
            case .ask(let tasks):
                let answers = await means.exchange(tasks.filter { known[$0] == nil })
                var replies = tasks.compactMap { known[$0] }
                // What was asked at another time is no whole round.
                if !replies.isEmpty { seal.spoil() }
                for answer in answers {
                    seal.note(answer, in: walk)
                    replies.append(answer.reply)
                }
                step = walk.receive(replies: replies)
            case .done(var snapshot):
                snapshot.roots = roots
                return Gathered(
                    snapshot: snapshot, print: RoundPrint(snapshot, located: located, seal: seal))
            }
        }
    }

    /// Asks again what the print's round asked, and takes apart only what is not as it was.
    package func recheck(_ walk: RoundWalk, _ print: RoundPrint) async -> Recheck {
        if let roots = await means.seeRoots(), roots.isIntercepted { return .different([:]) }
        guard let parent = await means.findParent(walk.domain), parent.name == print.zone else {
            return .different([:])
        }
        var seal = RoundSeal(key: key)
        let found = await Self.all(print.located) { ($0, await means.locate($0)) }
        for (host, location) in found { seal.note(host, at: location) }
        for view in await Self.all(print.inspected, means.inspect) { seal.note(view) }
        let answers = await means.exchange(walk.tasks(again: print, parent: parent))
        for answer in answers { seal.note(answer, in: walk) }
        guard seal.value == print.seal else {
            return .different(Dictionary(answers.map { ($0.task, $0.reply) }, uniquingKeysWith: { first, _ in first }))
        }
        return .same(answers.map { ReplyTime(source: $0.task.source, milliseconds: $0.milliseconds) })
    }

    /// Runs them all at once; results come in the order in which they end.
    private static func all<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], _ body: @escaping @Sendable (Input) async -> Output
    ) async -> [Output] {
        if inputs.isEmpty { return [] }
        if inputs.count == 1 { return [await body(inputs[0])] }
        return await withTaskGroup(of: Output.self) { group in
            for input in inputs { group.addTask { await body(input) } }
            var outputs: [Output] = []
            outputs.reserveCapacity(inputs.count)
            for await output in group { outputs.append(output) }
            return outputs
        }
    }
}

extension RoundSeal {
    fileprivate mutating func note(_ answer: TaskAnswer, in walk: RoundWalk) {
        note(
            answer.task, answer.summary, isWatched: walk.isWatched(answer.task.key), overStream: answer.overStream,
            truncatedOverUDP: answer.truncatedOverUDP)
    }
}
