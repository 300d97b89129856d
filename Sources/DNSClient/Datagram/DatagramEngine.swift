import Glibc
import Synchronization

/// Asks over UDP: a single thread sends and receives in batches, for any number of outstanding questions.
///
/// This is the interface for other threads: they submit work and wake the thread. Without outstanding questions the
/// thread sleeps in the kernel; it is started by the first question.
package final class DatagramEngine: Sendable {
    /// The largest query in bytes.
    static let largestQuery = SlotTable.stride
    /// The largest datagram that can be received, in bytes.
    static let largestReply = 4096

    /// The error number of a cancelled question.
    static let cancelled = ECANCELED

    /// The limits of concurrency.
    package struct Limits: Sendable {
        /// Outstanding questions, over all servers.
        package var questions = 16384
        /// Outstanding questions at one server; more wait for their turn.
        package var questionsPerServer = 256
        /// Open sockets.
        package var sockets = 4096

        package init() {}
    }

    /// A request of another thread.
    ///
    /// Unchecked, because ownership of an object is transferred: from here on only the engine's thread uses it.
    enum Submission: @unchecked Sendable {
        case question(DatagramOwner, token: UInt32, Endpoint)
        case questions(DatagramOwner, [(token: UInt32, endpoint: Endpoint)])
        case job(BulkJob)
        case cancel(DatagramOwner)
        /// The budgets have changed.
        case budgets
        /// A turn for the jobs.
        case wake
    }

    private struct Shared {
        var inbox: [Submission] = []
        var waker: Poller.Waker?
        /// Whether the thread waits in the kernel without a time limit.
        var isAsleep = false
        var isStopped = false
        var hasThread = false
    }

    private let limits: Limits
    private let gate: QuestionGate
    private let shared = Mutex(Shared())

    /// Makes an engine without budgets.
    package convenience init(limits: Limits = Limits()) {
        self.init(limits: limits, gate: QuestionGate(QuestionBudgets(), at: .current()))
    }

    init(limits: Limits, gate: QuestionGate) {
        self.limits = limits
        self.gate = gate
    }

    /// Applies the present budgets of the gate.
    func takeBudgets() {
        shared.withLock { state in
            guard state.hasThread, !state.isStopped else { return }
            state.inbox.append(.budgets)
            wake(&state)
        }
    }

    /// Submits work to the thread; false once the engine was stopped, or if no thread can be created.
    func submit(_ submission: Submission) -> Bool {
        shared.withLock { state in
            guard !state.isStopped, startThread(&state) else { return false }
            state.inbox.append(submission)
            wake(&state)
            return true
        }
    }

    /// Ends the thread; outstanding questions end as cancelled.
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

/// The interface for the engine's thread.
extension DatagramEngine {
    enum Work {
        case submissions([Submission])
        case stop([Submission])
    }

    /// Takes the submitted work.
    ///
    /// If `sleeping` is set and there is none, the next submission will wake the poller.
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
