package import DNSWire
import Glibc

/// One of several questions that one caller puts together.
package struct BatchQuestion: Sendable {
    /// The name that is asked for.
    package var name: Name
    /// The type that is asked for.
    package var type: RecordType
    /// Where and how it is asked.
    package var server: ServerAddress
    /// Bits, sizes and times of the question.
    package var options: QueryOptions
    /// What the digests of its answer cover.
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

/// What came of a question of a batch: its bytes and what they come down to, without a value made of any record.
package struct BatchAnswer: Sendable {
    /// What an answer amounts to.
    package enum Outcome: Sendable {
        /// An answer that can be read, with its summary.
        case answer(AnswerSummary)
        /// An answer that is sound and has no summary, such as one to an update.
        case other
        case failure(ExchangeFailure)
    }

    /// What it amounts to.
    package var outcome: Outcome
    /// The answer as it came; empty for a failure.
    package var bytes: [UInt8] = []
    /// How the answer came.
    package var transport: ServerAddress.Transport = .udp
    /// A datagram came cut short, so that a stream was tried.
    package var wasTruncated = false
    /// From the first packet to the end, other tries included.
    package var elapsed: Duration = .zero
    /// How the question was put that got this answer.
    var sent = SentForm()

    /// The answer to a question that was not put.
    package static func unput(_ failure: ExchangeFailure) -> BatchAnswer { BatchAnswer(outcome: .failure(failure)) }

    /// The question as it was sent, with all options; empty when there is no answer.
    ///
    /// - Parameter question: what was asked in this place of the batch.
    package func query(_ question: BatchQuestion) -> [UInt8] {
        guard bytes.count >= 2 else { return [] }
        let writer = QueryWriter(name: question.name, type: question.type, options: question.options)
        var query = writer.bytes(sent.edns)
        query.replaceSubrange(0..<2, with: bytes[0..<2])
        return query
    }
}

/// What may vary from one attempt at a question to the next.
struct SentForm: Sendable {
    /// Nothing for a question without EDNS.
    var edns: QueryWriter.Extension?
}

/// The questions of a batch in the engine; lives on its thread.
///
/// A token is a question's place in the batch. Nothing is allocated for a question but the bytes of its answer.
final class BatchedQuestions: DatagramOwner {
    /// Digests of the engine's thread; only that thread uses it.
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
    /// The questions that must go over a stream.
    private var streams: [Int] = []

    /// - Parameter finish: gets the answers, and the places of those for which a stream is needed.
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

    /// For a batch without a single datagram.
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
