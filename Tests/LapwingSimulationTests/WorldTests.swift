import DNSSEC
import DNSWire
import LapwingCore
import LapwingCrypto
import LapwingSimulation
import Testing

@Suite struct WorldTests {
    @Test(
        "Authoritative answers",
        arguments: [
            ("crake.test", RecordType.a, ResponseCode.noError, 1), ("nothing.crake.test", .txt, .noError, 1),
            ("crake.test", .mx, .noError, 0), ("www.crake.test", .a, .noError, 2),
            ("nothing.crake.test", .a, .noError, 0), ("other.test", .a, .refused, 0),
        ])
    func authority(name: String, type: RecordType, code: ResponseCode, answers: Int) throws {
        let world = World(try Fixture.scenario())
        let reply = try #require(try world.ask(World.server, name, type, at: 0))
        #expect(reply.responseCode == code)
        #expect(reply.answers.count == answers)
        #expect(reply.id == 0x4321)
    }

    @Test("The root leads to the domain")
    func delegation() throws {
        let world = World(try Fixture.scenario())
        let root = try #require(try world.ask(world.rootServers[0], "www.crake.test", .a, at: 0))
        let addresses = root.additionals.compactMap { Address($0.data)?.address }
        let parent = try #require(addresses.first)
        let referral = try #require(try world.ask(parent, "www.crake.test", .a, at: 0))
        #expect(referral.answers.isEmpty)
        #expect(referral.additionals.compactMap { Address($0.data)?.address } == [World.server])
        #expect(try world.ask(parent, "gone.test", .ns, at: 0)?.responseCode == .nxDomain)
        #expect(try world.ask(parent, "anything.test", .ns, at: 0)?.responseCode == .noError)
    }

    @Test("A resolver's TTL counts down and starts anew")
    func countdown() throws {
        let world = World(try Fixture.scenario())
        var last: UInt32 = .max
        var renewals = 0
        for second in stride(from: 0, through: 3600, by: 30) {
            let ttl = try #require(try world.ask(World.resolver, "crake.test", .a, at: second)?.answers.first?.ttl)
            #expect(ttl <= 600)
            if ttl > last { renewals += 1 }
            last = ttl
        }
        #expect((5...7).contains(renewals))
    }

    @Test("An alias leads out of the domain")
    func alias() throws {
        let world = World(try Fixture.scenario())
        let reply = try #require(try world.ask(World.resolver, "shop.crake.test", .a, at: 0))
        #expect(reply.answers.map(\.type) == [.cname, .a])
    }

    @Test("Validation: broken signatures fail, but not with CD")
    func validation() throws {
        let timeline = "[{at: 10, set: {zones/main/dnssec/bad: [signature]}, flush: [r]}]"
        let world = World(try Fixture.scenario(world: "{use: signed}", timeline: timeline))
        let before = try #require(try world.ask(World.resolver, "crake.test", .a, at: 0))
        #expect(before.flags.contains(.authenticData))
        let after = try #require(try world.ask(World.resolver, "crake.test", .a, at: 700))
        #expect(after.responseCode == .servFail)
        #expect(after.edns?.extendedErrors.map(\.code) == [6])
        let unchecked = try #require(try world.ask(World.resolver, "crake.test", .a, at: 700, cd: true))
        #expect(unchecked.answers.contains { $0.type == .a })
    }

