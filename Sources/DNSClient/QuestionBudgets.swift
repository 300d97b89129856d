public import DNSWire
import Synchronization

/// The limits of questions per second. Excess questions wait; they are not dropped, and their time limit has not begun.
public struct QuestionBudgets: Sendable {
    /// Questions per second in total, more than 0; nil for no limit.
    public var inAll: Int?
    /// Returns the questions per second at one server, more than 0, by its address; nil for no limit. The address is
    /// nil for a server that has only a name.
    public var ofServer: @Sendable (IPAddress?) -> Int?

    /// Makes budgets without limits.
    public init() {
        self.init(inAll: nil) { _ in nil }
    }

    /// - Parameters:
    ///   - inAll: questions per second in total; nil for no limit.
    ///   - ofServer: returns the questions per second at the server with an address; nil for no limit.
    public init(inAll: Int?, ofServer: @escaping @Sendable (IPAddress?) -> Int?) {
        self.inAll = inAll
        self.ofServer = ofServer
    }
}

/// The questions that budgets delay at present.
public struct HeldQuestions: Sendable, Hashable {
    /// The number of questions over UDP that wait to be sent.
    public var waiting = 0
    /// Servers that are asked less than their budget allows, since they refused, failed or lost many questions, with
    /// the remaining fraction of the budget, 0 to 1. At most `mostSlowed` of them.
    public var slowed: [IPAddress: Double] = [:]

    /// The largest number of servers in ``slowed``.
    public static let mostSlowed = 50
}

/// The part of budgets that the engine's thread and the streams share.
final class QuestionGate: Sendable {
    private struct State {
        var budgets: QuestionBudgets
        var whole: QuestionRate?
        var streams: [ServerAddress: QuestionRate] = [:]
        var held = HeldQuestions()
    }

    /// The largest number of servers over streams whose rates are kept.
    private static let mostStreams = 10_000

    private let state: Mutex<State>

    init(_ budgets: QuestionBudgets, at now: Monotonic) {
        let whole = budgets.inAll.map { QuestionRate(rate: Double($0), at: now) }
        state = Mutex(State(budgets: budgets, whole: whole))
    }

    var held: HeldQuestions { state.withLock { $0.held } }

    /// Replaces the budgets.
    func set(_ budgets: QuestionBudgets, at now: Monotonic) {
        state.withLock { state in
            state.whole = budgets.inAll.map { QuestionRate(rate: Double($0), at: now) }
            state.streams = [:]
            state.budgets = budgets
        }
    }

    /// Returns the rate of a new server, or of one whose budget has changed.
    func rate(of address: IPAddress?, at now: Monotonic) -> ServerRate? {
        state.withLock { $0.budgets.ofServer }(address).map { ServerRate(budget: $0, at: now) }
    }

    /// Returns how long all questions must wait; 0 if one may be sent.
    func wait(at now: Monotonic) -> Monotonic {
        state.withLock { state in
            guard state.whole?.allowance(at: now) == 0, let wait = state.whole?.wait else {
                return Monotonic(nanoseconds: 0)
            }
            return wait
        }
    }

    /// Records that a packet was sent.
    func spend() { state.withLock { $0.whole?.spend() } }

    /// Adds a question to the queue of a server that is asked over a stream.
    ///
    /// - Returns: how long the question must wait.
    func enqueue(_ server: ServerAddress, at now: Monotonic) -> Monotonic {
        let budget = state.withLock { $0.budgets.ofServer }(server.address)
        return state.withLock { state in
            var wait = Monotonic(nanoseconds: 0)
            if state.whole?.allowance(at: now) == 0, let longer = state.whole?.wait { wait = longer }
            state.whole?.spend()
            guard let budget else { return wait }
            if state.streams.count >= Self.mostStreams { state.streams = [:] }
            var rate = state.streams[server] ?? QuestionRate(rate: Double(budget), at: now)
            if rate.allowance(at: now) == 0 { wait = max(wait, rate.wait) }
            rate.spend()
            state.streams[server] = rate
            return wait
        }
    }

    /// Records the number of waiting questions.
    func note(waiting: Int) { state.withLock { $0.held.waiting = waiting } }

    /// Records the remaining fraction of a server's budget; 1 for all of it.
    func note(_ address: IPAddress, share: Double) {
        state.withLock { state in
            if share >= 1 {
                state.held.slowed[address] = nil
            } else if state.held.slowed[address] != nil || state.held.slowed.count < HeldQuestions.mostSlowed {
                state.held.slowed[address] = share
            }
        }
    }
}
