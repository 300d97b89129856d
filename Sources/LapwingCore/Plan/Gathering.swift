package import DNSWire

/// Something to find out for a round. The driver carries it out, over sockets or in a simulated world, and decides
/// nothing.
package enum Errand: Sendable {
    /// Find the parent zone of this name and its servers; answer with `parent`.
    case findParent(Name)
    /// Find the addresses of these hosts; answer with `locations`.
    case locate([Name])
    /// Find out whether these names still exist and, if requested, the state of their domains' registrations; answer
    /// with `dependencies`.
    case inspect([Name], withRegistrations: Bool)
    /// Ask these questions, all at once; answer with `answers`.
    case ask([ProbeTask])
}

/// The result of an errand.
package enum Found<Answer: TaskResult> {
    /// The parent zone; nil if it was not found.
    case parent(ParentZone?)
    /// The locations of hosts, in any order.
    case locations([Name: HostLocation])
    case dependencies([DependencyView])
    /// One result for each question, in any order, even for an unanswered one.
    case answers([Answer])
}

/// The result of a question; it is decoded only when needed.
package protocol TaskResult {
    /// The question.
    var task: ProbeTask { get }
    /// The summary that ``ProbeTask/coverage`` asks for; nil for a failure.
    var summary: AnswerSummary? { get }
    /// Whether the answer came over TCP, TLS or HTTPS.
    var overStream: Bool { get }
    /// Whether a datagram was truncated (TC), so that a stream was tried.
    var truncatedOverUDP: Bool { get }
    /// The decoded answer.
    var reply: ProbeReply { get }
}

/// Gathers one round: drives its walk and seals the answers, so that a later round can be recognized as equal.
package struct Gathering: Sendable {
    /// What to do next.
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
    /// The supposed locations of hosts of the present step.
    private var placed: [Name: HostLocation] = [:]
    /// Recent replies to questions of the present step.
    private var reused: [ProbeReply] = []

    /// - Parameters:
    ///   - roots: what root servers recently said; nil if they are not asked.
    ///   - known: recent replies, whose questions are not asked again.
    ///   - supposed: the supposition of a dry run; such a round is not compared with others.
    ///   - key: the key of the seal; nil if rounds are not compared.
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

    /// Returns the first step; call it once.
    package mutating func start() -> Step {
        // A server that answers in place of the root would answer every other query too, so no answer would be an
        // observation.
        if let roots, roots.isIntercepted { return .done(Gathered(snapshot: walk.broken(off: roots))) }
        return next(walk.start())
    }

    /// Takes the result of the last errand and returns the next step.
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
            // A round with reused replies is not complete.
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

/// Asks the questions of an earlier round again and compares seals; the answers are not decoded.
package struct Rechecking: Sendable {
    /// What to do next.
    package enum Step: Sendable {
        /// Answer with `receive`.
        case carryOut(Errand)
        /// Whether everything is unchanged.
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

    /// Returns the first step; call it once.
    package func start() -> Step {
        if let roots, roots.isIntercepted { return .done(isSame: false) }
        return .carryOut(.findParent(walk.domain))
    }

    /// Takes the result of the last errand and returns the next step.
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
