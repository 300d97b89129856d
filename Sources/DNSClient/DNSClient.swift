public import DNSWire
import NIOCore

/// Queries DNS servers: one question to one server, over UDP, TCP, TLS or HTTPS.
///
/// It never throws: a failure on the network is an observation, and is in the record with everything that was tried. It
/// is idle between questions; threads and connections are created for the first question that needs them.
public final class DNSClient: Sendable {
    /// Settings for all questions.
    public struct Configuration: Sendable {
        /// A file of PEM certificates to trust instead of the system's; nil for the system's.
        public var trustRootsFile: String?
        /// TLS servers that are authenticated by their key: the DER encoding of each one's SubjectPublicKeyInfo.
        public var publicKeyPins: [ServerAddress: Set<[UInt8]>] = [:]
        /// The limit of outstanding questions over UDP.
        public var questionsInFlight = 16384
        /// The limit of outstanding questions over UDP at one server.
        public var questionsPerServer = 256
        /// The limit of open UDP sockets, at least 1; questions to more servers wait for one.
        public var datagramSockets = 4096
        /// The limit of open TCP and TLS connections, at least 1; questions to more servers wait for one.
        public var streamSockets = 16384
        /// The limits of questions per second.
        public var budgets = QuestionBudgets()

        /// The default settings.
        public init() {}
    }

    let engine: DatagramEngine
    private let gate: QuestionGate
    /// Replaces sockets; nil for the real network.
    let played: PlayedNetwork?
    let cookies: CookieJar
    /// The key for digests of the answers in batches.
    package let digestKey: AnswerDigest.Key
    let digests: BatchedQuestions.Digests
    private let streams: StreamPool
    private let https: HTTPSTransport

    /// Makes a client; nothing is opened yet.
    public convenience init(configuration: Configuration = Configuration()) {
        self.init(configuration: configuration, playing: nil)
    }

    /// - Parameter network: replaces servers over sockets.
    package init(configuration: Configuration = Configuration(), playing network: PlayedNetwork?) {
        played = network
        var limits = DatagramEngine.Limits()
        limits.questions = max(configuration.questionsInFlight, 1)
        limits.questionsPerServer = max(configuration.questionsPerServer, 1)
        limits.sockets = max(configuration.datagramSockets, 1)
        gate = QuestionGate(configuration.budgets, at: network?.now() ?? .current())
        engine = DatagramEngine(limits: limits, gate: gate)
        let random = network?.random ?? PlayedNetwork.systemRandom
        cookies = CookieJar(random: random)
        digestKey = AnswerDigest.Key(low: random(), high: random())
        digests = BatchedQuestions.Digests(key: digestKey)
        var pins: TLSSettings.Pins = [:]
        for (server, keys) in configuration.publicKeyPins {
            if let key = StreamKey(server) { pins[key] = keys }
        }
        streams = StreamPool(
            tls: TLSSettings(rootsFile: configuration.trustRootsFile, pins: pins),
            most: max(configuration.streamSockets, 1))
        https = HTTPSTransport(rootsFile: configuration.trustRootsFile)
    }

    /// Asks a server one question and reports what happened.
    public func query(
        _ name: Name, _ type: RecordType, at server: ServerAddress, options: QueryOptions = QueryOptions()
    ) async -> ExchangeRecord {
        if server.transport != .udp || options.transport == .tcp {
            let wait = gate.enqueue(server, at: now())
            if wait.nanoseconds > 0 { await sleep(until: now() + wait) }
        }
        let wallClock = wallClockNanoseconds()
        let question = Question(name: name, type: type, recordClass: .in)
        var progress = ExchangeProgress(name: name, type: type, server: server, options: options, at: now())
        var step: Exchange.Step
        if server.transport == .udp, options.transport != .tcp {
            (progress, step) = await askByDatagram(progress)
        } else {
            step = progress.start(at: now())
        }
        while true {
            switch step {
            case .send(_, let until):
                step = await askByStream(&progress, until: until)
            case .pause(let until), .resend(let until):
                await sleep(until: until)
                step = Task.isCancelled ? progress.failed(.cancelled, at: now()) : progress.expired(at: now())
            case .conclude:
                return progress.record(startedAt: wallClock, question: question, at: now())
            }
        }
    }

