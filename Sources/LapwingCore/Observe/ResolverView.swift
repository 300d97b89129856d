package import DNSWire

/// The answers of one resolver.
package struct ResolverView: Sendable {
    /// The user's name for it.
    package var label: String
    /// The address and the transport.
    package var server: ServerAddress
    /// Its answers about the watched RRsets.
    package var answers: [RecordSetKey: Answer] = [:]
    /// The same questions with CD=1, asked if the plain answer was SERVFAIL.
    package var unchecked: [RecordSetKey: Answer] = [:]
    /// Answers about control names outside the domain.
    package var controls: [RecordSetKey: Answer] = [:]
    /// Answers to the same questions repeated in the same round.
    package var repeats: [RecordSetKey: [Answer]] = [:]

    package init(label: String, server: ServerAddress) {
        self.label = label
        self.server = server
    }
}
