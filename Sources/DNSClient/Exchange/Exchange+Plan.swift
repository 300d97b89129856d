extension Exchange {
    /// The caller's limits: time, attempts, and fallbacks.
    package struct Plan: Equatable, Sendable {
        /// The time for the whole exchange, all attempts together.
        package var timeout: Monotonic
        /// The number of attempts for a question that gets lost, 1 to 16.
        package var attempts: UInt8
        /// Whether the first attempt uses a stream, without a preceding datagram.
        package var startsWithStream: Bool
        /// Whether a truncated answer may be requested over TCP.
        package var allowsStream: Bool
        /// Whether the question has an OPT record.
        package var edns: Bool
        /// Whether to fall back to a question without EDNS if the server does not support it.
        package var allowsPlain: Bool
        /// The largest datagram to request, in bytes.
        package var udpSize: UInt16
        /// Whether the last attempt may request a smaller response.
        package var allowsSmaller: Bool
        /// The pause after "port unreachable" or a closed stream before the next attempt.
        package var pauseAfterRefusal: Monotonic

        /// The size that every path supports (RFC 1035, section 4.2.1).
        package static let smallestSize: UInt16 = 512
        /// The largest number of datagrams for one question, whatever the server answers.
        package static let mostAttempts: UInt8 = 32

        package init(
            timeout: Monotonic, attempts: UInt8 = 3, startsWithStream: Bool = false, allowsStream: Bool = true,
            edns: Bool = true, allowsPlain: Bool = true, udpSize: UInt16 = 1232, allowsSmaller: Bool = true,
            pauseAfterRefusal: Monotonic = .milliseconds(200)
        ) {
            self.timeout = timeout
            self.attempts = min(max(attempts, 1), 16)
            self.startsWithStream = startsWithStream
            self.allowsStream = allowsStream
            self.edns = edns
            self.allowsPlain = allowsPlain
            self.udpSize = udpSize
            self.allowsSmaller = allowsSmaller
            self.pauseAfterRefusal = pauseAfterRefusal
        }
    }
}
