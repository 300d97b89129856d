extension ZoneText {
    /// The records as zone text, one a line, every name in full.
    public static func text(_ records: some Sequence<Record>) -> String {
        var text = ""
        for record in records {
            text += record.text
            text += "\n"
        }
        return text
    }
}
