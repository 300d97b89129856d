import DNSWire

extension ZoneErrand {
    /// The largest number of servers in one round that are asked whether they give the zone to anyone.
    private static let mostServers = 16

    /// Creates the errand beside a round; nil if there is nothing to find out.
    ///
    /// If no server answered, the zone is left alone, since a change could not be reported.
    init?(_ watch: Watch, _ state: WatchState, _ snapshot: Snapshot) {
        guard watch.transfer != nil || watch.asksForZone, snapshot.interception == nil, !Picture.isBlind(snapshot)
        else { return nil }
        let isDue =
            watch.asksForZone && snapshot.look == .regular
            && state.transfers.map { abs(snapshot.at.seconds(since: $0.askedAt)) >= TransferMemory.every } ?? true
        var seen: Set<IPAddress> = []
        let servers = snapshot.authorities.filter { !$0.remembered && seen.insert($0.address).inserted }.map(\.address)
        let strangersAsk = isDue ? Array(servers.prefix(Self.mostServers)) : []
        guard watch.transfer != nil || !strangersAsk.isEmpty else { return nil }
        let apex = [RecordType.ns, .soa, .dnskey, .ds].map { RecordSetKey(watch.domain, $0) }
        let signals =
            snapshot.parent.ds.isEmpty ? [] : [RecordType.cds, .cdnskey].map { RecordSetKey(watch.domain, $0) }
        self.init(
            domain: watch.domain, source: watch.transfer, strangersAsk: strangersAsk,
            watched: Set(state.looking(at: watch).sets + apex + signals))
    }
}
