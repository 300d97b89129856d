import DNSWire
import Synchronization

/// Questions of a sweep over streams: after truncated answers, and for servers without UDP.
///
/// The job submits questions from the engine's thread and collects the results there.
final class SweepStreams: Sendable {
    /// The outcome of a question, by the job's token for it.
    struct Outcome: Sendable {
        var token: UInt32
        var reply: ExchangeRecord.Reply
        var attempts: Int
    }

    private let client: DNSClient
    private let options: QueryOptions
    private let outcomes = Mutex<[Outcome]>([])

    init(client: DNSClient, options: QueryOptions) {
        self.client = client
        self.options = options
    }

    /// Asks over TCP, or over the server's own transport.
    func ask(_ wire: [UInt8], _ type: UInt16, at server: ServerAddress, token: UInt32) {
        Task {
            var options = options
            options.transport = .tcp
            let outcome: Outcome
            if let name = try? Name(wire: wire) {
                let record = await client.query(name, RecordType(rawValue: type), at: server, options: options)
                outcome = Outcome(token: token, reply: record.reply, attempts: record.attempts.count)
            } else {
                outcome = Outcome(token: token, reply: .failure(.cancelled), attempts: 1)
            }
            outcomes.withLock { $0.append(outcome) }
            _ = client.engine.submit(.wake)
        }
    }

    /// Returns the outcomes since the last call.
    func take() -> [Outcome] {
        outcomes.withLock { outcomes in
            defer { outcomes.removeAll() }
            return outcomes
        }
    }
}
