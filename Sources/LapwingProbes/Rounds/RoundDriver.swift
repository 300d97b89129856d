package import DNSWire
package import LapwingCore

/// Carries out the errands of a round over sockets.
package struct RoundDriver: Sendable {
    /// The means of a round; none of them throws.
    package struct Means: Sendable {
        /// Asks all questions concurrently; answers are in the order of the questions.
        package var exchange: @Sendable ([ProbeTask]) async -> [TaskAnswer]
        /// Finds the parent zone of a name with its servers; nil if it was not found.
        package var findParent: @Sendable (Name) async -> ParentZone?
        /// Finds the addresses of a host, or the reason why there are none.
        package var locate: @Sendable (Name) async -> HostLocation
        /// Checks whether a name outside the domain still exists.
        package var inspect: @Sendable (Name) async -> DependencyView
        /// Returns the registration state of a domain on which others rely; nil while it is not known.
        package var registration: @Sendable (Name) async -> DependencyView.Registration?
        /// Returns the recent view of the root servers; nil if they are not asked.
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
    /// Seals can be compared as long as this driver lives.
    let key: AnswerDigest.Key

    package init(_ means: Means, key: AnswerDigest.Key) {
        self.means = means
        self.key = key
    }

    /// Runs a walk to its end, on the shared thread pool rather than on the caller's executor.
    ///
    /// - Parameters:
    ///   - known: recent replies, whose questions are not asked again.
    ///   - supposed: the supposition of a dry run.
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

    /// Repeats the questions of the print's round, and parses only answers that differ.
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
                    // A domain that is not in the DNS was already looked up at the registry.
                    if withRegistrations, view.domainState == .exists {
                        view.registration = await means.registration(view.registrable)
                    }
                    return view
                })
        case .ask(let tasks):
            return .answers(await means.exchange(tasks))
        }
    }

    /// Runs all of them concurrently; results are in the order of completion.
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
