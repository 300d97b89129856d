import Glibc
import Synchronization

/// Asks by UDP: one thread that sends and receives in batches, however many questions are in flight.
///
/// This is the side that other threads see: they hand work in, and the thread wakes. While nothing is in flight the
/// thread sleeps in the kernel; it is only started by the first question.
package final class DatagramEngine: Sendable {
    /// The most bytes that a query may have.
    static let largestQuery = SlotTable.stride
    /// The largest datagram that can be received, in bytes.
    static let largestReply = 4096

    /// The error number of what was given up.
    static let cancelled = ECANCELED

    /// Bounds of what goes on at once.
    package struct Limits: Sendable {
        /// Questions in flight, over all servers.
        package var questions = 16384
        /// Questions in flight at one server; more wait their turn.
        package var questionsPerServer = 256
        /// Sockets open at a time.
        package var sockets = 4096

        package init() {}
    }

    /// What other threads want.
    ///
    /// Unchecked, because an owner is handed over whole: from here on only the engine's thread touches it.
    enum Submission: @unchecked Sendable {
        case question(DatagramOwner, token: UInt32, Endpoint)
        case questions(DatagramOwner, [(token: UInt32, endpoint: Endpoint)])
        case job(BulkJob)
        case cancel(DatagramOwner)
        /// Other budgets hold.
        case budgets
        /// A turn for the jobs.
        case wake
    }

    private struct Shared {
        var inbox: [Submission] = []
        var waker: Poller.Waker?
        /// Whether the thread waits in the kernel without a time limit of its own.
        var isAsleep = false
        var isStopped = false
        var hasThread = false
    }

    private let limits: Limits
    private let gate: QuestionGate
    private let shared = Mutex(Shared())

    /// Without budgets.
    package convenience init(limits: Limits = Limits()) {
        self.init(limits: limits, gate: QuestionGate(QuestionBudgets(), at: .current()))
    }

    init(limits: Limits, gate: QuestionGate) {
        self.limits = limits
        self.gate = gate
    }

    /// Goes on with the budgets that the gate has now.
    func takeBudgets() {
        shared.withLock { state in
            guard state.hasThread, !state.isStopped else { return }
            state.inbox.append(.budgets)
            wake(&state)
        }
    }

    /// Hands work to the thread; false once the engine was stopped or when no thread can be had.
    func submit(_ submission: Submission) -> Bool {
        shared.withLock { state in
            guard !state.isStopped, startThread(&state) else { return false }
            state.inbox.append(submission)
            wake(&state)
            return true
        }
    }

    /// Ends the thread; questions in flight end as cancelled.
    package func stop() {
        shared.withLock { state in
            state.isStopped = true
            wake(&state)
        }
    }

    private func wake(_ state: inout Shared) {
        guard state.isAsleep else { return }
        state.isAsleep = false
        state.waker?.wake()
    }

    private func startThread(_ state: inout Shared) -> Bool {
        if state.hasThread { return true }
        guard let loop = DatagramLoop(limits: limits, gate: gate) else { return false }
        state.waker = loop.poller.waker
        state.hasThread = true
        EngineThread.start { [self] in
            loop.run(work: self)
        }
        return true
    }
}

/// The thread's side.
extension DatagramEngine {
    enum Work {
        case submissions([Submission])
        case stop([Submission])
    }

    /// Takes what was handed in.
    ///
    /// With `sleeping` and nothing there, the next submission will wake the poller.
    func take(sleeping: Bool) -> Work {
        shared.withLock { state in
            var taken: [Submission] = []
            swap(&taken, &state.inbox)
            if state.isStopped {
                state.waker = nil
                return .stop(taken)
            }
            state.isAsleep = sleeping && taken.isEmpty
            return .submissions(taken)
        }
    }
}
