import DNSWire
import FuzzDriver

// Any bytes as a zone file: it is read to its end, and what is read is read again alike from its own text.
fuzz { bytes in
    var reader = ZoneText(bytes, defaults: .init(ttl: 60))
    for _ in 0...bytes.count {
        do throws(ZoneTextError) {
            guard let line = try reader.next() else { return }
            let text = line.record.text
            if line.record.type == .wks || line.record.type == .hip || text.contains("TYPE0") { continue }
            precondition((try? ZoneText.records(text)) == [line.record] || line.record.data.text.isEmpty)
        } catch {
            precondition(error.line >= 1 && error.column >= 1)
        }
    }
    preconditionFailure("the reader does not end")
}
