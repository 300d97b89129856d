import DNSSEC
import DNSWire
import LapwingCrypto
import LapwingProbes
import Synchronization
import Testing

/// One driver serves all surveys of a process; what one saw is not what the next sees.
@Suite struct ChainDriverTests {
    /// A world that changes while a driver asks it.
    final class Stage: @unchecked Sendable {  // The world is only touched under the lock.
        private let lock = Mutex(())
        private var world = ResolverTests.world()
        private var asked: [ServerQuery: Int] = [:]

        var settings: ResolverSettings { lock.withLock { _ in world.settings } }
        /// How often the question asked most often was asked.
        var most: Int { lock.withLock { _ in asked.values.max() ?? 0 } }

        func answer(_ query: ServerQuery) -> ServerReply {
            lock.withLock { _ in
                asked[query, default: 0] += 1
                return world.answer(query)
            }
        }

        func change(_ body: (inout SignedWorld) -> Void) {
            lock.withLock { _ in
                asked = [:]
                body(&world)
            }
        }
    }

    @Test func eachSurveyAsksAnew() async {
        let stage = Stage()
        let settings = stage.settings
        let driver = ChainDriver(settings: settings, verifier: LibcryptoVerifier(), exchange: { stage.answer($0) })
        let name = SignedWorld.name("good.test.")
        let before = await driver.survey(name, now: SignedWorld.now)
        #expect(before.proof == .secure)
        #expect(stage.most == 1, "both walks of a survey see the same replies")
        stage.change { world in
            world.zones[SignedWorld.name("test.")]?.sets.removeAll { $0.type == .ds && $0.name == name }
            let digest = DS(
                type: .ds, keyTag: 1, algorithm: 13, digestType: 2, digest: [UInt8](repeating: 1, count: 32))
            world.zones[SignedWorld.name("test.")]?.sets.append(
                RRset(name: name, type: .ds, ttl: 300, data: [digest.data]))
        }
        let after = await driver.survey(name, now: SignedWorld.now + 1)
        #expect(after.proof.verdict == .bogus)
        #expect(after.proof.reason?.code == .keyMismatch)
        stage.change { $0 = ResolverTests.world() }
        let again = await driver.survey(name, now: SignedWorld.now + 2)
        #expect(again.proof == .secure)
    }

    /// Settings are read for each question, so that keys that are followed through a rollover count at once.
    @Test func aDriverFollowsItsSettings() async {
        let stage = Stage()
        let settings = stage.settings
        let anchors = Mutex(TrustAnchors.builtIn)
        let driver = ResolutionDriver(
            following: {
                var settings = settings
                settings.anchors = anchors.withLock { $0 }
                return settings
            }, verifier: LibcryptoVerifier(), exchange: { stage.answer($0) })
        var memory = ResolutionCache()
        let question = Question(name: SignedWorld.name("www.good.test."), type: .a)
        let before = await driver.resolve(question, memory: &memory, now: SignedWorld.now)
        #expect(before.proof.verdict == .bogus)
        anchors.withLock { $0 = settings.anchors }
        let after = await driver.resolve(question, memory: &memory, now: SignedWorld.now)
        #expect(after.proof == .secure)
    }
}
