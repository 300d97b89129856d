import DNSWire
import LapwingCore

/// Reads the settings of whole zones: keys, the servers for transfers, and the accepted senders of NOTIFY.
struct ZoneReader {
    /// The largest number of address blocks from which NOTIFY is accepted.
    private static let mostSenders = 64
    private static let mostKeys = 1000

    let surroundings: SettingsReader.Surroundings

    /// Reads keys by their names, which both sides must use; each has an algorithm and a secret.
    func keys(_ value: ValueReader) -> [SharedKey] {
        guard let entries = value.entries() else { return [] }
        guard entries.count <= Self.mostKeys else {
            value.fault("\(value.path): \(entries.count) keys; at most \(Self.mostKeys) are taken")
            return []
        }
        var names: Set<Name> = []
        return entries.compactMap { text, keyReader, value in
            guard let name = try? Name(text), !name.isRoot else {
                keyReader.fault("\(value.path): `\(text)` is no name for a key: it is written like a domain name")
                return nil
            }
            guard names.insert(name).inserted else {
                keyReader.fault("\(value.path): `\(text)` is there already, in other letters")
                return nil
            }
            return key(name, value)
        }
    }

    private func key(_ name: Name, _ value: ValueReader) -> SharedKey? {
        guard let fields = value.fields(.key) else { return nil }
        let algorithm = fields["algorithm"].map { $0.choice(SharedKey.Algorithm.self) } ?? .sha256
        let reader = ChannelFields(reader: value, fields: fields, contents: surroundings.contents)
        guard let text = reader.required("secret"), let algorithm else { return nil }
        guard let secret = Base64.decode(Array(text.utf8)), secret.count >= 8 else {
            // The text is not repeated, since it is a secret.
            (fields["secret_file"] ?? fields["secret"] ?? value).fault(
                "\(value.path).secret: expected a secret in Base64, of 8 bytes or more, as tsig-keygen prints it")
            return nil
        }
        return SharedKey(name: name, algorithm: algorithm, secret: secret)
    }

    /// Reads the servers for transfers; nil for `false`, and after a fault.
    func source(_ value: ValueReader, keys: Set<Name>) -> ZoneSource? {
        if value.isScalar {
            if value.boolean() == true {
                value.fault("\(value.path): say from which servers the zone is fetched, such as {from: [192.0.2.1]}")
            }
            return nil
        }
        guard let fields = value.fields(.transfer) else { return nil }
        guard let from = fields["from"] else {
            value.fault("\(value.path): key `from` is missing")
            return nil
        }
        let members = from.list(orSingle: true) ?? []
        guard (1...ZoneSource.mostServers).contains(members.count) else {
            from.fault("\(from.path): \(members.count) servers; from 1 to \(ZoneSource.mostServers) are taken")
            return nil
        }
        let servers = members.compactMap(server)
        var source = ZoneSource(servers: servers, key: fields["key"].flatMap { known($0, keys) })
        source.mostRecords = fields["max_records"]?.integer(ZoneSource.limits) ?? source.mostRecords
        return servers.count == members.count ? source : nil
    }

    private func server(_ value: ValueReader) -> ServerAddress? {
        guard let text = value.string() else { return nil }
        guard let server = ServerAddress(text), [.udp, .tcp].contains(server.transport), server.address != nil else {
            value.fault("\(value.path): `\(text)` is no server (192.0.2.1, 192.0.2.1:5353, [2001:db8::1]:53)")
            return nil
        }
        // Transfers always use TCP.
        return ServerAddress(address: server.address, port: server.port)
    }

    private func known(_ value: ValueReader, _ keys: Set<Name>) -> Name? {
        guard let text = value.string() else { return nil }
        guard let name = try? Name(text), keys.contains(name) else {
            let all = keys.map { String("\($0)".dropLast()) }.sorted()
            let hint = Spelling.nearest(to: text, among: all).map { "; did you mean `\($0)`?" } ?? ""
            value.fault("\(value.path): `\(text)` is not among the keys\(hint)")
            return nil
        }
        return name.folded
    }

    /// Reads the address for NOTIFY messages, and the senders that are accepted.
    func notifications(_ value: ValueReader, keys: Set<Name>) -> Settings.Notifications? {
        guard let fields = value.fields(.notify) else { return nil }
        for key in ["listen", "allow"] where fields[key] == nil {
            value.fault("\(value.path): key `\(key)` is missing")
        }
        guard let listen = fields["listen"], let allow = fields["allow"], let text = listen.string() else { return nil }
        let key = fields["key"].flatMap { known($0, keys) }
        guard let place = SettingsReader.endpoint(text), place.host.isEmpty || IPAddress(place.host) != nil else {
            listen.fault("\(listen.path): expected address:port such as 0.0.0.0:5301, found `\(text)`")
            return nil
        }
        let members = allow.list(orSingle: true) ?? []
        guard (1...Self.mostSenders).contains(members.count) else {
            allow.fault("\(allow.path): \(members.count) addresses; from 1 to \(Self.mostSenders) are taken")
            return nil
        }
        let blocks = members.compactMap { member -> AddressBlock? in
            guard let text = member.string() else { return nil }
            if let block = AddressBlock(text) { return block }
            member.fault("\(member.path): `\(text)` is no address and no block of addresses such as 192.0.2.0/24")
            return nil
        }
        return Settings.Notifications(
            listen: Settings.Listener(host: place.host.isEmpty ? "0.0.0.0" : place.host, port: place.port),
            allow: blocks, key: key)
    }
}
