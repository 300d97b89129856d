package import DNSClient
import DNSWire
package import LapwingCore

/// Puts a round's questions over sockets.
package struct ProbeExchange: Sendable {
    let client: DNSClient
    /// Time for one question, all tries together.
    let timeout: Duration
    let now: @Sendable () -> Timestamp

    package init(client: DNSClient, timeout: Duration = .seconds(4), now: @escaping @Sendable () -> Timestamp) {
        self.client = client
        self.timeout = timeout
        self.now = now
    }

    package func callAsFunction(_ task: ProbeTask) async -> ProbeReply {
        var options = QueryOptions()
        options.recursionDesired = task.recursionDesired
        options.checkingDisabled = task.checkingDisabled
        options.dnssecOK = task.dnssecOK
        options.timeout = timeout
        let sentAt = now()
        let record = await client.query(task.key.name, task.key.type, at: task.server, options: options)
        var reply = ProbeReply(task: task, outcome: .timeout, sentAt: sentAt)
        switch record.reply {
        case .message(let message, let bytes):
            reply.outcome = .message(message)
            reply.wire = WireEvidence(query: Self.query(task, options, id: message.id), answer: bytes)
        case .failure(let failure):
            reply.outcome = Self.outcome(of: failure)
        }
        reply.milliseconds = Int64(record.elapsed / .milliseconds(1))
        reply.truncatedOverUDP = record.attempts.contains { $0.reasonToGoOn == .truncated }
        switch record.attempts.last?.transport ?? task.server.transport {
        case .udp: reply.transport = .udp
        case .tcp: reply.transport = .tcp
        case .tls: reply.transport = .tls
        case .https: reply.transport = .https
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

    /// The question as it was sent, but for a cookie: for evidence.
    private static func query(_ task: ProbeTask, _ options: QueryOptions, id: UInt16) -> [UInt8] {
        var message = Message.query(
            task.key.name, task.key.type, id: id, recursionDesired: task.recursionDesired,
            edns: EDNS(udpSize: options.udpSize, dnssecOK: task.dnssecOK))
        if task.checkingDisabled { message.flags.insert(.checkingDisabled) }
        return (try? message.encoded()) ?? []
    }
}
