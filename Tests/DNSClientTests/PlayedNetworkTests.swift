import DNSClient
import DNSWire
import Synchronization
import Testing

/// What a client over a played network takes for an answer, and when.
@Suite("A network that is played")
struct PlayedNetworkTests {
    private static let server = ServerAddress(address: IPAddress("192.0.2.1"), port: 53)

    /// The time that the player lets go by.
    private final class Clock: Sendable {
        let value = Mutex(Monotonic(nanoseconds: 0))
        var now: Monotonic { value.withLock { $0 } }
        func go(to moment: Monotonic) { value.withLock { $0 = max($0, moment) } }
    }

    private static func reply(_ query: [UInt8], _ address: String) -> [UInt8] {
        guard var message = try? Message(decoding: query), let name = message.questions.first?.name,
            let address = IPAddress(address)
        else { return [] }
        message.flags.insert(.isResponse)
        message.additionals = []
        message.answers = [Record(name: name, ttl: 60, data: Address(address: address).data)]
        return (try? message.encoded()) ?? []
    }

    static let forgeries: [(text: String, make: @Sendable ([UInt8]) -> PlayedNetwork.Datagram)] = [
        ("another id", { bytes in PlayedNetwork.Datagram([bytes[0], bytes[1] ^ 1] + bytes[2...], milliseconds: 1) }),
        (
            "another question",
            { bytes in
                var bytes = bytes
                bytes[13] ^= 1
                return PlayedNetwork.Datagram(bytes, milliseconds: 1)
            }
        ),
        ("another source", { PlayedNetwork.Datagram($0, milliseconds: 1, isFromServer: false) }),
        (
            "no reply",
            { bytes in
                var bytes = bytes
                bytes[2] &= 0x7F
                return PlayedNetwork.Datagram(bytes, milliseconds: 1)
            }
        ),
    ]

    @Test("forged datagrams that come first are passed over", arguments: forgeries.indices)
    func forged(_ index: Int) async throws {
        let network = PlayedNetwork(
            datagrams: { query, _ in
                [
                    Self.forgeries[index].make(Self.reply(query, "198.51.100.66")),
                    PlayedNetwork.Datagram(Self.reply(query, "192.0.2.7")),
                ]
            }, stream: { _, _ in nil })
        let record = await DNSClient(playing: network).query(try Name("a.test"), .a, at: Self.server)
        #expect(record.message?.answers.first?.data.text == "192.0.2.7")
    }

    @Test("a lost query is put again, and a late reply to the first one still counts")
    func late() async throws {
        let clock = Clock()
        let count = Atomic(0)
        var network = PlayedNetwork(
            datagrams: { query, _ in
                let number = count.wrappingAdd(1, ordering: .relaxed).oldValue
                return number == 0 ? [.init(Self.reply(query, "192.0.2.7"), milliseconds: 900)] : []
            }, stream: { _, _ in nil })
        network.now = { clock.now }
        network.wait = { clock.go(to: $0) }
        let record = await DNSClient(playing: network).query(try Name("a.test"), .a, at: Self.server)
        #expect(record.message?.answers.first?.data.text == "192.0.2.7")
        #expect(count.load(ordering: .relaxed) == 2 && clock.now == .milliseconds(900))
        #expect(record.elapsed == .milliseconds(900))
    }

    @Test("questions of a batch wait at the same time")
    func batch() async throws {
        let clock = Clock()
        var network = PlayedNetwork(datagrams: { _, _ in [] }, stream: { _, _ in nil })
        network.now = { clock.now }
        network.wait = { clock.go(to: $0) }
        var options = QueryOptions()
        options.timeout = .seconds(4)
        let questions = try (0..<5).map {
            BatchQuestion(name: try Name("n\($0).test"), type: .a, server: Self.server, options: options)
        }
        let answers = await DNSClient(playing: network).ask(questions)
        for answer in answers {
            guard case .failure(.timeout) = answer.outcome else {
                Issue.record("\(answer.outcome)")
                continue
            }
        }
        #expect(clock.now == .milliseconds(4000))
    }
}
