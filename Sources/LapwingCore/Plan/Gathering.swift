package import DNSWire

/// Something to find out for a round: whoever carries it out, over sockets or in a simulated world, decides nothing.
package enum Errand: Sendable {
    /// Find the zone above this name and its servers; answer with `parent`.
    case findParent(Name)
    /// Find the addresses of these hosts; answer with `locations`.
    case locate([Name])
    /// Find out whether these names still exist, and where it says so how the registrations of their domains stand; answer
    /// with `dependencies`.
    case inspect([Name], withRegistrations: Bool)
    /// Put these questions, all at once; answer with `answers`.
    case ask([ProbeTask])
}

/// What came of an errand.
package enum Found<Answer: TaskResult> {
    /// The zone above; nil when it was not found.
    case parent(ParentZone?)
    /// Where hosts are, in any order.
    case locations([Name: HostLocation])
    case dependencies([DependencyView])
    /// One for each question, in any order; an unanswered one has its result too.
    case answers([Answer])
}

/// What came of a question; taken apart only where somebody has to look at it.
package protocol TaskResult {
    /// What was asked.
    var task: ProbeTask { get }
    /// Covers what ``ProbeTask/coverage`` asks for; nil for a failure.
    var summary: AnswerSummary? { get }
    /// Whether the answer came over TCP, TLS or HTTPS.
    var overStream: Bool { get }
    /// A datagram came truncated (TC), so that a stream was tried.
    var truncatedOverUDP: Bool { get }
    /// The answer taken apart.
    var reply: ProbeReply { get }
}

/// Gathers one round: drives its walk, and seals what came so that a later round can be known to be the same.
package struct Gathering: Sendable {
    /// What has to happen next.
    package enum Step: Sendable {
        /// Answer with `receive`.
        case carryOut(Errand)
        case done(Gathered)
    }

    private var walk: RoundWalk
    private let roots: RootSight?
    private let known: [ProbeTask: ProbeReply]
    private let supposed: Supposition?
    private var seal: RoundSeal?
    private var located: [Name] = []
    /// Where hosts of the present step are taken to be.
    private var placed: [Name: HostLocation] = [:]
    /// Replies of a moment ago to questions of the present step.
    private var reused: [ProbeReply] = []

    /// - Parameters:
    ///   - roots: what root servers said recently; nil where nobody asks them.
    ///   - known: replies of a moment ago, whose questions are not put again.
    ///   - supposed: what is taken for so in a dry run; no round is compared with one of those.
    ///   - key: of the seal; nil where nobody compares rounds.
    package init(
        _ walk: RoundWalk, roots: RootSight?, known: [ProbeTask: ProbeReply] = [:],
        supposing supposed: Supposition? = nil,
        key: AnswerDigest.Key?
    ) {
        self.walk = walk
        self.roots = roots
        self.known = known
        self.supposed = supposed
        seal = supposed == nil ? key.map { RoundSeal(key: $0) } : nil
    }

    /// The first step; to be called once.
    package mutating func start() -> Step {
        // Whoever answers in place of the root would answer all else as well: nothing of it would be an observation.
        if let roots, roots.isIntercepted { return .done(Gathered(snapshot: walk.broken(off: roots))) }
        return next(walk.start())
    }

    /// Takes in what came of the last step's errand.
    package mutating func receive(_ found: Found<some TaskResult>) -> Step {
        switch found {
        case .parent(let zone):
            return next(walk.receive(parent: zone))
        case .locations(let locations):
            seal?.note(locations)
            located += locations.keys.sorted()
            return next(walk.receive(locations: locations.merging(placed) { _, placed in placed }))
        case .dependencies(let views):
            let views = views.sorted { $0.name < $1.name }
            for view in views { seal?.note(view) }
            return next(walk.receive(dependencies: views))
        case .answers(let answers):
            seal?.note(answers, of: walk)
            return next(walk.receive(replies: reused + answers.map { supposing($0.reply) }))
        }
    }

    private func supposing(_ reply: ProbeReply) -> ProbeReply {
        supposed?.reply(reply, above: walk.snapshot.parent.zone) ?? reply
    }

    private mutating func next(_ step: RoundWalk.Step) -> Step {
        switch step {
        case .findParent(let name): return .carryOut(.findParent(name))
        case .locate(let hosts):
            guard let supposed else { return .carryOut(.locate(hosts)) }
            placed = hosts.reduce(into: [:]) { $0[$1] = supposed.location(of: $1) }
            let open = hosts.filter { placed[$0] == nil }
            return open.isEmpty ? next(walk.receive(locations: placed)) : .carryOut(.locate(open))
        case .inspect(let names):
            return .carryOut(.inspect(names, withRegistrations: walk.watch.watchesRegistration))
        case .ask(let tasks):
            guard !known.isEmpty || supposed != nil else { return .carryOut(.ask(tasks)) }
            var fresh: [ProbeTask] = []
            reused = []
            for task in tasks {
                if let reply = known[task] ?? supposed?.reply(to: task, at: walk.snapshot.at) {
                    reused.append(reply)
                } else {
                    fresh.append(task)
                }
            }
            // What was asked at another time is no whole round.
            if !reused.isEmpty { seal?.spoil() }
            return fresh.isEmpty ? next(walk.receive(replies: reused)) : .carryOut(.ask(fresh))
        case .done(var snapshot):
            snapshot.roots = roots
            let print = seal.flatMap { RoundPrint(snapshot, located: located, seal: $0) }
            return .done(Gathered(snapshot: snapshot, print: print))
        }
    }
}

