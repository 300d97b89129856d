/// Controls one question to one server: retries, fallbacks, deadlines.
///
/// A pure state machine without sockets and clocks. Its driver performs each step, reports the result, and gets the
/// next step, until a step is `conclude`. It allocates nothing, so that the engine can keep one for each of a hundred
/// thousand outstanding questions.
package struct Exchange: Sendable {
    /// The next step of the driver.
    package enum Step: Equatable, Sendable {
        /// Send the question in this shape and wait for the reply until this moment.
        case send(Shape, until: Monotonic)
        /// Send the bytes of the last attempt once more, from the same port and with the same id, so that a late
        /// reply to the earlier one still counts.
        case resend(until: Monotonic)
        /// Wait until this moment, still accepting replies, and report `expired`.
        case pause(until: Monotonic)
        /// The exchange has ended.
        case conclude(Conclusion)
    }

    /// The form of a question.
    package struct Shape: Equatable, Sendable {
        /// Whether it uses a stream.
        package var isStream: Bool
        /// Whether it has an OPT record.
        package var edns: Bool
        /// The largest datagram that the server may send, in bytes.
        package var udpSize: UInt16

        package init(isStream: Bool, edns: Bool, udpSize: UInt16) {
            self.isStream = isStream
            self.edns = edns
            self.udpSize = udpSize
        }
    }

    /// How the exchange ended.
    package enum Conclusion: Equatable, Sendable {
        /// The last reported reply is the answer.
        case answered
        case failed(Failure)
    }

    /// The reason for a missing answer: the last fault, or the end of the time.
    package enum Failure: Equatable, Sendable {
        case timeout
        case refused
        case unreachable
        case malformed
        case closed
        case other
    }

    /// The result of the last step.
    package enum Event: Equatable, Sendable {
        case reply(ReplyFacts)
        case expired
        case failed(Failure)
    }

    /// The facts about a reply that the state machine needs.
    package struct ReplyFacts: Equatable, Sendable {
        /// The full response code; irrelevant if the reply is malformed.
        package var responseCode: UInt16
        /// The TC bit.
        package var isTruncated: Bool
        /// It is not a DNS message.
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
    /// The number of datagrams and streams so far, including those after a change of shape.
    private(set) package var attempt: UInt8 = 0
    /// The number of lost attempts, which the plan limits.
    private var losses: UInt8 = 0
    /// The failure to report at the deadline: the last fault other than silence.
    private var lastFailure = Failure.timeout
    private var cookieWasRefused = false

    package init(_ plan: Plan, at now: Monotonic) {
        self.plan = plan
        self.deadline = now + plan.timeout
        self.shape = Shape(isStream: plan.startsWithStream, edns: plan.edns, udpSize: plan.udpSize)
    }

    /// Whether the last step was a pause, so that its end is not a lost attempt.
    package var isPausing: Bool { phase == .pausing }

    /// Returns the first step; to be called once. The time for the whole exchange starts at `init`.
    package mutating func start(at now: Monotonic) -> Step {
        send(at: now)
    }

    /// Handles the result of the last step and returns the next one.
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
            // Replies on a stream cannot be forged.
            shape.isStream = true
            return send(at: now)
        }
        if facts.isMalformed {
            lastFailure = .malformed
            return retry(at: now, after: Monotonic(nanoseconds: 0)) ?? conclude(.malformed)
        }
        switch facts.responseCode {
        case Code.formatError, Code.notImplemented:
            // RFC 6891, section 7: a server without EDNS responds like this, so one question without it is sent to find
            // out.
            guard shape.edns, plan.allowsPlain else { return answered() }
            shape.edns = false
            return send(at: now)
        case Code.badCookie:
            // RFC 7873, section 5.3: once more with the new cookie, then over a stream.
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

    /// Returns the next attempt after a loss, or nil if attempts or time are used up.
    private mutating func retry(at now: Monotonic, after pause: Monotonic) -> Step? {
        losses += 1
        guard losses < plan.attempts, now + pause < deadline else { return nil }
        if pause.nanoseconds > 0 {
            phase = .pausing
            return .pause(until: now + pause)
        }
        let isLast = losses + 1 == plan.attempts
        if isLast, !shape.isStream, shape.edns, shape.udpSize > Plan.smallestSize, plan.allowsSmaller {
            // Perhaps only large responses are lost: requests one that every path supports.
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

    /// Returns the moment at which the present attempt counts as lost. Each attempt gets twice the time of the previous
    /// one, and together they use the time until the deadline.
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
