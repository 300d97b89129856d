package import DNSWire
package import LapwingCore

/// A declared record with its position in the source.
package struct DeclaredRecord: Hashable, Sendable {
    /// The owner name, in full.
    package var name: Name
    /// The record type.
    package var type: RecordType
    /// In seconds; nil if the source leaves it to a default.
    package var ttl: UInt32?
    /// Nil if the provider computes the values on request: an alias at the apex, a name behind a proxy.
    package var data: RecordData?
    /// The place of the record in the source, which differences cite.
    package var place: ImportPlace
    /// The resource's key with the value; nil in other forms.
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
