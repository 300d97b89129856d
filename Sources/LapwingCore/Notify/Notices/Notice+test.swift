import DNSWire

extension Notice {
    /// Returns the notices for a test of a channel: nothing is wrong. If the receiver keeps a list of open incidents,
    /// the second one closes the test.
    ///
    /// - Parameter number: distinguishes one test from another.
    package static func test(of channel: String, number: String, at now: Timestamp) -> (open: Notice, close: Notice) {
        let incident = "test-\(number)"
        let title = "This is a test of the channel \(channel)."
        let notice = Notice(
            id: "\(incident).1@\(channel)", channel: channel, incident: incident, event: .open,
            incidentClass: .routine, severity: .info, page: false, domain: testDomain, subject: nil, title: title,
            text: "\(title)\nDo: Nothing. Messages about your domains will arrive here.", changes: [], since: now,
            at: now, domains: [testDomain], isSettled: nil, purpose: .test)
        var close = notice
        close.id = "\(incident).2@\(channel)"
        close.event = .close
        close.title = "Over: \(title)"
        close.text = "Over: \(title)"
        return (notice, close)
    }

    /// A reserved name (RFC 2606 §2).
    private static let testDomain = (try? Name("test.invalid")) ?? .root
}
