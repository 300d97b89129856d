package import DNSWire
package import LapwingCore

/// Carries out over sockets what a round asks for.
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
        /// How the registration of a domain that others rely on stands; nil while nothing is known.
        package var registration: @Sendable (Name) async -> DependencyView.Registration?
        /// What root servers said recently; nil where nobody asks them.
        package var seeRoots: @Sendable () async -> RootSight?

        package init(
            exchange: @escaping @Sendable ([ProbeTask]) async -> [TaskAnswer],
            findParent: @escaping @Sendable (Name) async -> ParentZone?,
            locate: @escaping @Sendable (Name) async -> HostLocation,
            inspect: @escaping @Sendable (Name) async -> DependencyView,
            registration: @escaping @Sendable (Name) async -> DependencyView.Registration? = { _ in nil },
            seeRoots: @escaping @Sendable () async -> RootSight? = { nil }
        ) {
            self.exchange = exchange
            self.findParent = findParent
            self.locate = locate
            self.inspect = inspect
            self.registration = registration
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

    /// Drives a walk to its end, on the threads that all share: whoever asks for it has other things to do meanwhile.
    ///
    /// - Parameters:
    ///   - known: replies of a moment ago, whose questions are not put again.
    ///   - supposed: what is taken for so in a dry run.
    @concurrent
    package func gather(
        _ walk: RoundWalk, known: [ProbeTask: ProbeReply] = [:], supposing supposed: Supposition? = nil
    ) async -> Gathered {
        var gathering = Gathering(
            walk, roots: await means.seeRoots(), known: known, supposing: supposed, key: key)
        var step = gathering.start()
        while true {
            switch step {
            case .carryOut(let errand): step = gathering.receive(await carryOut(errand))
            case .done(let gathered): return gathered
            }
        }
    }

    /// Asks again what the print's round asked, and takes apart only what is not as it was.
    @concurrent
    package func recheck(_ walk: RoundWalk, _ print: RoundPrint) async -> Recheck {
        var rechecking = Rechecking(walk, print, roots: await means.seeRoots(), key: key)
        var answers: [TaskAnswer] = []
        var step = rechecking.start()
        while true {
            switch step {
            case .carryOut(let errand):
                let found = await carryOut(errand)
                if case .answers(let heard) = found { answers = heard }
                step = rechecking.receive(found)
            case .done(isSame: true):
                return .same(answers.map { ReplyTime(source: $0.task.source, milliseconds: $0.milliseconds) })
            case .done(isSame: false):
                return .different(
                    Dictionary(answers.map { ($0.task, $0.reply) }, uniquingKeysWith: { first, _ in first }))
            }
        }
    }

    private func carryOut(_ errand: Errand) async -> Found<TaskAnswer> {
        switch errand {
        case .findParent(let domain):
            return .parent(await means.findParent(domain))
        case .locate(let hosts):
            let found = await Self.all(hosts) { ($0, await means.locate($0)) }
            return .locations(Dictionary(found, uniquingKeysWith: { first, _ in first }))
        case .inspect(let names, let withRegistrations):
            return .dependencies(
                await Self.all(names) { name in
                    var view = await means.inspect(name)
                    // What is not in the DNS was asked for at the registry already.
                    if withRegistrations, view.domainState == .exists {
                        view.registration = await means.registration(view.registrable)
                    }
                    return view
                })
        case .ask(let tasks):
            return .answers(await means.exchange(tasks))
        }
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
