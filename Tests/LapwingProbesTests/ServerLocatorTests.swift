import DNSSEC
import DNSWire
import LapwingCore
import LapwingCrypto
import LapwingProbes
import Synchronization
import Testing

/// What many domains have in common is looked up once for all of them.
@Suite struct ServerLocatorTests {
    /// Counts questions to servers; none is answered, each after a moment.
    private final class Silence: Sendable {
        private let count = Atomic(0)

        var questions: Int { count.load(ordering: .relaxed) }

        func locator() throws -> ServerLocator {
            let roots = RootHints(servers: [
                NameServer(name: try Name("a.root.test"), addresses: [try #require(IPAddress("127.0.0.1"))])
            ])
            let settings = ResolverSettings(roots: roots, anchors: .none, usesIPv6: false)
            let driver = ResolutionDriver(settings: settings, verifier: LibcryptoVerifier()) { _ in
                self.count.add(1, ordering: .relaxed)
                try? await Task.sleep(for: .milliseconds(20))
                return .failure("nobody is there")
            }
            return ServerLocator(
                resolve: { question, memory in await driver.resolve(question, memory: &memory, now: 1_800_000_000) },
                registrable: { $0 }, isRegistered: { _ in nil }, usesIPv6: false,
                now: { Timestamp(seconds: 1_800_000_000) })
        }
    }

    /// Ways to ask for what domains share.
    static let lookUps: [(title: String, ask: @Sendable (ServerLocator, Int) async throws -> Void)] = [
        ("a mail host", { locator, _ in _ = await locator.dependency(try Name("mx.provider.test")) }),
        ("the zone above", { locator, number in _ = await locator.parent(of: try Name("d\(number).test")) }),
        ("a name server", { locator, _ in _ = await locator.location(of: try Name("ns1.provider.test")) }),
    ]

    @Test("many domains that ask at the same moment cost no more questions than one", arguments: lookUps.indices)
    func together(place: Int) async throws {
        let (one, many) = (Silence(), Silence())
        try await Self.lookUps[place].ask(one.locator(), 0)
        let locator = try many.locator()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 { group.addTask { try await Self.lookUps[place].ask(locator, number) } }
            try await group.waitForAll()
        }
        #expect(one.questions > 0)
        #expect(many.questions == one.questions, "\(Self.lookUps[place].title)")
    }

    @Test("a look-up goes on for whoever still waits, and no longer", arguments: lookUps.indices)
    func leaving(place: Int) async throws {
        let silence = Silence()
        let locator = try silence.locator()
        let tasks = (0..<2).map { number in Task { try await Self.lookUps[place].ask(locator, number) } }
        while silence.questions == 0 { try await Task.sleep(for: .milliseconds(2)) }
        tasks[0].cancel()
        let before = silence.questions
        for _ in 0..<500 where silence.questions == before { try await Task.sleep(for: .milliseconds(2)) }
        #expect(silence.questions > before)
        tasks[1].cancel()
        for task in tasks { _ = try? await task.value }
        try await Task.sleep(for: .milliseconds(100))
        let after = silence.questions
        try await Task.sleep(for: .milliseconds(300))
        #expect(silence.questions == after)
    }
}
