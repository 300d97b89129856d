import DNSClient
import DNSWire
import Testing

/// A process that may open few sockets asks one server after the other.
@Suite("Few sockets")
struct SocketLimitTests {
    private static func options(_ timeout: Duration, by transport: QueryOptions.Transport = .automatic) -> QueryOptions
    {
        var options = QueryOptions()
        options.timeout = timeout
        options.transport = transport
        return options
    }

    @Test("by UDP: who has none waits until one comes free, and is answered then")
    func datagrams() async throws {
        let slow = try ScriptedServer { [.wait(milliseconds: 1500)] + $0.usual }
        let quick = try ScriptedServer { $0.usual }
        defer { slow.stop(); quick.stop() }
        var configuration = DNSClient.Configuration()
        configuration.datagramSockets = 1
        let client = DNSClient(configuration: configuration)
        let name = try Name("a.test")
        async let first = client.query(name, .a, at: slow.address, options: Self.options(.seconds(20)))
        while slow.queries == 0 { try await Task.sleep(for: .milliseconds(1)) }
        let second = await client.query(name, .a, at: quick.address, options: Self.options(.seconds(20)))
        #expect(second.message != nil && second.elapsed > .milliseconds(200))
        #expect(await first.message != nil)
        await client.shutdown()
    }

    @Test("by TCP: the same, and no connection is held open for later meanwhile")
    func streams() async throws {
        let slow = try ScriptedServer { [.wait(milliseconds: 1500)] + $0.usual }
        let quick = try ScriptedServer { $0.usual }
        defer { slow.stop(); quick.stop() }
        var configuration = DNSClient.Configuration()
        configuration.streamSockets = 1
        let client = DNSClient(configuration: configuration)
        let name = try Name("a.test")
        async let first = client.query(name, .a, at: slow.address, options: Self.options(.seconds(20), by: .tcp))
        while slow.queries == 0 { try await Task.sleep(for: .milliseconds(1)) }
        let second = await client.query(name, .a, at: quick.address, options: Self.options(.seconds(20), by: .tcp))
        #expect(second.message != nil && second.elapsed > .milliseconds(200))
        #expect(await first.message != nil)
        await client.shutdown()
    }
}
