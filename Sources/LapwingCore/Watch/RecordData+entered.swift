package import DNSWire

extension RecordData {
    /// Parses a value as people type it: presentation format, except that text without quotes is the whole text of a
    /// TXT record, including spaces.
    ///
    /// - Throws: `ZoneTextError` if the text is not valid for the type.
    package static func entered(_ text: String, as type: RecordType) throws(ZoneTextError) -> RecordData {
        guard type == .txt, !text.hasPrefix("\""), !text.hasPrefix("\\#") else {
            return try RecordData(type: type, text: text)
        }
        return TXT(text: text).data
    }
}
