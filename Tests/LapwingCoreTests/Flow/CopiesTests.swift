import DNSWire
import Foundation
import LapwingCore
import Testing

@Suite("Copies of truth: the registry beside the zone above")
struct CopiesTests {
    private func registry(_ servers: [String], updated: Timestamp? = nil) throws -> RegistryView {
        var view = RegistryView(outcome: .registered, at: SmallWorld.start, channel: .rdap)
        view.registrar = "Reed"
        view.statuses = ["clientTransferProhibited"]
        view.expires = RegistryView.Moment(text: "2030-01-01", at: SmallWorld.start.adding(seconds: 1000 * 86_400))
        view.nameServers = try servers.map { try Name($0) }
        view.updated = updated.map { RegistryView.Moment(text: $0.description, at: $0) }
        return view
    }

    private let own = ["ns1.heron.test", "ns2.heron.test"]
    private let other = ["ns1.egret.test", "ns2.egret.test"]

    private func found(_ world: SmallWorld) throws -> [Finding] {
        let outcome = Flow.round(
            watch: world.watch, state: world.state, snapshot: try world.snapshot(.regular, after: 0),
            verifier: NoCrypto())
        return outcome.findings.filter { $0.code == .registryDiffers }
    }

    @Test("the same is no finding") func same() throws {
        var world = try SmallWorld()
        world.registry = try registry(own.reversed())
        try world.poll(5)
        #expect(try found(world).isEmpty)
        #expect(world.state.registry.differs == nil)
    }

    @Test("a new difference is listed at once, and told when it has lasted for two days") func lasting() throws {
        var world = try SmallWorld()
        world.registry = try registry(own)
        try world.poll(40)
        world.registry = try registry(other)
        try world.poll()
        // The registry is asked a few times a day; what it said stands meanwhile.
        world.registry = nil
        #expect(try found(world).map(\.severity) == [.warning])
        #expect(try world.poll(500).filter { $0.code == .registryDiffers }.isEmpty)
        let told = try world.poll(120).filter { $0.code == .registryDiffers }
        #expect(told.map(\.severity) == [.notice])
        #expect(told.first?.title.hasPrefix("tern.test: the registry lists other name servers") == true)
    }

    @Test("what is on its way to the zone is told by nobody") func publication() throws {
        var world = try SmallWorld()
        world.registry = try registry(own)
        try world.poll(40)
        let now = SmallWorld.start.adding(seconds: world.minute * 60)
        world.registry = try registry(other, updated: now)
        try world.poll()
        #expect(try found(world).map(\.severity) == [.info])
        // Hours later the zone follows, and the registry is asked again.
        world.registry = try registry(own, updated: now)
        let told = try world.poll(1000)
        #expect(!told.contains { $0.code == .registryDiffers })
    }

    @Test("what was so when the watch began is told once, as info") func old() throws {
        var world = try SmallWorld()
        world.registry = try registry(other)
        let told = try world.poll(10).filter { $0.code == .registryDiffers }
        #expect(told.map(\.severity) == [.info])
    }

    @Test("what was so when the registry was asked first is old, however late that was") func late() throws {
        var world = try SmallWorld()
        try world.poll(600)
        world.registry = try registry(other)
        let told = try world.poll(10).filter { $0.code == .registryDiffers }
        #expect(told.map(\.severity) == [.info])
        world.registry = nil
        #expect(try world.poll(700).filter { $0.code == .registryDiffers }.isEmpty)
    }

    @Test("a parent that has moved on since waits for the registry to be asked again") func moved() throws {
        var world = try SmallWorld()
        world.registry = try registry(other)
        try world.poll(40)
        world.registry = nil
        #expect(try !found(world).isEmpty)
        world.listed = ["ns1.heron.test"]
        #expect(try found(world).isEmpty)
    }

    @Test("a memory of before is read") func memory() throws {
        let memory = try JSONDecoder().decode(RegistryMemory.self, from: Data("{}".utf8))
        #expect(memory.differs == nil)
        var view = try registry(own)
        view.glue = [try Name("ns1.tern.test"): [.v4(1)]]
        view.signers = [RegistryView.Signer(tag: 1, algorithm: 13, text: nil)]
        #expect(try JSONDecoder().decode(RegistryView.self, from: JSONEncoder().encode(view)) == view)
    }
}
