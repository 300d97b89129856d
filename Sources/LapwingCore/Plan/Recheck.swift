import DNSWire

/// The result of repeating a round's questions.
package enum Recheck: Sendable {
    /// Everything is unchanged; the response times.
    case same([ReplyTime])
    /// Something differs or is missing: the replies by task, so that no question is asked twice.
    case different([ProbeTask: ProbeReply])
}
