package import DNSWire

extension RecordData {
    /// A value as people type it: presentation format; what stands in no quotes is the whole text of a TXT record, spaces
    /// and all.
    ///
    /// - Throws: `ZoneTextError` for what is no data of the type.
    package static func entered(_ text: String, as type: RecordType) throws(ZoneTextError) -> RecordData {
        guard type == .txt, !text.hasPrefix("\""), !text.hasPrefix("\\#") else {
            return try RecordData(type: type, text: text)
        }
        return TXT(text: text).data
    }
}
