import DNSWire

/// What may go out now, and what has to wait although there is room for it.
extension DatagramLoop {
    /// Servers without a lane whose rates are kept.
    private static let mostResting = 20_000

    /// Whether a lane may ask once more; if not, it is looked at again when it may.
    func isInBudget(_ lane: Int32) -> Bool {
        guard let state = lanes[Int(lane)], state.isWaiting else { return false }
        var wait = gate.wait(at: now)
        if state.rate?.allowance(at: now) == 0, let longer = state.rate?.wait { wait = max(wait, longer) }
        guard wait.nanoseconds > 0 else { return true }
        state.isHeld = true
        laneWheel.set(lane, due: now + wait)
        return false
    }

    /// Takes a packet out of the budgets: a first one, or one that repeats what was lost.
    func spend(_ lane: Int32) {
        gate.spend()
        lanes[Int(lane)]?.rate?.spend()
    }

    /// Takes note of what came of a question.
    func noteOutcome(_ lane: Int32, isTrouble: Bool) {
        guard let state = lanes[Int(lane)], let before = state.rate?.share else { return }
        state.rate?.note(isTrouble: isTrouble, at: now)
        if let after = state.rate?.share, after != before { gate.note(state.endpoint.address, share: after) }
    }

    /// Lists the lanes whose time has come, each time beginning with another one: they share the budget in all.
    func resumeHeldLanes() {
        var resumed: [Int32] = []
        laneWheel.advance(to: now, into: &resumed)
        guard !resumed.isEmpty else { return }
        let first = Int(random.next()) % resumed.count
        for lane in resumed[first...] + resumed[..<first] {
            lanes[Int(lane)]?.isHeld = false
            list(lane)
        }
    }

    /// The rate of a server that gets a lane, as it was left.
    func takeRate(of endpoint: Endpoint) -> ServerRate? {
        restingRates.removeValue(forKey: endpoint) ?? gate.rate(of: endpoint.address, at: now)
    }

    /// Keeps the rate of a server whose lane goes away, so that questions one after the other share a budget too.
    func keepRate(of lane: Lane) {
        guard let rate = lane.rate else { return }
        if restingRates.count >= Self.mostResting {
            for (endpoint, rate) in restingRates where rate.share < 1 { gate.note(endpoint.address, share: 1) }
            restingRates.removeAll(keepingCapacity: true)
        }
        restingRates[lane.endpoint] = rate
    }

    /// Begins anew with the budgets that hold now.
    func renewRates() {
        restingRates.removeAll()
        for address in gate.held.slowed.keys { gate.note(address, share: 1) }
        for (index, lane) in zip(Int32(0)..., lanes) {
            guard let lane else { continue }
            lane.rate = gate.rate(of: lane.endpoint.address, at: now)
            guard lane.isHeld else { continue }
            lane.isHeld = false
            laneWheel.cancel(index)
            list(index)
        }
    }
}
