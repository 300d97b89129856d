import LapwingEngine
import Testing

struct CodeReleaseTests {
    @Test("code that has to be read from the disk is kept for an hour; what was read at the start does not count")
    func keepsWhatTheDiskHasToBring() {
        var release = CodeRelease()
        let turns = [900, 900] + Array(repeating: 901, count: CodeRelease.restraint + 1) + [950]
        let allowed = turns.map { release.isAllowed(majorFaults: $0) }
        #expect(allowed.prefix(2) == [true, true])
        #expect(allowed[2..<2 + CodeRelease.restraint].allSatisfy { !$0 })
        #expect(allowed.suffix(2) == [true, false])
    }
}
