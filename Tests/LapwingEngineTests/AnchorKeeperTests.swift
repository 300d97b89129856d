import DNSSEC
import DNSWire
import LapwingCore
import LapwingCrypto
import LapwingEngine
import LapwingStore
import Logging
import Synchronization
import Testing

/// The root rolls its key over, and the daemon's keeper follows through the months, restarts included (RFC 5011).
struct AnchorKeeperTests {
    static let day: Int64 = 86400
    static let start: Int64 = 1_800_000_000

    /// A root server and a clock that jumps as far as anybody wants to sleep.
    final class Root: Sendable {
        struct Keys: Sendable {
            let old: SigningKey
            let new: SigningKey
            /// The old key with the REVOKE flag.
            let revoked: SigningKey
        }

        let keys: Keys
        let now = Mutex(AnchorKeeperTests.start)
        let trusted = Mutex(TrustAnchors.none)
        let verifier = LibcryptoVerifier()

        init?() {
            guard let old = SigningKey(algorithm: 8, seed: "old"), let new = SigningKey(algorithm: 8, seed: "new"),
                let revoked = SigningKey(algorithm: 8, seed: "old", flags: 0x0181)
            else { return nil }
            keys = Keys(old: old, new: new, revoked: revoked)
        }

        var today: Int64 { (now.withLock { $0 } - AnchorKeeperTests.start) / AnchorKeeperTests.day }

        /// What the root publishes on a day, and who signs it: the new key comes on day 10, the old one is revoked on
        /// day 60 and gone on day 100.
        func published(on day: Int64) -> (keys: [SigningKey], signers: [SigningKey]) {
            switch day {
            case ..<10: ([keys.old], [keys.old])
            case ..<60: ([keys.old, keys.new], [keys.old])
            case ..<100: ([keys.revoked, keys.new], [keys.revoked, keys.new])
            default: ([keys.new], [keys.new])
            }
        }

        /// The answer to any question, over the wire.
        func reply(to query: ServerQuery, _ published: (keys: [SigningKey], signers: [SigningKey])) -> ServerReply {
            var message = Message(flags: [.isResponse, .authoritative])
            message.questions = [Question(name: query.name, type: query.type)]
            if query.type == .dnskey {
                let set = RRset(name: .root, type: .dnskey, ttl: 172_800, data: published.keys.map(\.dnskey.data))
                let moment = UInt32(truncatingIfNeeded: now.withLock { $0 })
                message.answers =
                    set.records
                    + published.signers.compactMap {
                        $0.sign(set, signer: .root, inception: moment - 86400, expiration: moment + 86400 * 14)
                    }
            }
            guard let bytes = try? message.encoded(), let read = try? Message(decoding: bytes) else { return .timeout }
            return .message(read)
        }

        /// The root's keys as a resolver with these anchors finds them.
        func resolve(
            anchors: TrustAnchors, _ published: (keys: [SigningKey], signers: [SigningKey])? = nil
        ) -> Resolution {
            let server = NameServer(name: .root, addresses: [.v4(0xC000_0201)])
            var resolver = Resolver(
                question: Question(name: .root, type: .dnskey),
                settings: ResolverSettings(roots: RootHints(servers: [server]), anchors: anchors), verifier: verifier,
                now: now.withLock { $0 })
            var step = resolver.start()
            while case .ask(let queries) = step {
                step = resolver.receive(queries.map { ($0, reply(to: $0, published ?? self.published(on: today))) })
            }
            guard case .done(let resolution) = step else { return resolver.giveUp("no end") }
            return resolution
        }

        /// A keeper over a store, until a day: its clock stands still for nobody.
        func keep(_ store: Store, until end: Int64) async throws {
            let clock = EngineClock(
                now: { Timestamp(milliseconds: self.now.withLock { $0 } * 1000) },
                elapsed: { self.now.withLock { $0 } * 1000 },
                sleep: { seconds in
                    self.now.withLock { $0 += Int64(seconds) }
                    if self.today >= end { throw CancellationError() }
                })
            let keeper = try AnchorKeeper(
                store: store, clock: clock, verifier: verifier,
                log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                fetch: { self.resolve(anchors: .none).answer.first { $0.type == .dnskey } },
                tell: { trusted in self.trusted.withLock { $0 = trusted } })
            try await keeper.run()
        }

        func isTrusted(_ key: SigningKey) -> Bool {
            trusted.withLock { $0.zones[.root]?.digests.contains { $0.keyTag == key.dnskey.keyTag } ?? false }
        }
    }

    @Test func theKeeperFollowsARollover() async throws {
        let root = try #require(Root())
        let store = try Store()
        let digest = try #require(DS(root.keys.old.delegation(zone: .root).data))
        try store.keep(anchors: ManagedAnchors(zone: .root, digests: [digest], now: Self.start))

        try await root.keep(store, until: 25)
        #expect(root.isTrusted(root.keys.old) && !root.isTrusted(root.keys.new))
        // A restart does not begin the thirty days anew.
        try await root.keep(store, until: 42)
        #expect(root.isTrusted(root.keys.old) && root.isTrusted(root.keys.new))
        #expect(root.resolve(anchors: root.trusted.withLock { $0 }).proof == .secure)

        try await root.keep(store, until: 62)
        #expect(!root.isTrusted(root.keys.old) && root.isTrusted(root.keys.new))
        #expect(root.resolve(anchors: root.trusted.withLock { $0 }).proof == .secure)
        // Who has the old key cannot bring it back.
        let forged = ([root.keys.old], [root.keys.old])
        #expect(root.resolve(anchors: root.trusted.withLock { $0 }, forged).proof.verdict == .bogus)

        try await root.keep(store, until: 140)
        #expect(root.resolve(anchors: root.trusted.withLock { $0 }).proof == .secure)
        #expect(try store.anchors()?.keys.map(\.state) == [.removed, .valid])
    }

    /// A key that appears in forged sets only, or for less than thirty days, is never trusted.
    @Test func theKeeperDoesNotFollowStrangers() async throws {
        let root = try #require(Root())
        let store = try Store()
        let stranger = try #require(DS(root.keys.new.delegation(zone: .root).data))
        try store.keep(anchors: ManagedAnchors(zone: .root, digests: [stranger], now: Self.start))
        // All sets until day 60 are signed by a key that is none of ours.
        try await root.keep(store, until: 50)
        #expect(!root.isTrusted(root.keys.old) && root.isTrusted(root.keys.new))
        #expect(root.resolve(anchors: root.trusted.withLock { $0 }).proof.verdict == .bogus)
    }
}
