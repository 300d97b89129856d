import DNSWire
import LapwingCore

extension Engine {
    /// Look-ups under way at once; the budgets of the registries keep them far apart anyway.
    static let lookUpsAtOnce = 8

    /// The domains whose registration is to be looked up now, as the registries' budgets allow; none while others are.
    func nextLookUps() -> [Int] {
        for number in unarranged {
            if let watch = watches[number] { arrangeRegistration(number, watch) }
        }
        unarranged = []
        guard !isLookingUp else { return [] }
        let due = pace.due(at: parts.clock.now())
        isLookingUp = !due.isEmpty
        return due
    }

    /// Looks registrations up, a few at a time.
    func lookUp(all due: [Int]) async {
        defer { isLookingUp = false }
        for start in stride(from: 0, to: due.count, by: Self.lookUpsAtOnce) {
            await withDiscardingTaskGroup { group in
                for id in due[start..<min(start + Self.lookUpsAtOnce, due.count)] {
                    group.addTask { await self.lookUp(id) }
                }
            }
        }
    }

    /// Puts a domain among those whose registration is looked up.
    private func arrangeRegistration(_ number: Int, _ watch: Watch) {
        guard watch.watchesRegistration, let server = parts.registry(watch.domain) else {
            pace.remove(number)
            return
        }
        let known = states[watch.domain]?.state.registry.known
        pace.set(number, server: server, end: known?.expires?.at, lastLook: known?.at)
    }

    private func lookUp(_ id: Int) async {
        guard let watch = watches[id] else { return }
        let view = await parts.lookUp(watch.domain)
        guard !Task.isCancelled else { return }
        let now = parts.clock.now()
        guard let view else {
            pace.remove(id)
            return
        }
        registryResults[watch.domain] = view
        if view.saysSomething {
            pace.answered(id, end: view.expires?.at, at: now)
        } else {
            pace.failed(id, at: now, wait: view.wait)
        }
    }

    /// What the DNS tells about a registration: something changed where only the registry can change it.
    func givesReasonToAskRegistry(_ outcome: RoundOutcome, _ snapshot: Snapshot) -> Bool {
        snapshot.parent.state == .absent
            || outcome.changes.contains { ["NS", "DS"].contains($0.kind) && $0.name == snapshot.domain }
    }
}
