import CDatagramBatch
import Glibc

/// The loop of the engine's thread: each turn takes work, sends, waits, receives and handles timers.
///
/// Only that thread uses an instance. Under load a turn takes one tick: the thread sleeps while replies accumulate, so
/// that one system call receives many. With little load it wakes for every reply.
final class DatagramLoop {
    /// How long replies may accumulate.
    static let tick = Monotonic(nanoseconds: 500_000)
    /// The number of datagrams in a turn from which accumulating replies pays off.
    private static let busyTurn = 8

    let poller: Poller
    let limits: DatagramEngine.Limits
    let gate: QuestionGate
    let inbox: OpaquePointer
    var slots: SlotTable
    var table = InFlightTable()
    var wheel: TimerWheel
    /// When lanes that a budget delays are checked again.
    var laneWheel: TimerWheel
    /// The number of questions without a slot, over all lanes.
    var waiting = 0
    /// The rates of servers without a lane, with what is left of their budgets.
    var restingRates: [Endpoint: ServerRate] = [:]
    var random = RandomBits()
    var lanes: [Lane?] = []
    var freeLanes: [Int32] = []
    var laneOf: [Endpoint: Int32] = [:]
    /// Lanes with something in their outbox or waiting queue.
    var dirtyLanes: [Int32] = []
    var sockets: [LaneSocket] = []
    var freeSockets: [Int32] = []
    /// Slots whose bytes are sent again over the same socket.
    var repeats: [Int32] = []
    /// The storage of the outbox that is being sent, kept for reuse.
    var sending: [Int32] = []
    var jobs: [BulkJob] = []
    /// Whether the kernel accepts many datagrams as one segmented message; determined by trying.
    var canSegment = true
    /// Datagrams sent or received in the present turn.
    var moved = 0
    var now: Monotonic
    private var expired: [Int32] = []
    private var told = 0
    private var pieces = [iovec](repeating: iovec(), count: Int(DATAGRAM_BATCH_LIMIT))

    /// Nil if memory or descriptors are exhausted.
    init?(limits: DatagramEngine.Limits, gate: QuestionGate) {
        guard let poller = Poller(), let inbox = datagram_inbox_create(DatagramEngine.largestReply) else { return nil }
        self.poller = poller
        self.inbox = inbox
        self.limits = limits
        self.gate = gate
        slots = SlotTable(limit: limits.questions)
        now = .current()
        wheel = TimerWheel(at: now)
        laneWheel = TimerWheel(at: now)
    }

    /// Runs until the engine is stopped.
    func run(work: DatagramEngine) {
        var canSleep = false
        while true {
            switch work.take(sleeping: canSleep) {
            case .submissions(let submissions):
                canSleep = canSleep && submissions.isEmpty
                submissions.forEach(accept)
            case .stop(let submissions):
                submissions.forEach(accept)
                return end()
            }
            now = .current()
            let busy = moved >= Self.busyTurn
            moved = 0
            let turn = fillJobs()
            flush()
            wait(until: turn, sleeping: &canSleep, gather: busy || moved >= Self.busyTurn)
            now = .current()
            expire()
            resumeHeldLanes()
            if waiting != told {
                told = waiting
                gate.note(waiting: waiting)
            }
        }
    }

    // MARK: - Parts of a turn

    private func accept(_ submission: DatagramEngine.Submission) {
        switch submission {
        case .question(let owner, let token, let endpoint):
            let lane = lane(to: endpoint)
            lanes[Int(lane)]?.waiting.append(Lane.Waiting(owner: owner, token: token))
            waiting += 1
            list(lane)
        case .questions(let owner, let questions):
            for (token, endpoint) in questions { accept(.question(owner, token: token, endpoint)) }
        case .job(let job):
            jobs.append(job)
        case .cancel(let owner):
            cancel(owner)
        case .budgets:
            renewRates()
        case .wake:
            break
        }
    }

