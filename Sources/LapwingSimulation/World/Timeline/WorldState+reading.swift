import DNSWire
import LapwingCore

extension TreeReader {
    static let worldKeys: Set<String> = [
        "epoch", "seed", "keys", "servers", "zones", "parent", "resolvers", "registry", "elsewhere", "unregistered",
        "terms", "conds",
    ]

    /// Reads a complete world except for conditions, which depend on the time of their start.
    func worldState(from second: Int, zones known: inout [ScenarioTree: Zone]) -> WorldState {
        keys(Self.worldKeys, of: "world")
        var zones: [String: Zone] = [:]
        for (label, value) in required("zones").map {
            // Most steps leave most zones unchanged; each distinct zone is read once.
            let zone = known[value.tree] ?? value.zone()
            known[value.tree] = zone
            zones[label] = zone
        }
        var keyList: [String: KeySpecification] = [:]
        for (label, value) in required("keys").map {
            value.keys(["flags", "alg", "tag"], of: "a key")
            keyList[label] = KeySpecification(
                flags: UInt16(value.required("flags").integer(256...257)),
                algorithm: UInt8(value.required("alg").integer(1...255)))
        }
        var elsewhere: [Name: ForeignName] = [:]
        for item in required("elsewhere").list { item.foreign(into: &elsewhere) }
        let state = WorldState(
            from: second, keys: keyList, servers: required("servers").map.map { $0.value.server(label: $0.key) },
            zones: zones, parent: required("parent").parent(),
            resolvers: required("resolvers").map.compactMap { $0.value.resolver(label: $0.key) },
            registry: required("registry").registry(), elsewhere: elsewhere,
            unregistered: Set(required("unregistered").list.map(\.name)),
            terms: Dictionary(
                (optional("terms")?.map ?? []).compactMap { $0.value.term(of: $0.key) }, uniquingKeysWith: { $1 }))
        check(state)
        return state
    }

    /// Reports labels that refer to nothing.
    private func check(_ state: WorldState) {
        for server in state.servers {
            if let zone = server.serves, state.zones[zone] == nil {
                fault("server \(server.label) serves no zone \(zone)")
            }
        }
        let used = state.zones.values.compactMap(\.signing).flatMap { $0.keys + $0.keySigners + $0.zoneSigners }
        for label in Set(used + state.parent.secureKeys).sorted() where state.keys[label] == nil {
            fault("there is no key \(label)")
        }
        let addresses = state.servers.flatMap(\.addresses) + state.resolvers.map(\.address)
        if Set(addresses).count != addresses.count { fault("two actors have the same address") }
    }

    private func server(label: String) -> ServerState {
        keys(["host", "addr", "serves", "transfer"], of: "a server")
        let serves = required("serves")
        return ServerState(
            label: label, host: required("host").name, addresses: required("addr").list.compactMap(\.address),
            serves: serves.tree.isNull ? nil : serves.text,
            givesZone: optional("transfer")?.word(ServerState.Audience.self) ?? .nobody)
    }

    private func parent() -> ParentState {
        keys(["zone", "state", "ns", "ns_ttl", "glue", "ds", "ds_ttl", "bogus", "denial"], of: "parent")
        var glue: [Name: [IPAddress]] = [:]
        for (host, addresses) in required("glue").map {
            guard let name = try? Name(host) else {
                addresses.fault("not a host name: \(host)")
                continue
            }
            glue[name] = addresses.list.compactMap(\.address)
        }
        return ParentState(
            zone: required("zone").name, state: required("state").word(ParentState.State.self) ?? .ok,
            nameServers: required("ns").list.map(\.name), nameServerTTL: ttl("ns_ttl"), glue: glue,
            secureKeys: required("ds").texts, secureTTL: ttl("ds_ttl"), bogus: required("bogus").boolean,
            denial: optional("denial")?.word(ZoneSigning.Denial.self) ?? .nsec)
    }

    private func resolver(label: String) -> ResolverState? {
        keys(
            [
                "addr", "region", "validate", "caches", "ttl_cap", "ttl_floor", "serve_stale", "aggressive_nsec",
                "sha1",
                "nsec3_insecure_over", "nsec3_servfail_over",
            ], of: "a resolver")
        let result = required("addr").address.map { address in
            ResolverState(
                label: label, address: address, region: required("region").text,
                validates: required("validate").boolean,
                caches: required("caches").integer(1...64), longestTTL: required("ttl_cap").integer(1...10_000_000),
                shortestTTL: required("ttl_floor").integer(0...10_000_000),
                serveStale: required("serve_stale").integer(0...1_000_000) * 60,
                usesDenialsAggressively: required("aggressive_nsec").boolean, supportsSHA1: required("sha1").boolean,
                insecureOver: required("nsec3_insecure_over").integer(0...1_000_000),
                bogusOver: required("nsec3_servfail_over").integer(0...1_000_000))
        }
        return result
    }

    private func registry() -> RegistryState {
        keys(
            ["registrar", "status", "created", "updated", "expires", "nameservers", "secure", "rdap", "whois"],
            of: "registry")
        let registrar = required("registrar")
        registrar.keys(["name", "iana"], of: "registrar")
        let nameServers = required("nameservers")
        let secure = required("secure")
        let expires = required("expires")
        return RegistryState(
            registrar: registrar.required("name").text, registrarID: registrar.required("iana").integer(0...10_000_000),
            statuses: required("status").texts, created: required("created").moment,
            updated: required("updated").moment,
            expires: expires.tree.isNull ? nil : expires.moment,
            nameServers: nameServers.tree.text == "parent" ? nil : nameServers.list.map(\.name),
            secure: secure.tree.text == "parent" ? nil : secure.boolean, rdap: required("rdap").access(),
            whois: required("whois").access())
    }

    private func term(of domain: String) -> (Name, DependencyView.Registration)? {
        keys(["expires", "status"], of: "the term of a registration")
        guard let name = try? Name(domain) else {
            fault("not a domain name: \(domain)")
            return nil
        }
        let end = optional("expires").map { RegistryView.Moment(text: $0.text, at: $0.moment) }
        let statuses = (optional("status")?.texts ?? []).map(World.eppName)
        return (name.folded, DependencyView.Registration(expires: end, statuses: Set(statuses)))
    }

    private func access() -> RegistryState.Access {
        if case .map = tree.content {
            keys(["http", "retry_after"], of: "an HTTP failure")
            return .status(
                required("http").integer(100...599), retryAfter: optional("retry_after")?.integer(0...10_000_000))
        }
        switch text {
        case "ok": return .ok
        case "timeout": return .timeout
        case "malformed": return .malformed
        case "not-found": return .notFound
        case "other-format": return .otherFormat
        default:
            fault("must be one of ok, timeout, malformed, not-found, other-format, or {http: number}")
            return .ok
        }
    }

    private func foreign(into names: inout [Name: ForeignName]) {
        let items = list
        if items.count == 2 {
            let code = items[1].tree.text == "NODATA" ? ForeignName.sets([:]) : .code(items[1].responseCode)
            names[items[0].name.folded] = code
            return
        }
        guard let (key, set) = recordSet() else { return }
        var sets: [RecordType: RecordSet] = [:]
        switch names[key.name] {
        case .code: return
        case .sets(let known): sets = known
        case nil: break
        }
        sets[key.type] = set
        names[key.name] = .sets(sets)
    }

    var moment: Timestamp {
        let word = text
        if let moment = Timestamp(word) { return moment }
        fault("not a time such as 2026-02-03T09:00:00Z: \(word)")
        return Timestamp(seconds: 0)
    }
}
