import DNSWire
import LapwingCore

extension Engine {
    /// Concurrent look-ups; the budgets of the registries usually keep them far apart anyway.
    static let lookUpsAtOnce = 8

    /// Returns the domains whose registration is due within the budgets of the registries; none while the limit of
    /// look-ups is reached. Look-ups run concurrently, so that one slow server does not delay the others.
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

    /// Looks up registrations, a few at a time.
    func lookUp(all due: [Int]) async {
        for start in stride(from: 0, to: due.count, by: Self.lookUpsAtOnce) {
            await withDiscardingTaskGroup { group in
                for id in due[start..<min(start + Self.lookUpsAtOnce, due.count)] {
                    group.addTask { await self.lookUp(id) }
                }
            }
        }
    }

    /// Adds a domain to the schedule of registration look-ups.
    private func arrangeRegistration(_ number: Int, _ watch: Watch) {
        guard watch.watchesRegistration, let server = parts.registry(watch.domain) else {
            pace.remove(number)
            return
        }
        let known = states[watch.domain]?.state.registry.known
        // The age on the wall clock, at least 0: a time in the future was written by a wrong clock.
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
        courses[id, default: Boxed(Course())].value.turn.take(view)
        if view.saysSomething {
            pace.answered(id, end: view.expires?.at, at: now)
            // The first facts about a registration are judged without waiting for the domain's next slot.
            if states[watch.domain]?.state.registry.known == nil { checkNow(watch.domain) }
        } else {
            pace.failed(id, at: now, wait: view.wait)
        }
    }
}
