/// The owner of questions in the engine, which decides about them; called on the engine's thread only.
///
/// A class to inherit from, not a protocol: the engine calls it for every datagram.
class DatagramOwner {
    /// Where the parts of a written query lie.
    struct QueryLayout {
        var length: Int
        /// The end of the question section, in bytes from the start of the query.
        var questionEnd: Int
        /// Whether the reply must repeat the letters of the question in the same case.
        var exactCase: Bool
    }

    /// What is to become of a slot.
    enum Decision {
        case wait(until: Monotonic)
        /// Go on as if nothing had come.
        case ignore
        /// Send the same bytes again.
        case resend(until: Monotonic)
        /// Write the query again and send it with a fresh id.
        case renew(until: Monotonic)
        case done
    }

    init() {}

    /// Begins the exchange of a token; the engine writes and sends the query next unless the decision is `done`.
    func begin(_ token: UInt32, at now: Monotonic) -> Decision { .done }

    /// Writes the query, at most `DatagramEngine.largestQuery` bytes; the engine fills in the id.
    func write(_ token: UInt32, into buffer: UnsafeMutableRawBufferPointer) -> QueryLayout {
        QueryLayout(length: 0, questionEnd: 0, exactCase: false)
    }

    /// A datagram from the right place, with the right id and question.
    func receive(_ token: UInt32, _ datagram: UnsafeRawBufferPointer, at now: Monotonic) -> Decision { .done }

    /// A datagram with the right id that is no answer to this question.
    func ignored(_ token: UInt32) {}

    /// The time of the last decision has come.
    ///
    /// `strays` counts the datagrams of unknown id that came to the same port since the query or the last call.
    func expired(_ token: UInt32, strays: Int, at now: Monotonic) -> Decision { .done }

    /// The socket reported an error, by its number.
    func failed(_ token: UInt32, error: Int32, at now: Monotonic) -> Decision { .done }
}
