import LapwingCore

/// Reads the reports that are sent on schedule, with their channels.
struct ReportOrderReader {
    /// The largest number of orders.
    private static let most = 10_000
    /// 08:00.
    private static let standardMinute = 480

    let clients: [Client]
    let channels: [Channel]

    func orders(_ value: ValueReader) -> [ReportOrder] {
        guard let members = value.list() else { return [] }
        guard members.count <= Self.most else {
            value.fault("\(value.path): \(members.count) reports; at most \(Self.most) are taken")
            return []
        }
        var taken: Set<String> = []
        return members.compactMap { member in
            guard let order = order(member) else { return nil }
            guard taken.insert(order.key).inserted else {
                member.fault("\(member.path): the same report goes to `\(order.channel)` already")
                return nil
            }
            return order
        }
    }

    private func order(_ member: ValueReader) -> ReportOrder? {
        guard let fields = member.fields(.report) else { return nil }
        for key in ["every", "to"] where fields[key] == nil { member.fault("\(member.path): key `\(key)` is missing") }
        let every = fields["every"]?.choice(ReportOrder.Rhythm.self)
        let client = fields["client"]?.choice(clients.map(\.key))
        let channel = fields["to"]?.choice(channels.map(\.name))
        if let to = fields["to"], channels.contains(where: { $0.name == channel && !$0.kind.takesDigests }) {
            to.fault("\(to.path): `\(channel ?? "")` keeps incidents and takes no report")
        }
        let hours = HoursReader()
        let minute = fields["at"].map { hours.minute($0, ofDay: 0...1439) } ?? Self.standardMinute
        guard let every, let channel, let minute, let clock = hours.clock(fields["zone"]) else { return nil }
        if fields["client"] != nil, client == nil { return nil }
        return ReportOrder(
            client: client, every: every, channel: channel, hour: DailyHour(minute: minute, clock: clock),
            language: fields["language"]?.language())
    }
}
