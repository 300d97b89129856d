import DNSWire
import FuzzDriver

// Any bytes as the text of a name and as its wire form.
fuzz { bytes in
    for name in [try? Name(String(decoding: bytes, as: UTF8.self)), try? Name(wire: bytes)].compactMap(\.self) {
        precondition(name.wire.count <= Name.maximumLength)
        let read = try? Name(name.description)
        precondition(read?.wire == name.wire)
        precondition(name.folded == name && name.suffix(labels: name.labelCount) == name)
        precondition(name.labels.count == name.labelCount && !(name < name))
    }
}
