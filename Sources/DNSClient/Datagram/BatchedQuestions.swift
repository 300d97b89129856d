package import DNSWire
import Glibc

/// One question of a batch.
package struct BatchQuestion: Sendable {
    /// The name in the question.
    package var name: Name
    /// The type in the question.
    package var type: RecordType
    /// The server, with its transport.
    package var server: ServerAddress
    /// Flags, sizes and timeouts of the question.
    package var options: QueryOptions
    /// The coverage of the digests of its answer.
    package var coverage: AnswerSummary.Coverage = []

    package init(
        name: Name, type: RecordType, server: ServerAddress, options: QueryOptions,
        coverage: AnswerSummary.Coverage = []
    ) {
        self.name = name
        self.type = type
        self.server = server
        self.options = options
        self.coverage = coverage
    }
}

/// The answer to a question of a batch: its bytes with a summary, without any decoded record.
package struct BatchAnswer: Sendable {
    /// The outcome of a question.
    package enum Outcome: Sendable {
        /// A readable answer with its summary.
        case answer(AnswerSummary)
        /// A valid answer without a summary, such as one to an update.
        case other
        case failure(ExchangeFailure)
    }

    /// The outcome.
    package var outcome: Outcome
    /// The answer's bytes; empty for a failure.
    package var bytes: [UInt8] = []
    /// The transport of the answer.
    package var transport: ServerAddress.Transport = .udp
    /// Whether a truncated datagram was received before, so that a stream was tried.
    package var wasTruncated = false
    /// From the first packet to the end, including retries.
    package var elapsed: Duration = .zero
    /// The form in which the answered question was sent.
    var sent = SentForm()

    /// The answer for a question that was not sent.
    package static func unput(_ failure: ExchangeFailure) -> BatchAnswer { BatchAnswer(outcome: .failure(failure)) }

    /// Returns the question as it was sent, with all options; empty if there is no answer.
    ///
    /// - Parameter question: the question at this index of the batch.
    package func query(_ question: BatchQuestion) -> [UInt8] {
        guard bytes.count >= 2 else { return [] }
        let writer = QueryWriter(name: question.name, type: question.type, options: question.options)
        var query = writer.bytes(sent.edns)
        query.replaceSubrange(0..<2, with: bytes[0..<2])
        return query
    }
}

/// The properties of a question that may vary between attempts.
struct SentForm: Sendable {
    /// Nil for a question without EDNS.
    var edns: QueryWriter.Extension?
}

/// The questions of a batch in the engine; used on its thread only.
///
/// A token is a question's index in the batch. For each question only the bytes of its answer are allocated.
final class BatchedQuestions: DatagramOwner {
    /// The digester of the engine's thread, used only by that thread.
    final class Digests: @unchecked Sendable {
        fileprivate var digester: AnswerDigester

        init(key: AnswerDigest.Key) {
            digester = AnswerDigester(key: key)
        }
    }

    private let questions: [BatchQuestion]
    private let endpoints: [Endpoint?]
    private let cookies: CookieJar
    private let digests: Digests
    private var exchanges: [Exchange]
    private var startedAt: [Monotonic]
    private var answers: [BatchAnswer]
    private var sent: [SentForm]
    private var left: Int
    private var finish: (([BatchAnswer], _ streams: [Int]) -> Void)?
    /// The questions that need a stream.
    private var streams: [Int] = []

    /// - Parameter finish: called with the answers, and the indices of questions that need a stream.
    init(
        _ questions: [BatchQuestion], endpoints: [Endpoint?], cookies: CookieJar, digests: Digests, at now: Monotonic,
        finish: @escaping ([BatchAnswer], _ streams: [Int]) -> Void
    ) {
        self.questions = questions
        self.endpoints = endpoints
        self.cookies = cookies
        self.digests = digests
        self.finish = finish
        exchanges = questions.map { Exchange(Exchange.Plan(server: $0.server, options: $0.options), at: now) }
        startedAt = [Monotonic](repeating: now, count: questions.count)
        answers = questions.map { BatchAnswer(outcome: .failure(.timeout), transport: $0.server.transport) }
        sent = [SentForm](repeating: SentForm(), count: questions.count)
        streams = endpoints.indices.filter { endpoints[$0] == nil }
        left = questions.count - streams.count
    }

