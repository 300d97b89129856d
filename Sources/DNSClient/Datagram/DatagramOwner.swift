/// The owner of questions in the engine, which makes the decisions about them; called on the engine's thread only.
///
/// A base class rather than a protocol, since the engine calls it for every datagram.
class DatagramOwner {
    /// The offsets in an encoded query.
    struct QueryLayout {
        var length: Int
        /// The end of the question section, in bytes from the start of the query.
        var questionEnd: Int
        /// Whether the reply must repeat the question with the same letter case.
        var exactCase: Bool
    }

    /// The next action for a slot.
    enum Decision {
        case wait(until: Monotonic)
        /// Continue as if nothing had arrived.
        case ignore
        /// Send the same bytes again.
        case resend(until: Monotonic)
        /// Encode the query again and send it with a new ID.
        case renew(until: Monotonic)
        case done
    }

    init() {}

    /// Begins the exchange of a token; unless the decision is `done`, the engine encodes and sends the query next.
    func begin(_ token: UInt32, at now: Monotonic) -> Decision { .done }

    /// Encodes the query, at most `DatagramEngine.largestQuery` bytes; the engine fills in the ID.
    func write(_ token: UInt32, into buffer: UnsafeMutableRawBufferPointer) -> QueryLayout {
        QueryLayout(length: 0, questionEnd: 0, exactCase: false)
    }

    /// Handles a datagram from the right source, with the right ID and question.
    func receive(_ token: UInt32, _ datagram: UnsafeRawBufferPointer, at now: Monotonic) -> Decision { .done }

    /// Handles a datagram with the right ID that does not answer this question.
    func ignored(_ token: UInt32) {}

    /// Handles the end of the last decision's waiting time.
    ///
    /// - Parameter strays: the number of datagrams with an unknown ID that arrived at the same port since the query or
    ///   the last call.
    func expired(_ token: UInt32, strays: Int, at now: Monotonic) -> Decision { .done }

    /// Handles an error of the socket, by its number.
    func failed(_ token: UInt32, error: Int32, at now: Monotonic) -> Decision { .done }
}
