import DNSWire
import LapwingCore

extension Engine {
    /// Look-ups under way at once; the budgets of the registries keep them far apart anyway.
    static let lookUpsAtOnce = 8

    /// The domains whose registration is to be looked up now, as the registries' budgets allow; none while as many as may
    /// be are under way, so that one slow server does not hold up the others.
    func nextLookUps() -> [Int] {
        for number in unarranged {
            if let watch = watches[number] { arrangeRegistration(number, watch) }
        }
        unarranged = []
        guard lookUpsUnderWay < Self.lookUpsAtOnce else { return [] }
        let due = pace.due(at: parts.clock.steady(), wall: parts.clock.now())
        lookUpsUnderWay += due.count
        return due
    }

    /// Looks registrations up, a few at a time.
    func lookUp(all due: [Int]) async {
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
        // How long ago, by the wall clock, and at most that: a look that lies ahead was written by a wrong clock.
        let ago = known.map { max(0, parts.clock.now().seconds(since: $0.at)) }
        pace.set(
            number, server: server, end: known?.expires?.at,
            lastLook: ago.map { parts.clock.steady().adding(seconds: -$0) })
    }

    private func lookUp(_ id: Int) async {
        defer { lookUpsUnderWay -= 1 }
        guard let watch = watches[id] else { return }
        let view = await parts.lookUp(watch.domain)
        guard !Task.isCancelled, watches[id] != nil else { return }
        let now = parts.clock.steady()
        guard let view else {
            pace.remove(id)
            return
        }
        courses[id, default: Course()].turn.take(view)
        if view.saysSomething {
            pace.answered(id, end: view.expires?.at, at: now)
            // The first facts about a registration do not wait for the domain's next slot.
            if states[watch.domain]?.state.registry.known == nil { checkNow(watch.domain) }
        } else {
            pace.failed(id, at: now, wait: view.wait)
        }
    }
}
