package import DNSWire

/// The answers of one authoritative server at one address.
package struct AuthorityView: Sendable {
    /// The server's host name.
    package var host: Name
    /// The address that was asked.
    package var address: IPAddress
    /// Whether it is in the parent's NS set now.
    package var listedAtParent: Bool
    /// Whether it is asked although no NS set lists it any more, because it was listed until recently.
    package var remembered: Bool
    /// Its answers by question; a missing one was not asked.
    package var answers: [RecordSetKey: Answer] = [:]

    package init(host: Name, address: IPAddress, listedAtParent: Bool, remembered: Bool = false) {
        self.host = host
        self.address = address
        self.listedAtParent = listedAtParent
        self.remembered = remembered
    }

    /// Returns its answer to one question; nil if that was not asked.
    package func answer(_ name: Name, _ type: RecordType) -> Answer? { answers[RecordSetKey(name, type)] }

    /// Returns the serial of the zone that this server serves; nil if it gave no SOA record.
    package func serial(of domain: Name) -> UInt32? {
        answer(domain, .soa)?.records.first.flatMap { SOA($0.data) }?.serial.rawValue
    }
}
