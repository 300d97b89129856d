import DNSWire
import LapwingCore

/// Finds the addresses of hosts and whether names exist, from the root down.
extension SimulatedClient {
    /// The largest number of steps from the root to a host.
    private static let longestWalk = 8

    /// Returns the root servers' view of the root.
    func roots(at second: Int) -> RootSight {
        var sight = RootSight(known: world.rootServers.count, arePublic: false)
        for server in world.rootServers {
            guard let message = firstMessage(RecordSetKey(.root, .soa), from: [server], at: second) else { continue }
            sight.note(message, from: server)
        }
        return sight
    }

    /// Returns the parent zone of a domain, from the root's referral.
    func parent(of domain: Name, at second: Int) -> ParentZone? {
        guard let referral = referral(RecordSetKey(domain, .ns), from: World.Place.root, at: second) else { return nil }
        return ParentZone(name: referral.zone, servers: referral.addresses)
    }

    /// Returns the addresses of a host.
    func locate(_ host: Name, at second: Int) -> HostLocation {
        let end = walk(RecordSetKey(host, .a), at: second)
        guard let message = end.message else { return HostLocation(addresses: [], outcome: end.outcome) }
        let other = firstMessage(RecordSetKey(host, .aaaa), from: end.servers, at: second)
        let found = (message.answers + (other?.answers ?? [])).compactMap { Address($0.data)?.address }
        return HostLocation(addresses: found, outcome: found.isEmpty ? .noData : .data)
    }

    /// Returns the authoritative answer, found from the root down.
    private func walk(
        _ key: RecordSetKey, at second: Int
    ) -> (message: Message?, servers: [IPAddress], outcome: Answer.Outcome) {
        var servers = world.rootServers
        for _ in 0..<Self.longestWalk {
            guard let message = firstMessage(key, from: servers, at: second) else { return (nil, servers, .timeout) }
            if message.responseCode == .nxDomain { return (nil, servers, .nxDomain) }
            guard message.responseCode == .noError else { return (nil, servers, .failure(message.responseCode)) }
            guard let referral = Self.referral(in: message) else { return (message, servers, .data) }
            servers = referral.addresses
        }
        return (nil, servers, .referral)
    }

    /// Whether a name and its registrable domain still exist, according to the responsible servers.
    func inspect(_ name: Name, at second: Int) -> DependencyView {
        let registrable = world.registrable(name)
        var view = DependencyView(name: name, registrable: registrable, domainState: .unknown, nameState: .unknown)
        guard let parent = parent(of: registrable, at: second),
            let message = firstMessage(RecordSetKey(registrable, .ns), from: parent.servers, at: second)
        else { return view }
        view.domainState = Self.state(message.responseCode)
        switch view.domainState {
        case .absent:
            view.nameState = .absent
            if case .http(let status, _, _) = world.rdap(registrable, at: second) {
                view.registered = status == 404 ? false : status == 200 ? true : nil
            }
        case .exists:
            let location = locate(name, at: second)
            switch location.outcome {
            case .data:
                view.nameState = .exists
                view.data = location.addresses.map { Address(address: $0).data }.filter { $0.type == .a }
            case .noData:
                view.nameState = .exists
                let texts = walk(RecordSetKey(name, .txt), at: second).message?.answers ?? []
                view.data = texts.map(\.data).filter { $0.type == .txt }
            case .nxDomain: view.nameState = .absent
            default: break
            }
        case .unknown: break
        }
        return view
    }

    private static func state(_ code: ResponseCode) -> DependencyView.State {
        switch code {
        case .noError: .exists
        case .nxDomain: .absent
        default: .unknown
        }
    }

    private func referral(_ key: RecordSetKey, from server: IPAddress, at second: Int) -> (
        zone: Name, addresses: [IPAddress]
    )? {
        firstMessage(key, from: [server], at: second).flatMap(Self.referral)
    }

    private static func referral(in message: Message) -> (zone: Name, addresses: [IPAddress])? {
        guard let zone = message.authorities.first(where: { $0.type == .ns })?.name else { return nil }
        let addresses = message.additionals.compactMap { Address($0.data)?.address }
        return addresses.isEmpty ? nil : (zone, addresses)
    }
}
