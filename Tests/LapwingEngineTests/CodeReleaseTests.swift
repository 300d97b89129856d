import LapwingEngine
import Testing

struct CodeReleaseTests {
    @Test("code that has to be read from the disk is kept for an hour; what was read at the start does not count")
    func keepsWhatTheDiskHasToBring() {
        var release = CodeRelease()
        #expect(release.isAllowed(majorFaults: 900))
        #expect(release.isAllowed(majorFaults: 900))
        #expect(!release.isAllowed(majorFaults: 901))
        for _ in 1..<CodeRelease.restraint { #expect(!release.isAllowed(majorFaults: 901)) }
        #expect(release.isAllowed(majorFaults: 901))
        #expect(!release.isAllowed(majorFaults: 950))
    }
}
