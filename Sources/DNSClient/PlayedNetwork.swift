package import DNSWire

/// A network that is played: bytes to a server, bytes back, without sockets.
///
/// Whoever is played decides what comes and when; retries, fallbacks, sizes, cookies and what counts as an answer are those
/// of the client over sockets. Time is whatever the player's clock says; of two things that come at once the first one sent
/// comes first, so that the same replies make the same course.
package struct PlayedNetwork: Sendable {
    /// A datagram on its way to the port from which a query went out.
    package struct Datagram: Sendable {
        /// All of it, the id included.
        package var bytes: [UInt8]
        /// From the query to its arrival.
        package var milliseconds: Int64
        /// Whether it comes from the address and the port that were asked; the system hands over no other.
        package var isFromServer: Bool

        package init(_ bytes: [UInt8], milliseconds: Int64 = 20, isFromServer: Bool = true) {
            self.bytes = bytes
            self.milliseconds = milliseconds
            self.isFromServer = isFromServer
        }
    }

    /// What comes of a query that goes to a server by datagram; nothing after a loss.
    package var datagrams: @Sendable (_ query: [UInt8], _ server: ServerAddress) async -> [Datagram]
    /// What a server replies to a query over a stream; nil where nothing comes.
    package var stream: @Sendable (_ query: [UInt8], _ server: ServerAddress) async -> [UInt8]?
    /// The clock of the client.
    package var now: @Sendable () -> Monotonic = { .current() }
    /// Draws what the client would draw by chance: cookies, and the key of its digests.
    package var random = systemRandom
    /// Lets time go by up to a moment of ``now``; does nothing where it stands still for whoever plays.
    package var wait: @Sendable (Monotonic) async -> Void = { _ in }

    package init(
        datagrams: @escaping @Sendable (_ query: [UInt8], _ server: ServerAddress) async -> [Datagram],
        stream: @escaping @Sendable (_ query: [UInt8], _ server: ServerAddress) async -> [UInt8]?
    ) {
        self.datagrams = datagrams
        self.stream = stream
    }

    /// A network on which nothing is lost and no time goes by.
    ///
    /// - Parameter reply: what a server says; nil where nothing comes. The last value says whether over a stream.
    package init(
        reply: @escaping @Sendable (_ query: [UInt8], _ server: ServerAddress, _ overStream: Bool) async -> [UInt8]?
    ) {
        self.init(
            datagrams: { query, server in await reply(query, server, false).map { [Datagram($0)] } ?? [] },
            stream: { query, server in await reply(query, server, true) })
    }

    static let systemRandom: @Sendable () -> UInt64 = { UInt64.random(in: 0...UInt64.max) }

    /// The id of the first query of each question: there is nobody who could guess it.
    fileprivate static let id: UInt16 = 0x1A70

    /// Carries questions through to their ends, all at once, as the engine's thread would.
    func play(_ owner: DatagramOwner, _ questions: [(token: UInt32, server: ServerAddress)]) async {
        var course = Course(network: self, owner: owner, now: now())
        await course.run(questions)
    }

    /// The reply to a query over a stream.
    func ask(_ question: StreamQuestion, at server: ServerAddress) async -> Result<[UInt8], ExchangeFailure> {
        var query = question.bytes
        query.replaceSubrange(0..<2, with: [UInt8(Self.id >> 8), UInt8(Self.id & 255)])
        return await stream(query, server).map { .success($0) } ?? .failure(.timeout)
    }
}

/// The questions of one owner on their way.
private struct Course {
    struct Flight {
        var server: ServerAddress
        /// The place among the questions.
        var place: Int
        var query: [UInt8] = []
        var layout = DatagramOwner.QueryLayout(length: 0, questionEnd: 0, exactCase: false)
        var deadline: Monotonic
        /// Queries that were written; each has an id of its own.
        var queries: UInt16 = 0
        /// Datagrams that came to the port and were nothing that it waits for.
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
            // The first of the earliest, as it was sent.
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
