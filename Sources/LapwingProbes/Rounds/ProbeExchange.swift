package import DNSClient
package import DNSWire
package import LapwingCore

/// Puts a round's questions over sockets.
package struct ProbeExchange: Sendable {
    let client: DNSClient
    /// Time for one question, all tries together.
    let timeout: Duration
    let now: @Sendable () -> Timestamp
    /// Addresses that are not asked because a zone names them; resolvers are the operator's choice.
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

    /// Asks all at once; answers come in the order of the tasks, one for each.
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

/// What came of a task, as bytes and their summary; a ``ProbeReply`` is made of it only when somebody has to look at it.
package struct TaskAnswer: TaskResult, Sendable {
    /// What was asked.
    package let task: ProbeTask
    let question: BatchQuestion
    let answer: BatchAnswer
    let sentAt: Timestamp

    /// Nil for a failure.
    package var summary: AnswerSummary? {
        if case .answer(let summary) = answer.outcome { summary } else { nil }
    }

    /// Whether the answer came over TCP, TLS or HTTPS.
    package var overStream: Bool { answer.transport != .udp }
    /// A datagram came truncated (TC), so that a stream was tried.
    package var truncatedOverUDP: Bool { answer.wasTruncated }
    /// From the first packet to the end, in milliseconds.
    package var milliseconds: Int64 { Int64(answer.elapsed / .milliseconds(1)) }

    /// The answer taken apart.
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
