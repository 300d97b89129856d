import DNSWire

/// One resolver, as the rules see it.
package struct ResolverFact: Sendable {
    /// What it answered in this round.
    package var view: ResolverView
    /// The user's name for it.
    package var label: String { view.label }
    /// Whether names outside the domain and outside its parent zone resolve there.
    package var controlsWork: Bool
    /// Whether names outside the domain and outside its parent zone were asked for and none of them resolved.
    package var controlsFail: Bool
    /// Whether all names outside the domain but under the same parent fail; one of several may fail by chance.
    package var siblingsFail: Bool
    /// RRsets of the domain that ended in SERVFAIL or another code.
    package var failed: [RecordSetKey]
    /// These, and the RRsets for which it gave no answer even when asked again.
    var failing: [RecordSetKey] = []
    /// Failed RRsets of names that lead out of the zone, where the servers of another domain may be at fault.
    package var failedElsewhere: [RecordSetKey] = []
    /// The number of questions without an answer in time, including those for names outside the domain.
    package var timedOut: Int
    /// The number of questions about the domain's own RRsets without an answer in time.
    var unanswered: Int { view.answers.values.count { !$0.isReply } }
    /// The number of questions asked, without repetitions.
    package var asked: Int
    /// The verdict on each answer about a watched RRset.
    var sights: [RecordSetKey: ResolverSight] = [:]
    /// The same for the answers to repeated questions, in their order.
    private var repeatedSights: [RecordSetKey: [ResolverSight]] = [:]

    /// Label and address, such as `bravo (203.0.113.12)`.
    package var name: String { "\(view.label) (\(view.server))" }
    /// Whether it answered no question at all.
    package var isSilent: Bool { asked > 0 && timedOut == asked && !controlsWork }

    init(_ view: ResolverView, parent: Name?, _ context: ResolverSight.Context) {
        self.view = view
        var works = false
        var fails = false
        var siblingsWork = false
        var siblingsFail = false
        var timedOut = 0
        for (key, answer) in view.controls {
            let isSibling = parent.map { !$0.isRoot && key.name.isSubdomain(of: $0) } ?? false
            if answer.isConclusive {
                if isSibling { siblingsWork = true } else { works = true }
            } else if isSibling {
                siblingsFail = siblingsFail || answer.outcome == .failure(.servFail)
            } else {
                fails = true
            }
            if !answer.isReply { timedOut += 1 }
        }
        controlsFail = fails && !works
        self.siblingsFail = siblingsFail && !siblingsWork
        failed = []
        for (key, answer) in view.answers {
            // If another try in the same minute got an answer, users get one too.
            let isPassing = view.repeats[key]?.contains(where: \.isConclusive) ?? false
            if case .failure = answer.outcome, !isPassing, !Self.isOnlyAskedByMonitors(key, view) { failed.append(key) }
            if !answer.isReply {
                timedOut += 1
                if !isPassing { failing.append(key) }
            }
        }
        // Controls are asked only after a failure; a resolver that answers everything needs none.
        controlsWork = works || (!fails && !view.answers.isEmpty && view.answers.values.allSatisfy(\.isConclusive))
        failed.sort { ($0.name, $0.type.rawValue) < ($1.name, $1.type.rawValue) }
        let leadingOut = Set(context.sets.filter { $0.own.contains { $0.value.kind == .elsewhere } }.map(\.key))
        failedElsewhere = failed.filter(leadingOut.contains)
        // This distinction only holds as long as some names in the zone resolve.
        if failedElsewhere.count < failed.count { failedElsewhere = [] }
        failed.removeAll(where: failedElsewhere.contains)
        self.timedOut = timedOut
        failing = failed + failing.sorted { ($0.name, $0.type.rawValue) < ($1.name, $1.type.rawValue) }
        asked = view.answers.count + view.controls.count
        let memory = context.state.resolvers[view.label]
        for fact in context.sets {
            let answer = view.answers[fact.key]
            let sight = answer.map { ResolverSight($0, fact, memory, context) }
            sights[fact.key] = sight
            // Most repetitions get the same answer from the cache.
            repeatedSights[fact.key] = view.repeats[fact.key]?.map { again in
                if let answer, let sight, again.saysAgain(answer) { return sight }
                return ResolverSight(again, fact, memory, context)
            }
        }
    }

    /// Returns answers about an RRset, including repetitions, that no accepted server is known to have given.
    func unvouched(_ key: RecordSetKey) -> [(answer: Answer, sight: ResolverSight)] {
        var found: [(Answer, ResolverSight)] = []
        if let sight = sights[key], sight.isUnvouched, let answer = view.answers[key] { found.append((answer, sight)) }
        guard let again = repeatedSights[key], again.contains(where: \.isUnvouched) else { return found }
        return found + zip(view.repeats[key] ?? [], again).filter(\.1.isUnvouched)
    }

    /// Users never ask for CNAME alone: if that fails while other types of the name are answered, no user is affected.
    /// Unbound fails in this way below a DNAME.
    private static func isOnlyAskedByMonitors(_ key: RecordSetKey, _ view: ResolverView) -> Bool {
        key.type == .cname && view.answers.contains { $0.key.name == key.name && $0.value.isConclusive }
    }
}
