import Glibc
import LapwingOutgoing
import NIOCore
import Testing

@Suite struct ConnectionFailureTests {
    struct Other: Error, CustomStringConvertible {
        var description: String { "the certificate has expired" }
    }

    static let cases: [(any Error, String)] = [
        (IOError(errnoCode: ECONNREFUSED, reason: "connection reset (error set)"), "Connection refused"),
        (IOError(errnoCode: EHOSTUNREACH, reason: "connect"), "No route to host"),
        (ChannelError.connectTimeout(.seconds(10)), "no connection in time"),
        (Other(), "the certificate has expired"),
    ]

    @Test("what the system says, and not where it came up", arguments: cases.indices)
    func reason(_ index: Int) {
        #expect(ConnectionFailure.reason(Self.cases[index].0) == Self.cases[index].1)
    }
}
