import DNSSEC
import DNSWire
import LapwingConfig
import LapwingCore
import Testing

/// What is looked at when nothing is said, in a watch and for the verdict on a zone.
struct StandardWatchTests {
    /// `dnssec` asks about the zone, `check` and the daemon about the watched sets too: they must come to one verdict.
    @Test func theVerdictOnAZoneTakesInAllThatIsWatched() throws {
        let domain = try Name("example.test.")
        let asked = ZoneVerdict.questions(about: domain)
        let watched = StandardWatch.watch(domain).sets.map { Question(name: $0.name, type: $0.type) }
        #expect(watched.count >= 15)
        #expect(watched.filter { !asked.contains($0) } == [])
        #expect(ZoneVerdict.questions(about: domain, besides: watched) == asked)
        #expect(asked.count <= 24, "questions are put one after the other")
    }
}
