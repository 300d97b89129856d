/// Decides how one question to one server goes on: retries, fallbacks, deadlines.
///
/// A pure state machine: it knows no socket and no clock. Its driver performs the step it asks for, tells it what
/// came of that, and gets the next step, until a step is `conclude`. It allocates nothing, so that the engine can
/// keep one for each of a hundred thousand questions in flight.
package struct Exchange: Sendable {
    /// What the driver is to do next.
    package enum Step: Equatable, Sendable {
        /// Send the question in this shape and wait for the reply until then.
        case send(Shape, until: Monotonic)
        /// Send the bytes of the last attempt once more, from the same port and with the same id, so that a late
        /// reply to the earlier one still counts.
        case resend(until: Monotonic)
        /// Wait until then, still open for replies, and report `expired`.
        case pause(until: Monotonic)
        /// Done.
        case conclude(Conclusion)
    }

    /// How a question is put.
    package struct Shape: Equatable, Sendable {
        /// Whether it goes over a stream.
        package var isStream: Bool
        /// Whether it has an OPT record.
        package var edns: Bool
        /// The largest datagram that the server may answer with, in bytes.
        package var udpSize: UInt16

        package init(isStream: Bool, edns: Bool, udpSize: UInt16) {
            self.isStream = isStream
            self.edns = edns
            self.udpSize = udpSize
        }
    }

    /// How the exchange ended.
    package enum Conclusion: Equatable, Sendable {
        /// The reply reported last is the answer.
        case answered
        case failed(Failure)
    }

    /// Why there is no answer: the last thing that went wrong, or the time that ran out.
    package enum Failure: Equatable, Sendable {
        case timeout
        case refused
        case unreachable
        case malformed
        case closed
        case other
    }

    /// What came of the last step.
    package enum Event: Equatable, Sendable {
        case reply(ReplyFacts)
        case expired
        case failed(Failure)
    }

    /// What the machine needs to know of a reply.
    package struct ReplyFacts: Equatable, Sendable {
        /// The full response code; unimportant when the reply is malformed.
        package var responseCode: UInt16
        /// The bit TC.
        package var isTruncated: Bool
        /// It is no DNS message.
        package var isMalformed: Bool
        /// It lacks the cookie that the server is known to send.
        package var lacksCookie = false

        package init(responseCode: UInt16, isTruncated: Bool, isMalformed: Bool = false) {
            self.responseCode = responseCode
            self.isTruncated = isTruncated
            self.isMalformed = isMalformed
        }
    }

    private enum Phase: UInt8 {
        case waiting, pausing, done
    }

    private let plan: Plan
    private let deadline: Monotonic
    private var phase = Phase.waiting
    /// How the question is put in the present attempt; a fallback to TCP or without EDNS changes it.
    private(set) package var shape: Shape
    /// How many datagrams or streams were tried, those after a change of shape included.
    private(set) package var attempt: UInt8 = 0
    /// How many attempts were lost on the way, which is what the plan limits.
    private var losses: UInt8 = 0
    /// The reason to give when the deadline comes: the last thing that went wrong, if not silence.
    private var lastFailure = Failure.timeout
    private var cookieWasRefused = false

    package init(_ plan: Plan, at now: Monotonic) {
        self.plan = plan
        self.deadline = now + plan.timeout
        self.shape = Shape(isStream: plan.startsWithStream, edns: plan.edns, udpSize: plan.udpSize)
    }

    /// Whether the last step was a pause, so that what expires is no attempt.
    package var isPausing: Bool { phase == .pausing }

    /// The first step; to be called once. The time for the whole exchange is counted from the `init`.
    package mutating func start(at now: Monotonic) -> Step {
        send(at: now)
    }

    /// Takes in what came of the last step and gives the next one.
    package mutating func receive(_ event: Event, at now: Monotonic) -> Step {
        switch event {
        case .reply(let facts): received(facts, at: now)
        case .failed(let failure): failed(failure, at: now)
        case .expired: expired(at: now)
        }
    }

    // MARK: - Events

    private mutating func received(_ facts: ReplyFacts, at now: Monotonic) -> Step {
        if facts.isTruncated, !shape.isStream {
            guard plan.allowsStream else { return facts.isMalformed ? conclude(.malformed) : answered() }
            shape.isStream = true
            return send(at: now)
        }
        if facts.lacksCookie, !shape.isStream, plan.allowsStream {
            // Nobody else can answer on a stream.
            shape.isStream = true
            return send(at: now)
        }
        if facts.isMalformed {
            lastFailure = .malformed
            return retry(at: now, after: Monotonic(nanoseconds: 0)) ?? conclude(.malformed)
        }
        switch facts.responseCode {
        case Code.formatError, Code.notImplemented:
            // RFC 6891, section 7: a server without EDNS answers so; one question without it tells.
            guard shape.edns, plan.allowsPlain else { return answered() }
            shape.edns = false
            return send(at: now)
        case Code.badCookie:
            // RFC 7873, section 5.3: once more with the cookie just learnt, then over a stream.
            guard !shape.isStream else { return answered() }
            if cookieWasRefused {
                guard plan.allowsStream else { return answered() }
                shape.isStream = true
            }
            cookieWasRefused = true
            return send(at: now)
        default:
            return answered()
        }
    }

    private mutating func failed(_ failure: Failure, at now: Monotonic) -> Step {
        lastFailure = failure
        switch failure {
        case .unreachable, .other:
            return conclude(failure)
        case .refused, .malformed, .closed, .timeout:
            return retry(at: now, after: plan.pauseAfterRefusal) ?? conclude(failure)
        }
    }

    private mutating func expired(at now: Monotonic) -> Step {
        if phase == .pausing { return send(at: now) }
        lastFailure = .timeout
        return retry(at: now, after: Monotonic(nanoseconds: 0)) ?? conclude(.timeout)
    }

    // MARK: - Steps

    /// The next attempt after a loss, or nil when attempts or time are used up.
    private mutating func retry(at now: Monotonic, after pause: Monotonic) -> Step? {
        losses += 1
        guard losses < plan.attempts, now + pause < deadline else { return nil }
        if pause.nanoseconds > 0 {
            phase = .pausing
            return .pause(until: now + pause)
        }
        let isLast = losses + 1 == plan.attempts
        if isLast, !shape.isStream, shape.edns, shape.udpSize > Plan.smallestSize, plan.allowsSmaller {
            // Perhaps only large answers are lost: ask for one that fits every path.
            shape.udpSize = Plan.smallestSize
            return send(at: now)
        }
        guard !shape.isStream, lastFailure == .timeout else { return send(at: now) }
        phase = .waiting
        attempt += 1
        return .resend(until: patience(at: now))
    }

    private mutating func send(at now: Monotonic) -> Step {
        guard now < deadline else { return conclude(lastFailure) }
        guard attempt < Plan.mostAttempts else { return conclude(lastFailure) }
        phase = .waiting
        attempt += 1
        return .send(shape, until: patience(at: now))
    }

    /// The moment at which the present attempt counts as lost: each gets twice the time of the one before it, and
    /// together they use up what is left until the deadline.
    private func patience(at now: Monotonic) -> Monotonic {
        guard !shape.isStream else { return deadline }
        let left = deadline - now
        let attemptsLeft = max(1, Int64(plan.attempts) - Int64(losses))
        let shares = (Int64(1) << min(attemptsLeft, 16)) - 1
        return now + Monotonic(nanoseconds: left.nanoseconds / shares)
    }

    private mutating func answered() -> Step {
        phase = .done
        return .conclude(.answered)
    }

    private mutating func conclude(_ failure: Failure) -> Step {
        phase = .done
        return .conclude(.failed(failure))
    }

    private enum Code {
        static let formatError: UInt16 = 1
        static let notImplemented: UInt16 = 4
        static let badCookie: UInt16 = 23
    }
}
