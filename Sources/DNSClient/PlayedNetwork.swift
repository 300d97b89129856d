package import DNSWire

/// A simulated network: bytes to a server and bytes back, without sockets.
///
/// The simulation decides which replies arrive and when; retries, fallbacks, sizes, cookies and the acceptance of
/// answers are those of the client over sockets. Time is that of the simulation's clock. Of two simultaneous arrivals
/// the one that was sent first comes first, so that runs are reproducible.
package struct PlayedNetwork: Sendable {
    /// A datagram in transit to the port from which a query was sent.
    package struct Datagram: Sendable {
        /// The complete datagram, including the ID.
        package var bytes: [UInt8]
        /// The time from the query to its arrival.
        package var milliseconds: Int64
        /// Whether it comes from the queried address and port; the system drops all others.
        package var isFromServer: Bool

        package init(_ bytes: [UInt8], milliseconds: Int64 = 20, isFromServer: Bool = true) {
            self.bytes = bytes
            self.milliseconds = milliseconds
            self.isFromServer = isFromServer
        }
    }

    /// Returns the datagrams that answer a query over UDP; empty after a loss.
    package var datagrams: @Sendable (_ query: [UInt8], _ server: ServerAddress) async -> [Datagram]
    /// Returns a server's reply to a query over a stream; nil if there is none.
    package var stream: @Sendable (_ query: [UInt8], _ server: ServerAddress) async -> [UInt8]?
    /// The clock of the client.
    package var now: @Sendable () -> Monotonic = { .current() }
    /// Draws the client's random values: cookies, and the key of its digests.
    package var random = systemRandom
    /// Advances the time to a moment of ``now``; does nothing if the simulation's time stands still.
    package var wait: @Sendable (Monotonic) async -> Void = { _ in }

    package init(
        datagrams: @escaping @Sendable (_ query: [UInt8], _ server: ServerAddress) async -> [Datagram],
        stream: @escaping @Sendable (_ query: [UInt8], _ server: ServerAddress) async -> [UInt8]?
    ) {
        self.datagrams = datagrams
        self.stream = stream
    }

    /// Makes a network without loss and delay.
    ///
    /// - Parameter reply: returns a server's reply; nil for none. The last argument is whether a stream is used.
    package init(
        reply: @escaping @Sendable (_ query: [UInt8], _ server: ServerAddress, _ overStream: Bool) async -> [UInt8]?
    ) {
        self.init(
            datagrams: { query, server in await reply(query, server, false).map { [Datagram($0)] } ?? [] },
            stream: { query, server in await reply(query, server, true) })
    }

    static let systemRandom: @Sendable () -> UInt64 = { UInt64.random(in: 0...UInt64.max) }

    /// The ID of the first query of each question, fixed since there is no attacker who could guess it.
    fileprivate static let id: UInt16 = 0x1A70

    /// Runs questions concurrently to their ends, as the engine's thread would.
    func play(_ owner: DatagramOwner, _ questions: [(token: UInt32, server: ServerAddress)]) async {
        var course = Course(network: self, owner: owner, now: now())
        await course.run(questions)
    }

    /// Returns the reply to a query over a stream.
    func ask(_ question: StreamQuestion, at server: ServerAddress) async -> Result<[UInt8], ExchangeFailure> {
        var query = question.bytes
        query.replaceSubrange(0..<2, with: [UInt8(Self.id >> 8), UInt8(Self.id & 255)])
        return await stream(query, server).map { .success($0) } ?? .failure(.timeout)
    }
}

/// The questions of one owner in progress.
private struct Course {
    struct Flight {
        var server: ServerAddress
        /// The index of the question.
        var place: Int
        var query: [UInt8] = []
        var layout = DatagramOwner.QueryLayout(length: 0, questionEnd: 0, exactCase: false)
        var deadline: Monotonic
        /// The number of encoded queries; each has an ID of its own.
        var queries: UInt16 = 0
        /// The number of datagrams that arrived at the port and matched no outstanding query.
        var strays = 0
    }

