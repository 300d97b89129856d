import Glibc
import LapwingOutgoing
import Synchronization
import Testing

@Suite("Host look-ups")
struct HostLookupsTests {
    /// Look-ups that block until the gate is opened, and a count of those that began.
    private final class Gate: Sendable {
        let begun = Mutex<[String]>([])
        let isOpen = Mutex(false)

        func find(_ host: String) -> [String] {
            begun.withLock { $0.append(host) }
            while !isOpen.withLock(\.self) { usleep(2000) }
            return host == "none" ? [] : ["192.0.2.1"]
        }

        func wait(for count: Int) async throws {
            for _ in 0..<1000 where begun.withLock(\.count) < count { try await Task.sleep(for: .milliseconds(5)) }
            #expect(begun.withLock(\.count) == count)
        }
    }

    private static func outcome(_ lookups: HostLookups, _ host: String, _ limit: Duration = .seconds(30)) async
        -> HostLookups.Outcome
    {
        do throws(HostLookups.Failure) {
            return .success(try await lookups.addresses(of: host, limit: limit))
        } catch {
            return .failure(error)
        }
    }

    @Test("tells at once that a pool is full, and looks up again when it is not")
    func full() async throws {
        let gate = Gate()
        let lookups = HostLookups(threads: 2, waiting: 1, find: gate.find)
        async let first = Self.outcome(lookups, "a")
        async let second = Self.outcome(lookups, "b")
        try await gate.wait(for: 2)
        let third = Task { await Self.outcome(lookups, "c") }
        try await Task.sleep(for: .milliseconds(50))
        #expect(await Self.outcome(lookups, "d") == .failure(.busy))
        gate.isOpen.withLock { $0 = true }
        #expect(await first == .success(["192.0.2.1"]))
        #expect(await second == .success(["192.0.2.1"]))
        #expect(await third.value == .success(["192.0.2.1"]))
        #expect(await Self.outcome(lookups, "none") == .failure(.notFound))
        #expect(Set(gate.begun.withLock(\.self)) == ["a", "b", "c", "none"])
    }

    @Test("leaves a look-up behind when time is up or the asker is gone, and never begins one that waited")
    func leaving() async throws {
        let gate = Gate()
        let lookups = HostLookups(threads: 1, waiting: 8, find: gate.find)
        #expect(await Self.outcome(lookups, "slow", .milliseconds(30)) == .failure(.timeout))
        let waiting = Task { await Self.outcome(lookups, "waiting") }
        try await Task.sleep(for: .milliseconds(50))
        waiting.cancel()
        #expect(await waiting.value == .failure(.cancelled))
        #expect(await Self.outcome(lookups, "late", .milliseconds(30)) == .failure(.timeout))
        gate.isOpen.withLock { $0 = true }
        #expect(await Self.outcome(lookups, "next") == .success(["192.0.2.1"]))
        #expect(gate.begun.withLock(\.self) == ["slow", "next"])
    }

    @Test("looks nothing up that is no host", arguments: ["", "a\0b", String(repeating: "a", count: 256)])
    func noHost(_ host: String) async {
        let lookups = HostLookups(threads: 1, waiting: 0) { _ in ["192.0.2.1"] }
        #expect(await Self.outcome(lookups, host) == .failure(.notFound))
    }
}
