import DNSWire
import FuzzDriver

// Two bytes of type and any bytes of data: sound data must survive its text and its canonical form.
fuzz { bytes in
    guard bytes.count >= 2 else { return }
    // Low numbers hold most of the types that have a layout.
    let type = RecordType(rawValue: UInt16(bytes[0] & 1) << 8 | UInt16(bytes[1]))
    guard let data = try? RecordData(type: type, wire: Array(bytes[2...])) else { return }
    let text = data.text
    precondition(text.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    precondition(data.canonical.count == data.bytes.count)
    // Ports and keys may be written in more than one way, and nobody reads type 0.
    let isAmbiguous = type == .wks || type == .hip || type == .tkey || text.contains("TYPE0") || text.isEmpty
    precondition(isAmbiguous || (try? RecordData(type: type, text: text)) == data)
}
