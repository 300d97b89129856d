import DNSWire
import LapwingCore
import Testing

/// The same domain looked at from several places: what counts as what, and what stays quiet.
@Suite("Several places")
struct PlaceTests {
    private static let own: Set<String> = ["ns1.heron.test", "ns2.heron.test"]

    /// A domain that is judged from `fra1` and looked at from others, and is known.
    private func learnt(_ others: [String] = ["iad1", "sin1"], _ prepare: (Elsewhere) throws -> Void = { _ in }) throws
        -> (SmallWorld, Elsewhere)
    {
        var world = try SmallWorld()
        world.areCachesFull = true
        let elsewhere = Elsewhere(others, world)
        try prepare(elsewhere)
        world.place = "fra1"
        world.elsewhere = elsewhere
        try world.poll(30)
        #expect(world.events.isEmpty, "\(world.events.map(\.title))")
        return (world, elsewhere)
    }

    private func open(_ world: SmallWorld) -> [String] {
        world.state.book.open.map { "\($0.code) \($0.severity.rawValue)" }.sorted()
    }

    // MARK: Outages

    struct Outage: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var others = ["iad1", "sin1"]
        /// Places at which all servers are silent, that of the judge among them.
        var silent: Set<String> = []
        var gone: Set<String> = []
        var offline: Set<String> = []
        var open: [String] = []
        /// What the text says.
        var words: String?
    }

    static let outages = [
        Outage(testDescription: "nothing is wrong"),
        Outage(
            testDescription: "the judge's way is cut", silent: ["fra1"], open: ["place.path notice"],
            words: "Seen from 1 of 3 places: fra1; not from iad1, sin1."),
        Outage(
            testDescription: "the judge's way is cut, of two places", others: ["iad1"], silent: ["fra1"],
            open: ["place.path notice"], words: "Seen from 1 of 2 places: fra1; not from iad1."),
        Outage(
            testDescription: "another place's way is cut", silent: ["iad1"], open: ["place.path notice"],
            words: "Seen from 1 of 3 places: iad1; not from fra1, sin1."),
        Outage(
            testDescription: "all places see an outage", silent: ["fra1", "iad1", "sin1"],
            open: ["servers.silent critical"], words: "Seen from 3 of 3 places: fra1, iad1, sin1."),
        Outage(
            testDescription: "most places do, the judge's among them", silent: ["fra1", "iad1"],
            open: ["servers.silent critical"], words: "Seen from 2 of 3 places: fra1, iad1; not from sin1."),
        Outage(
            testDescription: "most places do, the judge's not among them", silent: ["iad1", "sin1"],
            open: ["servers.silent critical"], words: "Seen from 2 of 3 places: iad1, sin1; not from fra1."),
        Outage(
            testDescription: "an outage while the other places have gone silent", silent: ["fra1", "iad1", "sin1"],
            gone: ["iad1", "sin1"], open: ["servers.silent critical"],
            words: "Seen from 1 of 1 place: fra1; not looked at from iad1, sin1."),
        Outage(testDescription: "places that have gone silent say nothing", gone: ["iad1", "sin1"]),
        Outage(testDescription: "a place without a network says nothing", offline: ["iad1"]),
    ]

    @Test("an outage is what most places see; what a few see is their way", arguments: outages)
    func outage(_ given: Outage) throws {
        var (world, elsewhere) = try learnt(given.others)
        elsewhere.gone = given.gone
        for place in given.others {
            elsewhere.worlds[place]?.silent = given.silent.contains(place) ? Self.own : []
            elsewhere.worlds[place]?.isOffline = given.offline.contains(place)
        }
        if given.silent.contains("fra1") { world.silent = Self.own }
        try world.poll(4)
        #expect(open(world) == given.open)
        #expect(!world.events.contains { $0.severity == .critical } || given.open == ["servers.silent critical"])
        let text = world.state.book.open.map { $0.text.text(since: $0.since) }.joined()
        if let words = given.words { #expect(text.contains(words), "\(text)") }
        // When it is over everywhere, all of it ends.
        world.silent = []
        for place in given.others { elsewhere.worlds[place]?.silent = [] }
        try world.poll(5)
        #expect(world.state.book.open.isEmpty, "\(open(world))")
    }

    @Test("a way that was cut is open still while nobody looks from there")
    func silentPlace() throws {
        var (world, elsewhere) = try learnt()
        elsewhere.worlds["iad1"]?.silent = Self.own
        try world.poll(3)
        #expect(open(world) == ["place.path notice"])
        elsewhere.gone = ["iad1"]
        try world.poll(20)
        #expect(open(world) == ["place.path notice"])
        elsewhere.worlds["iad1"] = nil
        try world.poll(3)
        #expect(open(world).isEmpty, "a place that is none any more")
    }

    // MARK: Foreign data

    private static func entry(_ data: String) -> SmallWorld.Entry { SmallWorld.Entry(ttl: 300, data: [data]) }

    /// What a name gets at a place.
    private func give(_ name: String, _ data: String, at place: String, _ elsewhere: Elsewhere) throws {
        for host in Self.own { elsewhere.worlds[place]?.zones[host]?[try SmallWorld.key(name, "A")] = Self.entry(data) }
    }

    @Test("what the servers give at one place and nowhere else is told with that place, as soon as it was seen twice")
    func hijackedPath() throws {
        var (world, elsewhere) = try learnt()
        try give("login.tern.test", "203.0.113.66", at: "iad1", elsewhere)
        try world.poll()
        let events = try world.poll()
        #expect(events.map(\.severity) == [.critical] && events.first?.incidentClass == .hijackSuspected)
        #expect(open(world) == ["place.foreign critical"])
        let text = try #require(world.state.book.open.first).text.text(since: SmallWorld.start)
        #expect(
            text.contains("from iad1 your servers give 203.0.113.66") && text.contains("Seen from 1 of 3 places: iad1"))
        // It is not learnt, however long it lasts.
        try world.poll(40)
        #expect(open(world) == ["place.foreign critical"])
        // Nor is it over while nobody looks from there.
        elsewhere.gone = ["iad1"]
        try world.poll(20)
        #expect(open(world) == ["place.foreign critical"])
        elsewhere.gone = []
        try give("login.tern.test", "198.51.100.4", at: "iad1", elsewhere)
        try world.poll(6)
        #expect(open(world).isEmpty)
    }

    @Test("the same at a resolver of one place")
    func poisonedResolver() throws {
        var (world, elsewhere) = try learnt()
        elsewhere.worlds["sin1"]?.forged = [
            "gull": [try SmallWorld.key("login.tern.test", "A"): Self.entry("203.0.113.66")]
        ]
        try world.poll(2)
        #expect(world.events.map(\.incidentClass) == [.resolverPoisoned])
        let text = world.events.map(\.text).joined()
        #expect(text.contains("from sin1 resolver gull gives 203.0.113.66"), "\(text)")
    }

    @Test("what is accepted is learnt")
    func accepted() throws {
        var (world, elsewhere) = try learnt()
        try give("login.tern.test", "203.0.113.66", at: "iad1", elsewhere)
        try world.poll(2)
        let outcome = Flow.accept(state: world.state, incident: nil, by: "somebody", at: SmallWorld.start)
        world.state = outcome.state
        #expect(outcome.events.map(\.kind) == [.close])
        #expect(try world.poll(30).isEmpty && open(world).isEmpty)
        try give("login.tern.test", "203.0.113.67", at: "iad1", elsewhere)
        #expect(try world.poll(10).isEmpty, "a name that differs by place goes on doing so")
    }

    @Test("places that always got their own are quiet, with new records there too")
    func geoDNS() throws {
        var (world, elsewhere) = try learnt { elsewhere in
            try give("www.tern.test", "203.0.113.20", at: "iad1", elsewhere)
            try give("www.tern.test", "203.0.113.30", at: "sin1", elsewhere)
        }
        try give("www.tern.test", "203.0.113.21", at: "iad1", elsewhere)
        #expect(try world.poll(10).isEmpty && open(world).isEmpty)
        // Another place judges from now on: what is given there is known.
        let (there, here) = (try #require(elsewhere.worlds["iad1"]), world.zones)
        world.zones = there.zones
        world.place = "iad1"
        elsewhere.worlds["iad1"] = nil
        elsewhere.worlds["fra1"] = there
        elsewhere.worlds["fra1"]?.zones = here
        #expect(try world.poll(10).isEmpty && open(world).isEmpty)
    }

    @Test("servers that begin to give each place its own are quiet")
    func newByPlace() throws {
        var (world, elsewhere) = try learnt()
        try give("www.tern.test", "203.0.113.20", at: "iad1", elsewhere)
        try give("www.tern.test", "203.0.113.30", at: "sin1", elsewhere)
        #expect(try world.poll(10).isEmpty && open(world).isEmpty)
    }

    @Test("a name that turns through a pool is quiet at every place")
    func rotation() throws {
        var (world, elsewhere) = try learnt()
        for turn in 0..<20 {
            try give("www.tern.test", "198.51.100.\(2 + turn % 2)", at: "iad1", elsewhere)
            #expect(try world.poll().isEmpty && open(world).isEmpty)
        }
    }

    @Test("one odd look is nothing: it is repeated at once, and counts when it is so again")
    func oddLook() throws {
        var world = try SmallWorld()
        var trail = PlaceTrail()
        func look(isSecond: Bool = false) throws -> PlaceTrail.Step {
            try #require(trail.take(try world.snapshot(.regular, after: 0), of: world.watch, isSecond: isSecond))
        }
        func confirmed(_ step: PlaceTrail.Step) throws -> [Bool] {
            let login = try SmallWorld.key("login.tern.test", "A")
            return step.sight.sets.filter { $0.key == login }.flatMap(\.values).map(\.isConfirmed)
        }
        #expect(try !look().hasNews, "the first look knows nothing that anything could be new to")
        #expect(try confirmed(try look()) == [true])
        for isAgain in [false, true] {
            try world.put("login.tern.test", "A", 300, ["203.0.113.66"])
            let odd = try look()
            // What was new once and went away is not new when it comes back, and has to be seen twice all the same.
            #expect(try odd.hasNews == !isAgain && !odd.isUrgent && confirmed(odd) == [false])
            if isAgain { break }
            try world.put("login.tern.test", "A", 300, ["198.51.100.4"])
            let second = try look(isSecond: true)
            #expect(!second.hasNews && !second.isUrgent)
        }
        try world.put("login.tern.test", "A", 300, ["203.0.113.67"])
        #expect(try look().hasNews)
        let second = try look(isSecond: true)
        #expect(try second.isUrgent && !second.hasNews && confirmed(second) == [true])
    }

    @Test("a change of the owner's is told once, with the places that see it")
    func ownChange() throws {
        var (world, elsewhere) = try learnt()
        try world.put("www.tern.test", "A", 300, ["198.51.100.9"])
        for place in elsewhere.worlds.keys {
            try elsewhere.worlds[place]?.put("www.tern.test", "A", 300, ["198.51.100.9"])
        }
        try world.poll(4)
        #expect(world.events.filter { $0.kind == .open }.map(\.incidentClass) == [.plannedChange])
        let text = world.events.map(\.text).joined()
        #expect(text.contains("Seen from 3 of 3 places: fra1, iad1, sin1."), "\(text)")
    }

    @Test("a place that comes anew is learnt without a word")
    func newPlace() throws {
        var (world, elsewhere) = try learnt()
        var fresh = try SmallWorld()
        fresh.areCachesFull = true
        elsewhere.worlds["syd1"] = fresh
        try give("www.tern.test", "203.0.113.40", at: "syd1", elsewhere)
        #expect(try world.poll(30).isEmpty && open(world).isEmpty)
    }

    @Test("where there is one place nothing is kept or asked")
    func alone() throws {
        var world = try SmallWorld()
        try world.poll(10)
        #expect(world.state.places == nil && world.state.seenFrom == nil)
        let asked = try world.snapshot(.regular, after: 0)
        #expect(asked.place.isEmpty && asked.places.isEmpty)
    }

    @Test("a sight is bounded, and the same as long as the domain is")
    func bounds() throws {
        var world = try SmallWorld()
        var trail = PlaceTrail()
        for number in 0..<100 {
            try world.put("login.tern.test", "A", 300, (0..<40).map { "198.18.\(number).\($0)" })
            _ = trail.take(try world.snapshot(.regular, after: 0), of: world.watch, isSecond: false)
        }
        let many = try #require(trail.take(try world.snapshot(.regular, after: 0), of: world.watch, isSecond: false))
        let login = try SmallWorld.key("login.tern.test", "A")
        #expect(!many.sight.sets.contains { $0.key == login }, "a set that is too large is left out")
        try world.put("login.tern.test", "A", 300, ["198.51.100.4"])
        let first = trail.take(try world.snapshot(.regular, after: 0), of: world.watch, isSecond: false)
        let second = trail.take(try world.snapshot(.regular, after: 0), of: world.watch, isSecond: false)
        world.serial += 1
        let third = trail.take(try world.snapshot(.regular, after: 0), of: world.watch, isSecond: false)
        #expect(first?.sight != second?.sight && second?.sight == third?.sight && third?.hasNews == false)
    }
}
