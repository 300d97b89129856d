package import DNSWire
package import LapwingCore

/// A record as a source says it is to be, with the place where it says so.
package struct DeclaredRecord: Hashable, Sendable {
    /// The owner name, in full.
    package var name: Name
    /// The record type.
    package var type: RecordType
    /// In seconds; nil where the source leaves it to a default.
    package var ttl: UInt32?
    /// Nil where the provider works the values out when it is asked: an alias at the apex, a name behind a proxy.
    package var data: RecordData?
    /// The place of the record in the source, which differences cite.
    package var place: ImportPlace
    /// The key of a resource that has the value; nil in other forms.
    package var attribute: DeclaredZone.Attribute?

    package init(
        name: Name, type: RecordType, ttl: UInt32? = nil, data: RecordData?, place: ImportPlace,
        attribute: DeclaredZone.Attribute? = nil
    ) {
        self.attribute = attribute
        self.name = name
        self.type = type
        self.ttl = ttl
        self.data = data
        self.place = place
    }
}
