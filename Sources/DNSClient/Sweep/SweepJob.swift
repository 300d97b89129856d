import DNSWire
import Synchronization

/// Asks the questions of a sweep through the engine; used on its thread.
///
/// A token identifies a question and a server: `question * servers + server`.
final class SweepJob: BulkJob {
    /// Lets another thread end the job early.
    final class StopMark: Sendable {
        private let isSet = Atomic(false)

        func set() { isSet.store(true, ordering: .relaxed) }
        var value: Bool { isSet.load(ordering: .relaxed) }
    }

    private enum Lanes {
        case unopened
        case open([Int32?])
    }

    let stopMark = StopMark()
    private let sweep: Sweep
    private let streams: SweepStreams
    private let plan: Exchange.Plan
    private let query: SweepQuery
    private var digester: AnswerDigester
    private var source: NameSource
    private var questions: SweepQuestions
    private var exchanges: [Exchange] = []
    private var lanes = Lanes.unopened
    private var pace: Pace?
    private var report = SweepReport()
    private var startedAt: Monotonic
    private var reportedAt: Monotonic
    private let progress: (SweepReport) -> Void
    private var finish: ((SweepReport) -> Void)?
    /// The current name, and the remaining types.
    private let name: UnsafeMutableRawBufferPointer
    private var nameLength = 0
    private var nextType: Int
    private var isExhausted = false
    /// The number of questions per server that are with the streams.
    private var onStreams = 0

    /// The limit of questions with the streams.
    private static let mostOnStreams = 128

    init(
        _ sweep: Sweep, streams: SweepStreams, progress: @escaping (SweepReport) -> Void,
        finish: @escaping (SweepReport) -> Void
    ) {
        self.sweep = sweep
        self.streams = streams
        self.progress = progress
        self.finish = finish
        var generator = SystemRandomNumberGenerator()
        digester = AnswerDigester(key: .init(low: generator.next(), high: generator.next()))
        source = NameSource(descriptor: sweep.names)
        plan = Exchange.Plan(options: sweep.options)
        query = SweepQuery(options: sweep.options)
        questions = SweepQuestions(limit: max(sweep.window, 1) * 2)
        name = .allocate(byteCount: 255, alignment: 16)
        nextType = sweep.types.count
        let now = Monotonic.current()
        startedAt = now
        reportedAt = now
        pace = sweep.rate.map { Pace(rate: $0, at: now) }
    }

    // MARK: - Putting questions

    override func fill(_ loop: DatagramLoop, at now: Monotonic) -> Wish {
        let lanes = openLanes(loop)
        streams.take().forEach(conclude)
        if now - reportedAt > .milliseconds(200) {
            reportedAt = now
            report.elapsed = (now - startedAt).duration
            report.bytesRead = source.bytesRead
            progress(report)
        }
        if stopMark.value {
            report.isCut = questions.underWay > 0 || !isExhausted
            return close(lanes, loop)
        }
        var left = min(room(lanes, loop), pace?.allowance(at: now) ?? Int.max)
        var put = 0
        while left > 0, questions.hasRoom, let question = nextQuestion() {
            for (index, lane) in zip(0..., lanes) {
                report.queries += 1
                let token = UInt32(question * sweep.servers.count + index)
                if let lane, loop.launch(self, token: token, lane: lane) { continue }
                hand(token, to: sweep.servers[index])
            }
            put += sweep.servers.count
            left -= sweep.servers.count
        }
        pace?.spend(put)
        guard !isExhausted || questions.underWay > 0 else { return close(lanes, loop) }
        if let pace, !isExhausted { return .turn(at: pace.next(after: now)) }
        return isWaitingForNames || isExhausted ? .turn(at: now + .milliseconds(5)) : .replies
    }

    private var isWaitingForNames = false

    private func openLanes(_ loop: DatagramLoop) -> [Int32?] {
        if case .open(let lanes) = lanes { return lanes }
        let opened = sweep.servers.map { server -> Int32? in
            guard server.transport == .udp, sweep.options.transport != .tcp, let endpoint = Endpoint(server) else {
                return nil
            }
            let lane = loop.lane(to: endpoint)
            loop.hold(lane)
            return lane
        }
        lanes = .open(opened)
        return opened
    }

    private func close(_ lanes: [Int32?], _ loop: DatagramLoop) -> Wish {
        loop.cancel(self)
        for case let lane? in lanes { loop.letGo(lane) }
        return .end
    }

    /// Returns the room of the fullest server, times the number of servers.
    private func room(_ lanes: [Int32?], _ loop: DatagramLoop) -> Int {
        var room = Int.max
        for lane in lanes {
            if let lane {
                room = min(room, loop.room(lane), sweep.window - loop.inFlight(lane))
            } else {
                room = min(room, (Self.mostOnStreams - onStreams) / lanes.count)
            }
        }
        // It is worth waiting for a few more datagrams in a batch.
        let isWorthwhile = room >= min(32, sweep.window / 2) || questions.underWay == 0
        return isWorthwhile ? room * lanes.count : 0
    }

