import DNSWire

/// Budgets: decides which questions may be sent now, and which must wait although there is room for them.
extension DatagramLoop {
    /// The largest number of servers without a lane whose rates are kept.
    private static let mostResting = 20_000

    /// Whether a lane may send one more question; if not, it is checked again when it may.
    func isInBudget(_ lane: Int32) -> Bool {
        guard let state = lanes[Int(lane)], state.isWaiting else { return false }
        var wait = gate.wait(at: now)
        if state.rate?.allowance(at: now) == 0, let longer = state.rate?.wait { wait = max(wait, longer) }
        guard wait.nanoseconds > 0 else { return true }
        state.isHeld = true
        laneWheel.set(lane, due: now + wait)
        return false
    }

    /// Deducts a packet from the budgets, whether it is a first one or a retry.
    func spend(_ lane: Int32) {
        gate.spend()
        lanes[Int(lane)]?.rate?.spend()
    }

    /// Records the outcome of a question.
    func noteOutcome(_ lane: Int32, isTrouble: Bool) {
        guard let state = lanes[Int(lane)], let before = state.rate?.share else { return }
        state.rate?.note(isTrouble: isTrouble, at: now)
        if let after = state.rate?.share, after != before { gate.note(state.endpoint.address, share: after) }
    }

    /// Lists the lanes whose delay has ended, starting at a random one, since they share the total budget.
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

    /// Returns the previous rate of a server that gets a lane.
    func takeRate(of endpoint: Endpoint) -> ServerRate? {
        restingRates.removeValue(forKey: endpoint) ?? gate.rate(of: endpoint.address, at: now)
    }

    /// Keeps the rate of a server whose lane is removed, so that consecutive questions share a budget too.
    func keepRate(of lane: Lane) {
        guard let rate = lane.rate else { return }
        if restingRates.count >= Self.mostResting {
            for (endpoint, rate) in restingRates where rate.share < 1 { gate.note(endpoint.address, share: 1) }
            restingRates.removeAll(keepingCapacity: true)
        }
        restingRates[lane.endpoint] = rate
    }

    /// Starts again with the present budgets.
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