extension RoundSeal {
    fileprivate mutating func note(_ answers: [some TaskResult], of walk: RoundWalk) {
        for answer in answers {
            note(
                answer.task, answer.summary, isWatched: walk.isWatched(answer.task.key), overStream: answer.overStream,
                truncatedOverUDP: answer.truncatedOverUDP)
        }
    }

    fileprivate mutating func note(_ locations: [Name: HostLocation]) {
        for (host, location) in locations { note(host, at: location) }
    }
}

/// Asks again what a round asked, and compares seals: nothing is taken apart.
package struct Rechecking: Sendable {
    /// What has to happen next.
    package enum Step: Sendable {
        /// Answer with `receive`.
        case carryOut(Errand)
        /// Whether everything is as it was.
        case done(isSame: Bool)
    }

    private let walk: RoundWalk
    private let print: RoundPrint
    private let roots: RootSight?
    private var seal: RoundSeal
    private var parent: ParentZone?

    package init(_ walk: RoundWalk, _ print: RoundPrint, roots: RootSight?, key: AnswerDigest.Key) {
        self.walk = walk
        self.print = print
        self.roots = roots
        seal = RoundSeal(key: key)
    }

    /// The first step; to be called once.
    package func start() -> Step {
        if let roots, roots.isIntercepted { return .done(isSame: false) }
        return .carryOut(.findParent(walk.domain))
    }

    /// Takes in what came of the last step's errand.
    package mutating func receive(_ found: Found<some TaskResult>) -> Step {
        switch found {
        case .parent(let zone):
            guard let zone, zone.name == print.zone else { return .done(isSame: false) }
            parent = zone
            return print.located.isEmpty ? inspect() : .carryOut(.locate(print.located))
        case .locations(let locations):
            seal.note(locations)
            return inspect()
        case .dependencies(let views):
            for view in views { seal.note(view) }
            return ask()
        case .answers(let answers):
            seal.note(answers, of: walk)
            return .done(isSame: seal.value == print.seal)
        }
    }

    private func inspect() -> Step {
        print.inspected.isEmpty
            ? ask() : .carryOut(.inspect(print.inspected, withRegistrations: walk.watch.watchesRegistration))
    }

    private func ask() -> Step {
        guard let parent else { return .done(isSame: false) }
        return .carryOut(.ask(walk.tasks(again: print, parent: parent)))
    }
}
