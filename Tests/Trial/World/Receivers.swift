import LapwingCore
import Synchronization

/// Those at the other side of the channels: what they do, and what they have got.
final class Receivers: Sendable {
    /// What a receiver does with what is sent to it.
    enum Manner: CaseIterable, Sendable {
        case takes, refuses, fails, hangs
        /// It takes a message and answers after the sender has given up.
        case answersLate
    }

    struct Taken: Sendable {
        var notice: Notice
        var at: Int64
        /// Whether the sender was told so, or was meant to be.
        var isAnswered: Bool
        /// Whether the store took nothing at that time: it was told from memory.
        var isFromMemory: Bool
    }

    struct State: Sendable {
        var manners: [String: Manner] = [:]
        var taken: [Taken] = []
        /// Notices that a receiver refused for good, by id.
        var refused: Set<String> = []
    }

    private let state = Mutex(State())

    func read<Value: Sendable>(_ body: (State) -> Value) -> Value { state.withLock { body($0) } }
    func set(_ channel: String, _ manner: Manner) { state.withLock { $0.manners[channel] = manner } }

    /// The answer to a message, and how many seconds it takes; the message is taken here where it is.
    func answer(_ notice: Notice, at now: Int64, isFromMemory: Bool) -> (receipt: Receipt, seconds: Double) {
        state.withLock { state in
            func take(isAnswered: Bool) {
                state.taken.append(
                    Taken(notice: notice, at: now, isAnswered: isAnswered, isFromMemory: isFromMemory))
            }
            switch state.manners[notice.channel] ?? .takes {
            case .takes:
                take(isAnswered: true)
                return (.delivered("200"), 0.05)
            case .refuses:
                state.refused.insert(notice.id)
                return (.refused("410"), 0.05)
            case .fails: return (.tryAgain(reason: "503", after: nil), 0.05)
            case .hangs: return (.tryAgain(reason: "no answer", after: nil), 10)
            case .answersLate:
                take(isAnswered: false)
                return (.tryAgain(reason: "no answer", after: nil), 10)
            }
        }
    }
}
