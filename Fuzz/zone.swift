import DNSWire

/// Any bytes as a zone file: it is read to its end, and what is read is read again alike from its own text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    var reader = ZoneText(bytes, defaults: .init(ttl: 60))
    for _ in 0...count {
        do throws(ZoneTextError) {
            guard let line = try reader.next() else { return 0 }
            let text = line.record.text
            if line.record.type == .wks || line.record.type == .hip || text.contains("TYPE0") { continue }
            precondition((try? ZoneText.records(text)) == [line.record] || line.record.data.text.isEmpty)
        } catch {
            precondition(error.line >= 1 && error.column >= 1)
        }
    }
    preconditionFailure("the reader does not end")
}
