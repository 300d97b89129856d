import DNSWire

extension Learner {
    mutating func learnDependencies() {
        let names = Dependencies.names(picture)
        // An RRset without an answer may still have dependencies, so the known ones are kept.
        let isWhole = picture.seesParent && picture.seesAllSets
        let kept = isWhole ? [] : state.delegation.dependencies.filter { !names.contains($0) }
        state.delegation.dependencies = Array((names + kept).prefix(Dependencies.limit))
        var known = state.dependencies.filter { state.delegation.dependencies.contains($0.key) }
        for view in picture.snapshot.dependencies where state.delegation.dependencies.contains(view.name.folded) {
            var memory = known[view.name.folded] ?? DependencyMemory()
            switch Dependencies.state(of: view, memory) {
            case .absent:
                memory.absentSince = memory.absentSince ?? now
                memory.absentPolls += poll
            case .exists where !isTaken(view.name):
                memory.absentSince = nil
                memory.absentPolls = 0
                memory.note(view)
            default: break
            }
            known[view.name.folded] = memory
        }
        state.dependencies = known
        for fact in picture.sets { learnAlias(fact) }
    }

    /// Whether a stranger took over the name: the data that is published there does not become normal.
    private func isTaken(_ name: Name) -> Bool {
        findings.contains { $0.code == .dependencyTaken && $0.look.dependencies.contains(name) }
    }

    private mutating func learnAlias(_ fact: SetFact) {
        guard let value = fact.own.first?.value, let alias = value.alias, value.kind == .elsewhere,
            var memory = state.sets[fact.key]
        else { return }
        if Dependencies.isMissing(fact.key, alias, picture) {
            memory.danglingSince = memory.danglingSince ?? now
            memory.danglingPolls += poll
        } else if !findings.contains(where: { $0.code == .aliasTaken && $0.subject == fact.key }) {
            let isBack = picture.resolvers.contains { $0.view.answers[fact.key]?.outcome == .data }
            if isBack {
                memory.danglingSince = nil
                memory.danglingPolls = 0
            }
        }
        state.sets[fact.key] = memory
    }
}
