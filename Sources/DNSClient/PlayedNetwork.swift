package import DNSWire

/// A network that is played: bytes to a server, bytes back, without sockets and without time going by.
///
/// Whoever is played decides what comes; retries, fallbacks, sizes and cookies are those of the client over sockets.
package struct PlayedNetwork: Sendable {
    /// What a server replies to a query; nil where nothing comes. The last value says whether the query came over a stream.
    package var reply: @Sendable (_ query: [UInt8], _ server: ServerAddress, _ overStream: Bool) async -> [UInt8]?

    package init(
        reply: @escaping @Sendable (_ query: [UInt8], _ server: ServerAddress, _ overStream: Bool) async -> [UInt8]?
    ) {
        self.reply = reply
    }

    /// What a reply takes.
    private static let roundTrip = Monotonic.milliseconds(20)
    /// All queries have the same id: there is nobody who could guess it.
    private static let id: [UInt8] = [0x1A, 0x70]

    /// Carries one question through to its end, as the engine's thread would.
    func play(_ owner: DatagramOwner, _ token: UInt32, at server: ServerAddress) async {
        var now = Monotonic.current()
        var decision = owner.begin(token, at: now)
        var query: [UInt8] = []
        var layout = DatagramOwner.QueryLayout(length: 0, questionEnd: 0, exactCase: false)
        while true {
            let deadline: Monotonic
            switch decision {
            case .done: return
            case .ignore: deadline = now
            case .wait(let until): deadline = until
            case .resend(let until): deadline = until
            case .renew(let until):
                deadline = until
                (query, layout) = Self.query(of: owner, token)
            }
            var datagram: [UInt8]?
            switch decision {
            case .resend, .renew: datagram = await reply(query, server, false)
            case .wait, .ignore, .done: break
            }
            if let datagram, Self.answers(datagram, query, layout) {
                let next = datagram.withUnsafeBytes { owner.receive(token, $0, at: now + Self.roundTrip) }
                if case .ignore = next {
                } else {
                    now = now + Self.roundTrip
                    decision = next
                    continue
                }
            }
            now = max(deadline, now)
            decision = owner.expired(token, strays: 0, at: now)
        }
    }

    /// The reply to a query over a stream.
    func ask(_ question: StreamQuestion, at server: ServerAddress) async -> Result<[UInt8], ExchangeFailure> {
        var query = question.bytes
        query.replaceSubrange(0..<2, with: Self.id)
        return await reply(query, server, true).map { .success($0) } ?? .failure(.timeout)
    }

    private static func query(
        of owner: DatagramOwner, _ token: UInt32
    ) -> (bytes: [UInt8], layout: DatagramOwner.QueryLayout) {
        var bytes = [UInt8](repeating: 0, count: DatagramEngine.largestQuery)
        let layout = bytes.withUnsafeMutableBytes { owner.write(token, into: $0) }
        bytes.removeSubrange(layout.length...)
        bytes.replaceSubrange(0..<2, with: id)
        return (bytes, layout)
    }

    private static func answers(
        _ datagram: [UInt8], _ query: [UInt8], _ layout: DatagramOwner.QueryLayout
    ) -> Bool {
        guard datagram.count >= 12, datagram[0] == query[0], datagram[1] == query[1] else { return false }
        return datagram.withUnsafeBytes { datagram in
            query.withUnsafeBytes { query in
                QuestionCheck.verdict(
                    reply: datagram, query: query, questionEnd: layout.questionEnd, exactCase: layout.exactCase)
                    == .answers
            }
        }
    }
}