    /// Gives every job its turn; returns the earliest moment at which one needs another.
    private func fillJobs() -> Monotonic? {
        var earliest: Monotonic?
        jobs.removeAll { job in
            switch job.fill(self, at: now) {
            case .replies: return false
            case .turn(let moment):
                earliest = min(earliest ?? moment, moment)
                return false
            case .end:
                job.ended()
                return true
            }
        }
        return earliest
    }

    private func flush() {
        flushRepeats()
        var lanes: [Int32] = []
        swap(&lanes, &dirtyLanes)
        for lane in lanes {
            // Stays listed meanwhile, so that new questions are sent in this turn and need no further wake-up.
            let hasMore = flush(lane)
            guard let state = self.lanes[Int(lane)] else { continue }
            state.isListed = false
            if hasMore || !state.outbox.isEmpty { list(lane) }
        }
    }

    private func wait(until turn: Monotonic?, sleeping canSleep: inout Bool, gather: Bool) {
        let hasWork = !dirtyLanes.isEmpty || !repeats.isEmpty
        if gather || hasWork {
            canSleep = false
            let pause = turn.map { min($0 - now, Pace.tick) } ?? Self.tick
            (hasWork ? min(pause, Self.tick) : pause).sleep()
            poller.wait(milliseconds: 0, receive)
            return
        }
        let due = [wheel.nextDue, laneWheel.nextDue, turn].compactMap { $0 }.min()
        guard canSleep else {
            // The first quiet turn: checks once more for work, and tells other threads to wake the poller from now on.
            canSleep = true
            poller.wait(milliseconds: 0, receive)
            return
        }
        guard let due else {
            poller.wait(milliseconds: -1, receive)
            return
        }
        let left = (due - .current()).nanoseconds
        let milliseconds = left <= 0 ? 0 : min((left + 999_999) / 1_000_000, 60_000)
        poller.wait(milliseconds: Int32(milliseconds), receive)
    }

    private func expire() {
        wheel.advance(to: now, into: &expired)
        for slot in expired {
            guard let owner = slots[slot].owner else { continue }
            let socket = slots[slot].socket
            let strays = socket < 0 ? slots[slot].straysBefore : sockets[Int(socket)].strays
            let newStrays = Int(strays &- slots[slot].straysBefore)
            slots[slot].straysBefore = strays
            if socket >= 0 {
                lanes[Int(slots[slot].lane)]?.window.noteLoss()
                noteOutcome(slots[slot].lane, isTrouble: true)
            }
            apply(owner.expired(slots[slot].token, strays: newStrays, at: now), to: slot)
        }
        expired.removeAll(keepingCapacity: true)
    }

    /// Ends every question as cancelled and releases all resources.
    private func end() {
        for index in 0..<Int32(slots.count) {
            _ = slots[index].owner?.failed(slots[index].token, error: ECANCELED, at: now)
        }
        for case let lane? in lanes {
            for waiting in lane.waiting[lane.waitingHead...] {
                _ = waiting.owner.begin(waiting.token, at: now)
                _ = waiting.owner.failed(waiting.token, error: ECANCELED, at: now)
            }
        }
        jobs.forEach { $0.ended() }
        for socket in sockets where socket.descriptor >= 0 { close(socket.descriptor) }
        poller.close()
        datagram_inbox_destroy(inbox)
        slots.deallocate()
    }

    /// Sends the queries of a batch of slots over one socket; returns how many were sent, or a negative error number.
    func send(_ batch: ArraySlice<Int32>, over descriptor: Int32) -> Int {
        for (index, slot) in zip(0..., batch) {
            pieces[index].iov_base = slots.query(slot).baseAddress
            pieces[index].iov_len = Int(slots[slot].length)
        }
        let count = UInt32(batch.count)
        var sent = Int(datagram_send(descriptor, &pieces, count, canSegment))
        if canSegment, sent == -Int(EIO) || sent == -Int(EINVAL) || sent == -Int(ENOPROTOOPT) || sent == -Int(EMSGSIZE)
        {
            canSegment = false
            sent = Int(datagram_send(descriptor, &pieces, count, false))
        }
        moved += max(sent, 0)
        return sent
    }
}
