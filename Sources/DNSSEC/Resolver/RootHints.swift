public import DNSWire

/// The servers of the root zone.
public struct RootHints: Hashable, Sendable {
    /// The root's name servers with their addresses.
    public let servers: [NameServer]

    /// Makes hints from the records of a file in the format of `named.root`: NS records of the root, and addresses.
    public init(records: [Record]) {
        var servers: [NameServer] = []
        for record in records where record.name.isRoot && record.type == .ns {
            guard let target = NameTarget(record.data)?.target, !servers.contains(where: { $0.name == target }) else {
                continue
            }
            let addresses = records.filter { $0.name == target }.compactMap { Address($0.data)?.address }
            servers.append(NameServer(name: target, addresses: addresses))
        }
        self.servers = servers
    }

    /// Makes hints from given servers.
    public init(servers: [NameServer]) { self.servers = servers }

    /// The thirteen root servers, with the addresses that IANA has published since 27 November 2023.
    public static let builtIn: RootHints = {
        let addresses: [(String, String, String)] = [
            ("a", "198.41.0.4", "2001:503:ba3e::2:30"), ("b", "170.247.170.2", "2801:1b8:10::b"),
            ("c", "192.33.4.12", "2001:500:2::c"), ("d", "199.7.91.13", "2001:500:2d::d"),
            ("e", "192.203.230.10", "2001:500:a8::e"), ("f", "192.5.5.241", "2001:500:2f::f"),
            ("g", "192.112.36.4", "2001:500:12::d0d"), ("h", "198.97.190.53", "2001:500:1::53"),
            ("i", "192.36.148.17", "2001:7fe::53"), ("j", "192.58.128.30", "2001:503:c27::2:30"),
            ("k", "193.0.14.129", "2001:7fd::1"), ("l", "199.7.83.42", "2001:500:9f::42"),
            ("m", "202.12.27.33", "2001:dc3::35"),
        ]
        return RootHints(
            servers: addresses.compactMap { letter, v4, v6 in
                guard let name = try? Name("\(letter).root-servers.net.") else { return nil }
                return NameServer(name: name, addresses: [IPAddress(v4), IPAddress(v6)].compactMap { $0 })
            })
    }()
}