    struct Arrival {
        var at: Monotonic
        var token: UInt32
        var datagram: PlayedNetwork.Datagram
    }

    let network: PlayedNetwork
    let owner: DatagramOwner
    var now: Monotonic
    private var flights: [UInt32: Flight] = [:]
    private var arrivals: [Arrival] = []

    init(network: PlayedNetwork, owner: DatagramOwner, now: Monotonic) {
        self.network = network
        self.owner = owner
        self.now = now
    }

    mutating func run(_ questions: [(token: UInt32, server: ServerAddress)]) async {
        for (place, question) in questions.enumerated() {
            flights[question.token] = Flight(server: question.server, place: place, deadline: now)
            await carryOut(owner.begin(question.token, at: now), question.token)
        }
        while let (token, flight) = flights.min(by: {
            ($0.value.deadline, $0.value.place) < ($1.value.deadline, $1.value.place)
        }) {
            // Of simultaneous arrivals the one that was sent first.
            if let next = arrivals.indices.min(by: { (arrivals[$0].at, $0) < (arrivals[$1].at, $1) }),
                arrivals[next].at <= flight.deadline
            {
                let arrival = arrivals.remove(at: next)
                await goOn(to: arrival.at)
                await take(arrival.datagram, arrival.token)
            } else {
                await goOn(to: flight.deadline)
                flights[token]?.strays = 0
                await carryOut(owner.expired(token, strays: flight.strays, at: now), token)
            }
        }
    }

    private mutating func goOn(to moment: Monotonic) async {
        guard moment > now else { return }
        await network.wait(moment)
        now = moment
    }

    private mutating func take(_ datagram: PlayedNetwork.Datagram, _ token: UInt32) async {
        guard let flight = flights[token], datagram.isFromServer else { return }
        let (bytes, query, layout) = (datagram.bytes, flight.query, flight.layout)
        guard bytes.count >= 12, bytes[0] == query[0], bytes[1] == query[1] else {
            flights[token]?.strays += 1
            return
        }
        let verdict = bytes.withUnsafeBytes { bytes in
            query.withUnsafeBytes { query in
                QuestionCheck.verdict(
                    reply: bytes, query: query, questionEnd: layout.questionEnd, exactCase: layout.exactCase)
            }
        }
        switch verdict {
        case .answers: await carryOut(bytes.withUnsafeBytes { owner.receive(token, $0, at: now) }, token)
        case .differs: owner.ignored(token)
        }
    }

    private mutating func carryOut(_ decision: DatagramOwner.Decision, _ token: UInt32) async {
        switch decision {
        case .done: flights[token] = nil
        case .ignore: break
        case .wait(let until): flights[token]?.deadline = until
        case .resend(let until):
            flights[token]?.deadline = until
            await send(token)
        case .renew(let until):
            flights[token]?.deadline = until
            write(token)
            await send(token)
        }
    }

    private mutating func write(_ token: UInt32) {
        var bytes = [UInt8](repeating: 0, count: DatagramEngine.largestQuery)
        let layout = bytes.withUnsafeMutableBytes { owner.write(token, into: $0) }
        bytes.removeSubrange(layout.length...)
        let id = PlayedNetwork.id &+ (flights[token]?.queries ?? 0)
        bytes.replaceSubrange(0..<2, with: [UInt8(id >> 8), UInt8(id & 255)])
        flights[token]?.query = bytes
        flights[token]?.layout = layout
        flights[token]?.queries += 1
    }

    private mutating func send(_ token: UInt32) async {
        guard let flight = flights[token] else { return }
        for datagram in await network.datagrams(flight.query, flight.server) {
            let at = now + .milliseconds(max(0, datagram.milliseconds))
            arrivals.append(Arrival(at: at, token: token, datagram: datagram))
        }
    }
}