    /// The client's clock: the machine's, or that of the played network.
    func now() -> Monotonic { played?.now() ?? .current() }

    private func sleep(until moment: Monotonic) async {
        if let played { return await played.wait(moment) }
        try? await Task.sleep(for: (moment - .current()).duration)
    }

    /// Replaces the budgets.
    public func setBudgets(_ budgets: QuestionBudgets) {
        gate.set(budgets, at: now())
        engine.takeBudgets()
    }

    /// The questions that budgets delay at present.
    public var held: HeldQuestions { gate.held }

    /// Ends all outstanding questions as cancelled, and closes all connections.
    public func shutdown() async {
        engine.stop()
        streams.close()
        await https.shutdown()
    }

    // MARK: - One attempt

    /// Lets the engine ask until there is an answer or a failure, or a stream is needed.
    private func askByDatagram(_ progress: ExchangeProgress) async -> (ExchangeProgress, Exchange.Step) {
        var progress = progress
        guard let endpoint = Endpoint(progress.server) else {
            _ = progress.start(at: now())
            return (progress, progress.failed(.unusableAddress("UDP needs an address"), at: now()))
        }
        if let played {
            var handed: (ExchangeProgress, Exchange.Step)?
            let owner = SingleQuestion(
                progress, address: endpoint.address, cookies: cookies, clock: played.now
            ) { handed = ($0, $1) }
            await played.play(owner, [(0, progress.server)])
            return handed ?? (progress, progress.failed(.cancelled, at: now()))
        }
        let canceller = Canceller()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let owner = SingleQuestion(progress, address: endpoint.address, cookies: cookies) { progress, step in
                    continuation.resume(returning: (progress, step))
                }
                let isTaken = engine.submit(.question(owner, token: 0, endpoint))
                guard isTaken else {
                    _ = owner.begin(0, at: .current())
                    _ = owner.failed(0, error: DatagramEngine.cancelled, at: .current())
                    return
                }
                let handle = DatagramEngine.Submission.cancel(owner)
                canceller.arm { [engine] in _ = engine.submit(handle) }
            }
        } onCancel: {
            canceller.cancel()
        }
    }

    /// Asks once over TCP, TLS or HTTPS.
    private func askByStream(_ progress: inout ExchangeProgress, until: Monotonic) async -> Exchange.Step {
        let layout = progress.streamQuery()
        let left = max((until - now()).nanoseconds, 0)
        let question = StreamQuestion(
            bytes: layout.bytes, questionEnd: layout.questionEnd, exactCase: progress.query.mixedCase,
            deadline: .now() + .nanoseconds(left))
        progress.sent(bytes: question.bytes.count, at: now())
        let result: Result<[UInt8], ExchangeFailure>
        if let played {
            result = await played.ask(question, at: progress.server)
        } else if progress.server.transport == .https {
            result = await https.ask(question, at: progress.server)
        } else if let key = StreamKey(progress.server) {
            result = await streams.ask(question, at: key)
        } else {
            result = .failure(.unusableAddress("a stream needs an address"))
        }
        switch result {
        case .failure(let failure):
            return progress.failed(failure, at: now())
        case .success(let bytes):
            do throws(WireError) {
                let message = try Message(
                    decoding: bytes, leavingOutBrokenExtras: progress.options.leavesOutBrokenExtras)
                return progress.received(message, bytes: bytes, at: now())
            } catch {
                return progress.received(unreadable: error, bytes: bytes, at: now())
            }
        }
    }
}

extension Endpoint {
    /// The destination of datagrams to a server; nil if only its name is known.
    init?(_ server: ServerAddress) {
        guard let address = server.address else { return nil }
        self.init(address: address, port: server.port)
    }
}

extension StreamKey {
    /// The connection for a server; nil if only its name is known.
    init?(_ server: ServerAddress) {
        guard let endpoint = Endpoint(server) else { return nil }
        let isEncrypted = server.transport == .tls
        self.init(endpoint: endpoint, isEncrypted: isEncrypted, serverName: isEncrypted ? server.serverName : nil)
    }
}