    /// Finishes a batch without any datagram.
    func finishNow() {
        finish?(answers, streams)
        finish = nil
    }

    override func begin(_ token: UInt32, at now: Monotonic) -> Decision {
        let question = questions[Int(token)]
        exchanges[Int(token)] = Exchange(Exchange.Plan(server: question.server, options: question.options), at: now)
        startedAt[Int(token)] = now
        return act(on: exchanges[Int(token)].start(at: now), token, at: now)
    }

    override func write(_ token: UInt32, into buffer: UnsafeMutableRawBufferPointer) -> QueryLayout {
        let question = questions[Int(token)]
        let writer = QueryWriter(name: question.name, type: question.type, options: question.options)
        let shape = exchanges[Int(token)].shape
        var edns: QueryWriter.Extension?
        if shape.edns {
            let address = endpoints[Int(token)]?.address
            let cookie = question.options.cookies ? address.map(cookies.cookie(for:)) ?? [] : []
            edns = QueryWriter.Extension(udpSize: shape.udpSize, cookie: cookie)
        }
        sent[Int(token)].edns = edns
        return writer.write(edns, into: buffer)
    }

    override func receive(_ token: UInt32, _ datagram: UnsafeRawBufferPointer, at now: Monotonic) -> Decision {
        let place = Int(token)
        let facts: Exchange.ReplyFacts
        let outcome: BatchAnswer.Outcome
        do throws(WireError) {
            let summary = try digests.digester.summary(
                of: datagram.assumingMemoryBound(to: UInt8.self).span, covering: questions[place].coverage)
            if let summary, let cookie = summary.cookie, questions[place].options.cookies,
                let endpoint = endpoints[place],
                let value = Cookie(data: Array(datagram[cookie])),
                !cookies.accepts(value, from: endpoint.address)
            {
                return .ignore
            }
            let code = summary?.responseCode ?? ResponseCode(rawValue: UInt16(datagram[3] & 15))
            facts = Exchange.ReplyFacts(responseCode: code.rawValue, isTruncated: datagram[2] & 0x02 != 0)
            outcome = summary.map(BatchAnswer.Outcome.answer) ?? .other
        } catch {
            facts = Exchange.ReplyFacts(
                responseCode: 0, isTruncated: datagram[2] & 0x02 != 0, isMalformed: true)
            outcome = .failure(.malformed(error))
        }
        if facts.isTruncated { answers[place].wasTruncated = true }
        answers[place].outcome = outcome
        let step = exchanges[place].receive(.reply(facts), at: now)
        if case .conclude = step {
            answers[place].bytes = [UInt8](datagram)
            answers[place].sent = sent[place]
        }
        return act(on: step, token, at: now)
    }

    override func expired(_ token: UInt32, strays: Int, at now: Monotonic) -> Decision {
        if !exchanges[Int(token)].isPausing { answers[Int(token)].outcome = .failure(.timeout) }
        return act(on: exchanges[Int(token)].receive(.expired, at: now), token, at: now)
    }

    override func failed(_ token: UInt32, error: Int32, at now: Monotonic) -> Decision {
        let failure = ExchangeFailure(systemError: error)
        answers[Int(token)].outcome = .failure(failure)
        return act(on: exchanges[Int(token)].receive(.failed(failure.kind), at: now), token, at: now)
    }

    private func act(on step: Exchange.Step, _ token: UInt32, at now: Monotonic) -> Decision {
        switch step {
        case .send(let shape, let until) where !shape.isStream: return .renew(until: until)
        case .resend(let until): return .resend(until: until)
        case .pause(let until): return .wait(until: until)
        case .send: streams.append(Int(token))
        case .conclude: answers[Int(token)].elapsed = (now - startedAt[Int(token)]).duration
        }
        left -= 1
        if left == 0 { finishNow() }
        return .done
    }
}
