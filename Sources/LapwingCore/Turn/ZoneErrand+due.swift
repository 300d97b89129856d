import DNSWire

extension ZoneErrand {
    /// Servers that are asked in one round whether they give the zone to anybody.
    private static let mostServers = 16

    /// What there is to find out beside a round; nil where that is nothing.
    ///
    /// Where nothing answered, the zone is left as it is known: a change could not be told.
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
