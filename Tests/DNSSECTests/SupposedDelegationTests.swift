import DNSSEC
import DNSWire
import LapwingCrypto
import Testing

@Suite("As if another delegation were there")
struct SupposedDelegationTests {
    private static let zone = SignedWorld.name("good.test.")
    private static let plain = SignedWorld.name("plain.test.")

    /// Resolves as if it were so.
    private func resolve(
        _ world: inout SignedWorld, _ name: String, _ type: RecordType, _ supposed: SupposedDelegation
    ) -> Resolution {
        var settings = world.settings
        settings.supposed = supposed
        var resolver = Resolver(
            question: Question(name: SignedWorld.name(name), type: type), settings: settings,
            verifier: LibcryptoVerifier(), now: SignedWorld.now)
        var step = resolver.start()
        while case .ask(let queries) = step {
            step = resolver.receive(
                queries.map { query in
                    guard case .message(let message) = world.answer(query) else { return (query, .timeout) }
                    return (query, .message(supposed.reply(message, to: query.name, query.type, above: query.zone)))
                })
        }
        guard case .done(let resolution) = step else { return resolver.giveUp("never") }
        return resolution
    }

    private func digests(_ world: SignedWorld, _ zone: Name) -> [DS] {
        world.zones[zone]?.key.flatMap { DS($0.delegation(zone: zone, ttl: 300).data) }.map { [$0] } ?? []
    }

    private func server(_ world: SignedWorld, _ zone: String) -> NameServer {
        NameServer(
            name: SignedWorld.name("ns.elsewhere.example."),
            addresses: [world.zones[SignedWorld.name(zone)]?.server ?? .v4(0)])
    }

    @Test("a DS set is taken as if signed by the zone above") func digest() {
        var world = ResolverTests.world()
        let own = digests(world, Self.zone)
        let other = digests(world, SignedWorld.name("other.test."))
        for (digests, verdict) in [(own, Verdict.secure), ([], .insecure), (other, .bogus), (own + other, .secure)] {
            let supposed = SupposedDelegation(zone: Self.zone, digests: digests)
            for type in [RecordType.a, .ds, .soa] {
                let wanted = type == .ds ? Verdict.secure : verdict
                let found = resolve(&world, "good.test.", type, supposed)
                #expect(found.proof.verdict == wanted, "\(digests.count) \(type): \(found.trace)")
            }
            #expect(resolve(&world, "gone.good.test.", .a, supposed).proof.verdict == verdict)
            // Beside it nothing changes.
            #expect(resolve(&world, "www.other.test.", .a, supposed).proof.verdict == .secure)
        }
    }

    @Test("an unsigned zone under today's DS is bogus") func unsignedServers() {
        var world = ResolverTests.world()
        // The servers of another zone stand in: they serve this one unsigned.
        let server = server(world, "plain.test.")
        let supposed = SupposedDelegation(zone: Self.zone, servers: [server])
        world.meddle = { query, message in
            guard query.server == server.addresses[0] else { return }
            let isAddress = query.type == .a
            message = Message(flags: [.isResponse, .authoritative])
            if isAddress { message.answers = [Record(name: query.name, ttl: 60, data: Address(address: .v4(1)).data)] }
        }
        #expect(resolve(&world, "www.good.test.", .a, supposed).proof.verdict == .bogus)
        var none = supposed
        none.digests = []
        let found = resolve(&world, "www.good.test.", .a, none)
        #expect(found.proof.verdict == .insecure)
        #expect(found.answer.first?.records.data == [Address(address: .v4(1)).data])
    }

    @Test("a zone that nobody delegates is found at the supposed servers") func newDelegation() {
        var world = ResolverTests.world()
        let fresh = SignedWorld.name("fresh.test.")
        let server = server(world, "plain.test.")
        world.meddle = { query, message in
            guard query.server == server.addresses[0], query.name.isSubdomain(of: fresh) else { return }
            message = Message(flags: [.isResponse, .authoritative])
            message.answers = [Record(name: query.name, ttl: 60, data: Address(address: .v4(2)).data)]
        }
        #expect(world.resolve("www.fresh.test.", .a).responseCode == .nxDomain)
        let supposed = SupposedDelegation(zone: fresh, servers: [server], digests: [])
        let found = resolve(&world, "www.fresh.test.", .a, supposed)
        #expect(found.proof.verdict == .insecure)
        #expect(found.answer.first?.records.data == [Address(address: .v4(2)).data])
    }

    // MARK: Single replies

    private func referral(to zone: String, flags: Flags = .isResponse) -> Message {
        var message = Message(flags: flags)
        message.authorities = [
            Record(
                name: SignedWorld.name(zone), ttl: 600,
                data: NameTarget(type: .ns, target: SignedWorld.name("ns.old.example.")).data)
        ]
        return message
    }

    @Test("only the zone right above is answered for") func others() {
        let supposed = SupposedDelegation(
            zone: Self.zone, servers: [NameServer(name: SignedWorld.name("ns.new.example."), addresses: [])],
            digests: [])
        let (root, test) = (Name.root, SignedWorld.name("test."))
        let www = SignedWorld.name("www.good.test.")
        let left: [(Message, Name, Name)] = [
            (referral(to: "test."), www, root), (referral(to: "."), www, test), (referral(to: "test."), www, test),
            (referral(to: "other.test."), SignedWorld.name("www.other.test."), test),
            (referral(to: "good.test."), www, Self.zone),
            (Message(flags: .isResponse, responseCode: .servFail), www, test),
            (Message(flags: .isResponse, responseCode: .refused), www, test),
            (Message(flags: [.isResponse, .truncated]), www, test),
        ]
        for (message, name, above) in left { #expect(supposed.reply(message, to: name, .a, above: above) == message) }
        let said: [Message] = [
            referral(to: "good.test."), Message(flags: [.isResponse, .authoritative], responseCode: .nxDomain),
            Message(
                flags: [.isResponse, .authoritative],
                answers: [Record(name: www, ttl: 5, data: Address(address: .v4(1)).data)]),
        ]
        for message in said {
            let reply = supposed.reply(message, to: www, .a, above: test)
            #expect(reply.responseCode == .noError && reply.answers.isEmpty && !reply.flags.contains(.authoritative))
            #expect(reply.authorities.map(\.data.text) == ["ns.new.example."])
        }
    }

    @Test("addresses inside the zone above go along as glue") func glue() throws {
        let inside = NameServer(name: SignedWorld.name("ns.good.test."), addresses: [.v4(1)])
        let outside = NameServer(name: SignedWorld.name("ns.example."), addresses: [.v4(2)])
        let supposed = SupposedDelegation(zone: Self.zone, servers: [inside, outside])
        let reply = supposed.reply(
            referral(to: "good.test."), to: Self.zone, .ns, above: SignedWorld.name("test."))
        #expect(reply.additionals.map(\.name) == [inside.name])
        #expect(reply.authorities.allSatisfy { $0.ttl == 600 })
        #expect(supposed.addresses(of: outside.name) == [.v4(2)])
    }
}