    private func nextQuestion() -> Int? {
        while nextType >= sweep.types.count {
            switch source.next(into: name) {
            case .name(let length):
                report.names += 1
                nameLength = length
                nextType = 0
                isWaitingForNames = false
            case .invalid:
                report.invalidNames += 1
            case .later:
                isWaitingForNames = true
                return nil
            case .end:
                isExhausted = true
                return nil
            }
        }
        let type = sweep.types[nextType].rawValue
        nextType += 1
        let bytes = UnsafeRawBufferPointer(rebasing: name[..<nameLength])
        return questions.take(type: type, name: bytes, servers: sweep.servers.count)
    }

    private func hand(_ token: UInt32, to server: ServerAddress) {
        let question = Int(token) / sweep.servers.count
        onStreams += 1
        streams.ask(Array(questions.name(question)), questions[question].type, at: server, token: token)
    }

    // MARK: - The engine's calls

    override func begin(_ token: UInt32, at now: Monotonic) -> Decision {
        while exchanges.count <= Int(token) { exchanges.append(Exchange(plan, at: now)) }
        exchanges[Int(token)] = Exchange(plan, at: now)
        return act(on: exchanges[Int(token)].start(at: now), token)
    }

    override func write(_ token: UInt32, into buffer: UnsafeMutableRawBufferPointer) -> QueryLayout {
        let question = Int(token) / sweep.servers.count
        return query.write(
            questions.name(question), type: questions[question].type, shape: exchanges[Int(token)].shape, into: buffer)
    }

    override func receive(_ token: UInt32, _ datagram: UnsafeRawBufferPointer, at now: Monotonic) -> Decision {
        guard let answer = summary(datagram.assumingMemoryBound(to: UInt8.self).span) else {
            let isTruncated = datagram[2] & 0x02 != 0
            let facts = Exchange.ReplyFacts(responseCode: 0, isTruncated: isTruncated, isMalformed: true)
            return act(on: exchanges[Int(token)].receive(.reply(facts), at: now), token)
        }
        let facts = Exchange.ReplyFacts(
            responseCode: answer.responseCode.rawValue, isTruncated: answer.flags.contains(.truncated))
        let step = exchanges[Int(token)].receive(.reply(facts), at: now)
        guard step == .conclude(.answered) else { return act(on: step, token) }
        conclude(token, answer)
        return .done
    }

    /// Returns the summary of a reply; nil if it cannot be parsed.
    private func summary(_ bytes: Span<UInt8>) -> AnswerSummary? {
        do throws(WireError) { return try digester.summary(of: bytes) } catch { return nil }
    }

    override func expired(_ token: UInt32, strays: Int, at now: Monotonic) -> Decision {
        act(on: exchanges[Int(token)].receive(.expired, at: now), token)
    }

    override func failed(_ token: UInt32, error: Int32, at now: Monotonic) -> Decision {
        act(on: exchanges[Int(token)].receive(.failed(ExchangeFailure(systemError: error).kind), at: now), token)
    }

    override func ended() {
        report.elapsed = (Monotonic.current() - startedAt).duration
        name.deallocate()
        questions.deallocate()
        finish?(report)
        finish = nil
    }

    private func act(on step: Exchange.Step, _ token: UInt32) -> Decision {
        switch step {
        case .send(let shape, let until) where !shape.isStream:
            if exchanges[Int(token)].attempt > 1 { report.retries += 1 }
            return .renew(until: until)
        case .send:
            report.retries += 1
            hand(token, to: sweep.servers[Int(token) % sweep.servers.count])
            return .done
        case .resend(let until):
            report.retries += 1
            return .resend(until: until)
        case .pause(let until):
            return .wait(until: until)
        case .conclude(.failed(let failure)):
            conclude(token, failure: failure.code)
            return .done
        case .conclude(.answered):
            conclude(token, failure: "malformed")
            return .done
        }
    }

    // MARK: - Concluding

    private func conclude(_ outcome: SweepStreams.Outcome) {
        onStreams -= 1
        report.retries += max(outcome.attempts - 1, 0)
        switch outcome.reply {
        case .failure(let failure):
            conclude(outcome.token, failure: failure.code)
        case .message(_, let bytes):
            if let answer = summary(bytes.span) {
                conclude(outcome.token, answer)
            } else {
                conclude(outcome.token, failure: "malformed")
            }
        }
    }

    private func conclude(_ token: UInt32, _ answer: AnswerSummary) {
        if answer.responseCode == .noError || answer.responseCode == .nxDomain {
            report.answered += 1
        } else {
            report.failed[answer.responseCode.description.lowercased(), default: 0] += 1
        }
        let question = Int(token) / sweep.servers.count
        let said = SweepQuestions.Said(responseCode: answer.responseCode, records: answer.answer)
        if let first = questions[question].said {
            if first != said { questions[question].differs = true }
        } else {
            questions[question].said = said
        }
        settle(question)
    }

    private func conclude(_ token: UInt32, failure: String) {
        report.failed[failure, default: 0] += 1
        settle(Int(token) / sweep.servers.count)
    }

    private func settle(_ question: Int) {
        questions[question].open -= 1
        guard questions[question].open == 0 else { return }
        if questions[question].differs { report.differing += 1 }
        questions.release(question)
    }
}

extension Exchange.Failure {
    /// The identifier of the failure in `ExchangeFailure.code`.
    var code: String {
        switch self {
        case .timeout: "timeout"
        case .refused: "connection-refused"
        case .unreachable: "unreachable"
        case .malformed: "malformed"
        case .closed: "closed"
        case .other: "cancelled"
        }
    }
}
