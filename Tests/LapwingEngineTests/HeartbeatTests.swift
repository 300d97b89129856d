import Foundation
import LapwingCore
import LapwingEngine
import LapwingStore
import Logging
import Synchronization
import Testing

@Suite("The heartbeat")
struct HeartbeatTests {
    /// A clock that a wait of a second moves by a second, until its time is over.
    private final class World: Sendable {
        private static let begin: Int64 = 1_790_000_000_000
        let elapsed = Mutex<Int64>(0)
        let beats = Mutex<[Int64]>([])
        let status = EngineStatus()

        func clock(until end: Int64, turning: Bool) -> EngineClock {
            EngineClock(
                now: { Timestamp(milliseconds: Self.begin + self.elapsed.withLock(\.self)) },
                elapsed: { self.elapsed.withLock(\.self) },
                sleep: { seconds in
                    let now = self.elapsed.withLock { elapsed in
                        elapsed += Int64(seconds * 1000)
                        return elapsed
                    }
                    guard now <= end * 1000 else { throw CancellationError() }
                    guard turning else { return }
                    self.status.change {
                        $0.turns.engine += 1
                        $0.turns.deliverer += 1
                    }
                })
        }

        /// The seconds at which a sign was given.
        func run(
            seconds: Int64, turning: Bool = true,
            every: @escaping @Sendable (_ second: Int64) -> Int64 = { _ in 10 },
            late: @escaping @Sendable (Int64) -> Int
        ) async throws -> [Int64] {
            let path = NSTemporaryDirectory() + "lapwing-\(UUID().uuidString).db"
            defer { try? FileManager.default.removeItem(atPath: path) }
            let heartbeat = Heartbeat(
                store: try Store(path: path, role: .keeper) { _ in }, clock: clock(until: seconds, turning: turning),
                status: status, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                settings: {
                    Settings.Heartbeat(url: "http://a", every: every(self.elapsed.withLock(\.self) / 1000))
                },
                late: { late(self.elapsed.withLock(\.self) / 1000) },
                send: { _ in
                    let now = self.elapsed.withLock(\.self) / 1000
                    self.beats.withLock { $0.append(now) }
                    return true
                })
            try await heartbeat.run()
            return beats.withLock(\.self)
        }
    }

    @Test("follows a reload, whenever the next one would have come")
    func reloaded() async throws {
        let beats = try await World().run(seconds: 45, every: { $0 < 15 ? 86_400 : 10 }) { _ in 0 }
        #expect(beats == [1, 15, 25, 35, 45])
    }

    @Test("comes as often as it is wanted while all is well")
    func well() async throws {
        #expect(try await World().run(seconds: 45) { _ in 0 } == [1, 11, 21, 31, 41])
    }

    @Test("is held back while a domain is late, and comes again")
    func late() async throws {
        #expect(try await World().run(seconds: 45) { (10..<30).contains($0) ? 1 : 0 } == [1, 31, 41])
    }

    @Test("is held back while the loops do not turn")
    func hung() async throws {
        // The first is given before anything can be said of the loops.
        #expect(try await World().run(seconds: 45, turning: false) { _ in 0 } == [1])
    }
}
