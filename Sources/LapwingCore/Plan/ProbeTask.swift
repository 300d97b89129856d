package import DNSWire

/// One question to one server.
package struct ProbeTask: Hashable, Sendable {
    /// The server and its role.
    package var source: Source
    /// The address and the transport.
    package var server: ServerAddress
    /// The question, in class IN.
    package var key: RecordSetKey
    /// Sets RD: asks for recursion.
    package var recursionDesired = false
    /// Sets CD: asks a resolver not to validate.
    package var checkingDisabled = false
    /// Sets the DO bit, so that signatures are included.
    package var dnssecOK = true
    /// The number of the repetition, for questions that are asked several times on purpose.
    package var repetition = 0

    package init(source: Source, server: ServerAddress, key: RecordSetKey) {
        self.source = source
        self.server = server
        self.key = key
    }

    /// Hashes the properties that distinguish most tasks of a round.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(server.address)
        hasher.combine(key)
        hasher.combine(repetition)
    }
}
