import LapwingWeb
import NIOCore
import NIOEmbedded
import Testing

@Suite struct AdmissionTests {
    /// A connection from an address; its channel closes when it has to give way.
    private final class Visitor {
        let channel = EmbeddedChannel()
        private var hasClosed = false

        var isGone: Bool {
            channel.embeddedEventLoop.run()
            return hasClosed
        }

        init(_ address: String) throws {
            channel.remoteAddress = try SocketAddress(ipAddress: address, port: 40_000)
            channel.closeFuture.assumeIsolated().whenComplete { _ in self.hasClosed = true }
        }
    }

    private enum Phase { case silent, asking, resting }

    /// Lets visitors in, one after the other.
    private func enter(
        _ addresses: [String], _ phase: Phase, _ admission: Admission, isTrusted: Bool = false
    ) throws -> [(visitor: Visitor, isIn: Bool)] {
        try addresses.map { address in
            let visitor = try Visitor(address)
            let isIn = admission.enter(visitor.channel, fromTrustedProxy: isTrusted)
            if phase != .silent { admission.ask(visitor.channel) }
            if phase == .resting { admission.rest(visitor.channel) }
            return (visitor, isIn)
        }
    }

    @Test func theOldestSilentOneOfAnAddressGivesWay() throws {
        let admission = Admission(.init(most: 40))
        let other = try enter(["192.0.2.1"], .silent, admission)
        let many = try enter(Array(repeating: "127.0.0.1", count: 8), .silent, admission)
        #expect(many.map(\.isIn) == Array(repeating: true, count: 8))
        #expect(many.map(\.visitor.isGone) == [true, true, true, false, false, false, false, false])
        #expect(!other[0].visitor.isGone)
    }

    @Test func oneAddressMayHaveAQuarterUnlessItIsThisMachine() throws {
        let admission = Admission(.init(most: 40))
        let strangers = try enter(Array(repeating: "192.0.2.1", count: 12), .asking, admission)
        #expect(strangers.filter(\.isIn).count == 10)
        let own = try enter(Array(repeating: "::ffff:127.0.0.1", count: 20), .asking, admission)
        #expect(own.allSatisfy { $0.isIn })
        admission.rest(strangers[3].visitor.channel)
        #expect(try enter(["192.0.2.1"], .asking, admission)[0].isIn)
        #expect(strangers[3].visitor.isGone && !strangers[2].visitor.isGone)
    }

    @Test func trustedProxiesMayHaveAllButAReserve() throws {
        let admission = Admission(.init(most: 40))
        let proxied = try enter(
            (1...38).map { "198.51.100.\($0 % 2 + 1)" }, .asking, admission, isTrusted: true)
        #expect(proxied.map(\.isIn) == Array(repeating: true, count: 35) + [false, false, false])
        // Others still come in, each with a quarter at most.
        let others = try enter(
            Array(repeating: "192.0.2.1", count: 3) + ["127.0.0.1", "192.0.2.2"], .asking, admission)
        #expect(others.allSatisfy { $0.isIn })
        // One of theirs that rests gives way to another one of theirs, and to nobody's who has none to spare.
        admission.rest(proxied[7].visitor.channel)
        #expect(try enter(["198.51.100.1"], .asking, admission, isTrusted: true)[0].isIn)
        #expect(proxied[7].visitor.isGone && !proxied[6].visitor.isGone)
        #expect(try !enter(["192.0.2.3"], .asking, admission)[0].isIn)
        // What is closed is counted no longer.
        for gone in proxied[20..<30] {
            _ = gone.visitor.channel.close()
            gone.visitor.channel.embeddedEventLoop.run()
        }
        let again = try enter(Array(repeating: "198.51.100.9", count: 11), .asking, admission, isTrusted: true)
        #expect(again.filter(\.isIn).count == 10)
    }

    @Test func silentOnesOfAProxyGiveWayLikeThoseOfAnybody() throws {
        let admission = Admission(.init(most: 40))
        let silent = try enter(Array(repeating: "198.51.100.1", count: 7), .silent, admission, isTrusted: true)
        #expect(silent.map(\.visitor.isGone) == [true, true, false, false, false, false, false])
    }

    @Test func aNetworkOfIPv6CountsAsOneAddress() throws {
        let admission = Admission(.init(most: 40))
        let one = try enter((1...12).map { "2001:db8::\($0)" }, .asking, admission)
        #expect(one.filter(\.isIn).count == 10)
        #expect(try enter((1...9).map { "2001:db8:0:\($0)::1" }, .asking, admission).allSatisfy { $0.isIn })
    }

    @Test func whereAllIsTakenSilentOnesGoBeforeThoseAtRest() throws {
        let admission = Admission(.init(most: 16))
        let busy = try enter(Array(repeating: "127.0.0.1", count: 14), .asking, admission)
        let resting = try enter(["192.0.2.1"], .resting, admission)
        let silent = try enter(["192.0.2.2"], .silent, admission)
        #expect(try enter(["192.0.2.3"], .asking, admission)[0].isIn)
        #expect(silent[0].visitor.isGone && !resting[0].visitor.isGone)
        #expect(try enter(["192.0.2.3"], .asking, admission)[0].isIn)
        #expect(resting[0].visitor.isGone)
        #expect(try !enter(["192.0.2.3"], .asking, admission)[0].isIn)
        #expect(busy.allSatisfy { !$0.visitor.isGone })
        // Whoever leaves makes room.
        _ = busy[0].visitor.channel.close()
        busy[0].visitor.channel.embeddedEventLoop.run()
        #expect(try enter(["192.0.2.3"], .asking, admission)[0].isIn)
    }

    @Test func onlyWhoWasLetInIsKept() throws {
        let admission = Admission(.init(most: 16))
        let visitors = try enter(["192.0.2.1", "192.0.2.2", "192.0.2.3"], .asking, admission).map(\.visitor)
        admission.know(visitors[0].channel)
        admission.know(visitors[1].channel)
        admission.rest(visitors[1].channel)
        #expect(visitors.map { admission.isKept($0.channel) } == [true, true, false])
        admission.retire()
        #expect(visitors.map { admission.isKept($0.channel) } == [false, false, false])
        #expect(visitors.map(\.isGone) == [false, true, false])
    }
}
