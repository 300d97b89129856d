public import DNSWire
import Synchronization

/// How many questions a second may go out. What is too much waits; it is not dropped, and its time limit has not begun.
public struct QuestionBudgets: Sendable {
    /// Questions a second in all, more than 0; nil for no bound.
    public var inAll: Int?
    /// Questions a second at one server, more than 0, by its address; nil for no bound. Asked with nil for a server that
    /// only has a name.
    public var ofServer: @Sendable (IPAddress?) -> Int?

    /// Without bounds.
    public init() {
        self.init(inAll: nil) { _ in nil }
    }

    /// - Parameters:
    ///   - inAll: questions a second in all; nil for no bound.
    ///   - ofServer: questions a second at the server of an address; nil for no bound.
    public init(inAll: Int?, ofServer: @escaping @Sendable (IPAddress?) -> Int?) {
        self.inAll = inAll
        self.ofServer = ofServer
    }
}

/// What budgets hold back at the moment.
public struct HeldQuestions: Sendable, Hashable {
    /// Questions by UDP that wait to be sent.
    public var waiting = 0
    /// Servers that are asked less than their budget allows, since they refused, failed or lost much of it: the part of
    /// the budget that is left, 0 to 1. At most `mostSlowed` of them.
    public var slowed: [IPAddress: Double] = [:]

    /// Servers that are told apart.
    public static let mostSlowed = 50
}

/// The part of budgets that the engine's thread and streams share.
final class QuestionGate: Sendable {
    private struct State {
        var budgets: QuestionBudgets
        var whole: QuestionRate?
        var streams: [ServerAddress: QuestionRate] = [:]
        var held = HeldQuestions()
    }

    /// Servers asked over streams whose rates are kept.
    private static let mostStreams = 10_000

    private let state: Mutex<State>

    init(_ budgets: QuestionBudgets, at now: Monotonic) {
        let whole = budgets.inAll.map { QuestionRate(rate: Double($0), at: now) }
        state = Mutex(State(budgets: budgets, whole: whole))
    }

    var held: HeldQuestions { state.withLock { $0.held } }

    /// Puts others in place of the budgets that hold.
    func set(_ budgets: QuestionBudgets, at now: Monotonic) {
        state.withLock { state in
            state.whole = budgets.inAll.map { QuestionRate(rate: Double($0), at: now) }
            state.streams = [:]
            state.budgets = budgets
        }
    }

    /// The rate of a server that is new, or that was asked under other budgets.
    func rate(of address: IPAddress?, at now: Monotonic) -> ServerRate? {
        state.withLock { $0.budgets.ofServer }(address).map { ServerRate(budget: $0, at: now) }
    }

    /// How long all questions have to wait; 0 when one may go out.
    func wait(at now: Monotonic) -> Monotonic {
        state.withLock { state in
            guard state.whole?.allowance(at: now) == 0, let wait = state.whole?.wait else {
                return Monotonic(nanoseconds: 0)
            }
            return wait
        }
    }

    /// Takes note of a packet that went out.
    func spend() { state.withLock { $0.whole?.spend() } }

    /// Takes a place in the queue of a server that is asked over a stream.
    ///
    /// - Returns: how long the question has to wait.
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

    /// Says how many questions wait.
    func note(waiting: Int) { state.withLock { $0.held.waiting = waiting } }

    /// Says how much of its budget a server is left; 1 for all of it.
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