    @Test("Signatures of the zone verify with the key it publishes")
    func signatures() throws {
        let world = World(try Fixture.scenario(world: "{use: signed}"))
        let keys = try #require(try world.ask(World.server, "crake.test", .dnskey, at: 0)).answers.compactMap {
            DNSKEY($0.data)
        }
        let reply = try #require(try world.ask(World.server, "crake.test", .a, at: 0))
        let signatures = reply.answers.compactMap { RRSIG($0.data) }
        let signature = try #require(signatures.first)
        let key = try #require(keys.first { $0.keyTag == signature.keyTag })
        let set = RRset(
            name: try Name("crake.test"), type: .a, ttl: 600, data: reply.answers.filter { $0.type == .a }.map(\.data))
        let bytes = try #require(CanonicalForm.signedBytes(set, signature))
        let isGood = LibcryptoVerifier().verify(
            algorithm: key.algorithm, publicKey: key.publicKey, data: bytes, signature: signature.signature)
        #expect(isGood == true)
    }

    @Test(
        "A span with opt-out lies over a domain without DS at the parent; one that is named has none",
        arguments: [
            ("nsec3-opt-out", "[]", [UInt8(1), 1], 0), ("nsec3", "[]", [0], 0), ("nsec3-opt-out", "[k]", [], 1),
        ])
    func optOutAbove(denial: String, keys: String, flags: [UInt8], count: Int) throws {
        let world = World(try Fixture.scenario(world: "{use: signed, parent: {denial: \(denial), ds: \(keys)}}"))
        let root = try #require(try world.ask(world.rootServers[0], "www.crake.test", .a, at: 0))
        let addresses = root.additionals.compactMap { Address($0.data)?.address }
        let parent = try #require(addresses.first)
        let reply = try #require(try world.ask(parent, "crake.test", .ds, at: 0))
        #expect(reply.answers.count { $0.type == .ds } == count)
        #expect(reply.authorities.compactMap { NSEC3($0.data)?.flags } == flags)
        let nobody = try #require(try world.ask(parent, "gone.test", .ns, at: 0))
        #expect(nobody.responseCode == .nxDomain)
        #expect(nobody.authorities.count { $0.type == .nsec3 } == 3)
    }

    @Test(
        "Whoever asks at a cut or below is sent on; the DS is the upper zone's, proven absent with opt-out or without",
        arguments: [("nsec", RecordType.nsec, 1), ("nsec3", .nsec3, 1), ("nsec3-opt-out", .nsec3, 2)])
    func cut(denial: String, type: RecordType, count: Int) throws {
        let timeline =
            "[{at: -60, rr: [[lab.crake.test, NS, 60, ns.lab.crake.test], [ns.lab.crake.test, A, 60, 203.0.113.7]]}]"
        let world = World(
            try Fixture.scenario(
                world: "{use: signed, zones: {main: {dnssec: {denial: \(denial)}}}}", timeline: timeline))
        let below = try #require(try world.ask(World.server, "box.lab.crake.test", .a, at: 0))
        #expect(!below.flags.contains(.authoritative))
        #expect(below.answers.isEmpty)
        #expect(below.authorities.count { $0.type == .ns } == 1)
        #expect(below.authorities.count { $0.type == type } == count)
        #expect(below.additionals.compactMap { Address($0.data)?.address } == [.v4(0xCB00_7107)])
        let secure = try #require(try world.ask(World.server, "lab.crake.test", .ds, at: 0))
        #expect(secure.flags.contains(.authoritative))
        #expect(secure.authorities.count { $0.type == type } == count)
        let resolved = try #require(try world.ask(World.resolver, "lab.crake.test", .ds, at: 0))
        #expect(resolved.flags.contains(.authenticData) == (denial != "nsec3-opt-out"))
    }

    @Test("Too large for UDP, fine over TCP, silent where TCP is blocked")
    func truncation() throws {
        let timeline = """
            [{at: 0, set: {zones/main/dnssec/dnskey_bytes: 1500}}, {at: 10, cond: {id: c, actor: s, do: tcp_block}}]
            """
        let world = World(try Fixture.scenario(world: "{use: signed}", timeline: timeline))
        #expect(try world.ask(World.server, "crake.test", .dnskey, at: 0)?.flags.contains(.truncated) == true)
        #expect(try world.ask(World.server, "crake.test", .dnskey, at: 0, tcp: true)?.answers.count == 3)
        #expect(try world.ask(World.server, "crake.test", .dnskey, at: 700, tcp: true) == nil)
    }

    @Test("The same world twice")
    func repeatable() throws {
        let scenario = try Fixture.scenario(world: "{use: signed, conds: [{id: l, actor: s, do: timeout, share: 0.5}]}")
        let worlds = [World(scenario), World(scenario)]
        for second in stride(from: -3600, through: 3600, by: 97) {
            let replies = try worlds.map { try $0.ask(World.resolver, "crake.test", .a, at: second) }
            #expect(replies[0] == replies[1])
            let direct = try worlds.map { try $0.ask(World.server, "crake.test", .a, at: second) }
            #expect(direct[0] == direct[1])
        }
    }

    @Test(
        "Hostile queries", arguments: [[], [0], [UInt8](repeating: 0, count: 12), [UInt8](repeating: 255, count: 512)])
    func hostile(query: [UInt8]) throws {
        let world = World(try Fixture.scenario())
        for address in [World.server, World.resolver] + world.rootServers {
            _ = world.answer(server: address, overTCP: false, query: query, at: 0)
        }
    }
}
