import BlackboxProbe
import NIOCore
import NIOPosix
import Testing

@Suite("A run of a probe")
struct ProbeRunTests {
    private static let url = "https://dns.example/dns-query"

    private static func module(_ more: String = "", additions: String = "") throws -> ProbeModule {
        let configuration = try BlackboxConfiguration(
            yaml:
                "modules: {m: {prober: dns, dns: {query_name: a.test, query_type: A\(more)}, lapwing: {validate: true\(additions)}}}"
        )
        return try #require(configuration.modules["m"])
    }

    /// The query turned into a reply with one address.
    private static func reply(to query: [UInt8], id: UInt8 = 0) -> [UInt8] {
        var reply = query
        reply[1] = id
        reply[2] = 0x81
        reply[3] = 0x80
        reply[7] = 1
        return reply + [0xc0, 12, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4, 192, 0, 2, 1]
    }

    private static func run(
        target: String, additions: String = ", dns_over_https: true", _ means: DNSProbe.Means
    ) async throws -> DNSProbe.Result {
        await DNSProbe(module: try module(additions: additions), target: target, patterns: PatternCache(), means: means)
            .run(limit: 2)
    }

    @Test("asks a URL over HTTPS, and judges what comes back")
    func https() async throws {
        let good = DNSProbe.Means(exchangeHTTPS: { url, query, _, limit in
            #expect(url == Self.url && limit > 1)
            return .success(Self.reply(to: query))
        })
        let result = try await Self.run(target: Self.url, good)
        #expect(result.success)
        #expect(result.metrics.value(.answerRecords) == 1)
        #expect(result.metrics.value(.addressProtocol) == nil)
    }

    @Test("fails when HTTPS brings nothing that can be used", arguments: 0..<3)
    func badHTTPS(_ kind: Int) async throws {
        let means = DNSProbe.Means(exchangeHTTPS: { _, query, _, _ in
            switch kind {
            case 0: .failure(HTTPSFailure(reason: "nobody there"))
            case 1: .success([1, 2, 3])
            default: .success(Self.reply(to: query, id: 7))
            }
        })
        let result = try await Self.run(target: Self.url, means)
        #expect(!result.success)
        #expect(result.metrics.value(.querySucceeded) == 0)
        #expect(result.log.text.contains("Error while sending a DNS query"))
    }

    @Test("takes a URL for a name where the module does not ask for HTTPS, as the exporter does")
    func notAskedFor() async throws {
        let means = DNSProbe.Means(exchangeHTTPS: { _, _, _, _ in
            Issue.record("asked")
            return .failure(HTTPSFailure(reason: ""))
        })
        let result = try await Self.run(target: Self.url, additions: "", means)
        #expect(!result.success)
        #expect(result.metrics.value(.addressProtocol) == 0)
    }

    @Test("ends at once when nobody waits for it any more", arguments: ["udp", "tcp"])
    func cancelled(_ transport: String) async throws {
        let silent = try await Silent(transport)
        let module = try Self.module(", transport_protocol: \(transport)")
        let probe = DNSProbe(module: module, target: "127.0.0.1:\(silent.port)", patterns: PatternCache())
        let start = ContinuousClock.now
        let task = Task { await probe.run(limit: 60) }
        try await Task.sleep(for: .milliseconds(200))
        task.cancel()
        let result = await task.value
        #expect(!result.success)
        #expect(result.log.text.contains("operation was canceled"))
        #expect(ContinuousClock.now - start < .seconds(3))
        // The same for one that is cancelled before it begins.
        let early = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await probe.run(limit: 60)
        }
        #expect(await !early.value.success)
        #expect(ContinuousClock.now - start < .seconds(6))
        await silent.stop()
    }

    @Test("takes a URL for a name where HTTPS is not offered")
    func noHTTPS() async throws {
        let result = try await Self.run(target: Self.url, DNSProbe.Means())
        #expect(!result.success)
        #expect(result.metrics.value(.addressProtocol) == 0)
    }

    @Test(
        "tells what validation says, whatever becomes of the probe",
        arguments: [ValidationStatus.secure, .insecure, .bogus, .noVerdict])
    func validation(_ status: ValidationStatus) async throws {
        let means = DNSProbe.Means(validate: { name, type, _ in
            #expect(name == "a.test" && type == 1)
            return status
        })
        // Nobody listens on the discard port.
        let result = try await Self.run(target: "127.0.0.1:9", means)
        #expect(!result.success)
        #expect(result.metrics.value(.dnssecStatus) == status.rawValue)
        #expect(result.metrics.text.contains("probe_dnssec_status \(Int(status.rawValue))\n"))
    }

    @Test("learns at once that a port is closed, and counts the time as that of the question")
    func closedPort() async throws {
        let result = try await Self.run(target: "127.0.0.1:9", DNSProbe.Means())
        // Far from the time limit of five seconds, also where the machine is busy.
        #expect(try #require(result.metrics.value(.duration)) < 3)
        #expect(result.metrics.value(.dnssecStatus) == nil)
    }
}

/// A server on loopback that takes everything and says nothing.
private struct Silent {
    private let channel: any Channel

    var port: Int { channel.localAddress?.port ?? 0 }

    init(_ transport: String) async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        channel =
            transport == "udp"
            ? try await DatagramBootstrap(group: group).bind(host: "127.0.0.1", port: 0).get()
            : try await ServerBootstrap(group: group).bind(host: "127.0.0.1", port: 0).get()
    }

    func stop() async { try? await channel.close() }
}
