package import DNSClient
package import DNSWire
package import LapwingCore

/// Sends the questions of a round over sockets.
package struct ProbeExchange: Sendable {
    let client: DNSClient
    /// The time limit for one question, including all retries.
    let timeout: Duration
    let now: @Sendable () -> Timestamp
    /// Addresses that are never queried even if a zone lists them; resolvers are not affected, since the operator
    /// chooses them.
    let unasked: [AddressBlock]

    package init(
        client: DNSClient, timeout: Duration = .seconds(4), unasked: [AddressBlock] = [],
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.client = client
        self.timeout = timeout
        self.unasked = unasked
        self.now = now
    }

    /// Asks all questions concurrently; returns one answer per task, in the order of the tasks.
    package func callAsFunction(_ tasks: [ProbeTask]) async -> [TaskAnswer] {
        let sentAt = now()
        let questions = tasks.map(question)
        let places = tasks.indices.filter { !isUnasked(tasks[$0]) }
        guard places.count < tasks.count else {
            let answers = await client.ask(questions)
            return tasks.indices.map {
                TaskAnswer(task: tasks[$0], question: questions[$0], answer: answers[$0], sentAt: sentAt)
            }
        }
        let unput = BatchAnswer.unput(.unusableAddress("an address that is not asked (unasked)"))
        var answers = Array(repeating: unput, count: tasks.count)
        for (place, answer) in zip(places, await client.ask(places.map { questions[$0] })) { answers[place] = answer }
        return tasks.indices.map {
            TaskAnswer(task: tasks[$0], question: questions[$0], answer: answers[$0], sentAt: sentAt)
        }
    }

    private func isUnasked(_ task: ProbeTask) -> Bool {
        if case .resolver = task.source { return false }
        return !unasked.isEmpty && task.server.address.map { unasked.block(of: $0) != nil } ?? false
    }

    private func question(_ task: ProbeTask) -> BatchQuestion {
        var options = QueryOptions()
        options.recursionDesired = task.recursionDesired
        options.checkingDisabled = task.checkingDisabled
        options.dnssecOK = task.dnssecOK
        options.timeout = timeout
        return BatchQuestion(
            name: task.key.name, type: task.key.type, server: task.server, options: options, coverage: task.coverage)
    }
}

/// The outcome of a task, as bytes with a summary; a ``ProbeReply`` is made of it only if it must be examined.
package struct TaskAnswer: TaskResult, Sendable {
    /// The question.
    package let task: ProbeTask
    let question: BatchQuestion
    let answer: BatchAnswer
    let sentAt: Timestamp

    /// Nil for a failure.
    package var summary: AnswerSummary? {
        if case .answer(let summary) = answer.outcome { summary } else { nil }
    }

    /// Whether the answer was received over TCP, TLS or HTTPS.
    package var overStream: Bool { answer.transport != .udp }
    /// Whether a truncated datagram (TC) was received before, so that a stream was tried.
    package var truncatedOverUDP: Bool { answer.wasTruncated }
    /// From the first packet to the end, in milliseconds.
    package var milliseconds: Int64 { Int64(answer.elapsed / .milliseconds(1)) }

    /// The parsed answer.
    package var reply: ProbeReply {
        var reply = ProbeReply(
            task: task, outcome: .timeout, truncatedOverUDP: truncatedOverUDP, sentAt: sentAt,
            milliseconds: milliseconds)
        switch answer.transport {
        case .udp: reply.transport = .udp
        case .tcp: reply.transport = .tcp
        case .tls: reply.transport = .tls
        case .https: reply.transport = .https
        }
        switch answer.outcome {
        case .failure(let failure): reply.outcome = Self.outcome(of: failure)
        case .answer, .other:
            do throws(WireError) {
                let message = try Message(decoding: answer.bytes)
                reply.outcome = .message(message)
                reply.wire = WireEvidence(query: answer.query(question), answer: answer.bytes)
            } catch {
                reply.outcome = .malformed(error)
            }
        }
        return reply
    }

    private static func outcome(of failure: ExchangeFailure) -> ProbeReply.Outcome {
        switch failure {
        case .timeout, .closed, .cancelled: .timeout
        case .malformed(let error): .malformed(error)
        case .refusedConnection, .unreachable, .tls, .http, .unusableAddress, .local: .unreachable("\(failure)")
        }
    }
}
