internal import DNSWire

extension Walk {
    /// The answer of a zone's servers, or the reason why there is none.
    enum Outcome {
        case response(Response)
        case failure(Reason)
    }

    /// Descends from the lowest known zone to the one that answers (RFC 1034 section 5.3.3).
    ///
    /// `avoiding` are servers with a bogus answer to this question; `stack` are the name servers that are being looked
    /// up, so that no look-up waits for itself; `above` is a zone that must not be queried, since the look-up is for
    /// one of its own servers.
    mutating func fetch(
        _ name: Name, _ type: RecordType, avoiding: Set<IPAddress> = [], stack: [Name] = [], above: Name? = nil
    ) throws(Pause) -> Outcome {
        var delegation = try lowestKnown(name, type, above: above)
        var avoiding = avoiding
        for _ in 0..<Limits.referrals {
            switch try ask(delegation, name, type, avoiding, stack) {
            case .useless(let text):
                return .failure(Reason(.unreachable, zone: delegation.zone, "no server of \(delegation.zone): \(text)"))
            case .withoutEDNS, .borrowed:
                return .failure(Reason(.lame, zone: delegation.zone, "no server of \(delegation.zone) answers"))
            case .response(let response): return .response(response)
            case .referral(let below):
                note("referral: \(delegation.zone) to \(below.zone)")
                if below.zone == above {
                    let glue = below.servers.first { $0.name == name }?.addresses ?? []
                    let life = UInt32(clamping: min(below.expires - now, Int64(FoundAddresses.longestLife)))
                    if !glue.isEmpty { lateGlue[name] = FoundAddresses(addresses: glue, life: life) }
                    // Servers of one zone may differ in their glue for child zones.
                    if glue.isEmpty, let source = below.source, avoiding.insert(source).inserted { continue }
                    return .failure(Reason(.lame, zone: below.zone, "only \(below.zone) itself knows \(name)"))
                }
                let known = memory.delegations[below.zone]
                if known == nil { memory.grow(by: below.size) }
                memory.delegations[below.zone] = known?.completed(by: below) ?? below
                delegation = memory.delegations[below.zone] ?? below
            }
        }
        return .failure(Reason(.lame, zone: delegation.zone, "the referrals for \(name) do not end"))
    }

    /// Returns the lowest known zone that can answer; the DS of a zone is queried at its parent zone.
    private mutating func lowestKnown(
        _ name: Name, _ type: RecordType, above: Name?
    ) throws(Pause) -> Delegation {
        var candidate = above.map(\.parent) ?? (type == .ds ? name.parent : name)
        while let zone = candidate, !zone.isRoot {
            if let known = memory.delegations[zone] { return known }
            candidate = zone.parent
        }
        return try root()
    }

    /// Returns the root with the servers in its own NS RRset (RFC 8109); the hints are used if it does not answer, and
    /// as a fallback.
    private mutating func root() throws(Pause) -> Delegation {
        if let known = memory.delegations[.root] { return known }
        let hints = settings.roots.servers
        var root = Delegation(zone: .root, servers: hints, security: [], source: nil, expires: now + Self.faultLife)
        guard !isPriming else { return root }
        isPriming = true
        defer { isPriming = false }
        // A root server that does not answer this query may still answer others.
        if case .response(let response) = try ask(root, for: .root, .ns, [], [], tries: 2),
            !response.ownServers.isEmpty
        {
            let servers = response.ownServers.map { server in
                guard server.addresses.isEmpty, let hint = hints.first(where: { $0.name == server.name }) else {
                    return server
                }
                return hint
            }
            root = Delegation(
                zone: .root, servers: servers, spareAddresses: hints.flatMap(\.addresses), security: [],
                source: response.server, expires: now + Int64(response.ownServersLife))
        }
        memory.delegations[.root] = root
        return root
    }

    /// Queries a zone, with QNAME minimisation first (RFC 9156).
    private mutating func ask(
        _ delegation: Delegation, _ name: Name, _ type: RecordType, _ avoiding: Set<IPAddress>, _ stack: [Name]
    ) throws(Pause) -> Reading {
        let full = name.labelCount
        var labels = settings.minimisesNames ? delegation.zone.labelCount + 1 : full
        var steps = 0
        while labels < full, steps < Limits.minimisedQueries {
            steps += 1
            switch try ask(delegation, for: name.suffix(labels: labels), .a, avoiding, stack, tries: 3) {
            case .referral(let below): return .referral(below)
            case .response(let response) where response.responseCode == .noError && response.openTarget == nil:
                let left = full - labels
                labels += steps < Limits.minimisedOneLabel ? 1 : max(1, left / (Limits.minimisedQueries - steps + 1))
            case .response, .borrowed, .useless, .withoutEDNS: labels = full
            }
        }
        return try ask(delegation, for: name, type, avoiding, stack)
    }

    /// Sends one query to the servers of a zone in sequence, until one has a useful answer.
    private mutating func ask(
        _ delegation: Delegation, for name: Name, _ type: RecordType, _ avoiding: Set<IPAddress>, _ stack: [Name],
        tries: Int = Limits.serversTried
    ) throws(Pause) -> Reading {
        var tried = avoiding
        var fault = ""
        var budget = tries
        var borrowed: Response?
        func fresh(_ addresses: [IPAddress]) -> [IPAddress] {
            var found: [IPAddress] = []
            for address in addresses where settings.usesIPv6 || address.isIPv4 {
                if !tried.contains(address), !found.contains(address) { found.append(address) }
            }
            return found
        }
        let glue = ordered(fresh(delegation.servers.flatMap { $0.addresses }))
        if let found = try ask(glue, delegation, name, type, &tried, &fault, &budget, &borrowed) { return found }
        var lookups = Limits.serverLookupsPerZone
        // Servers without glue first; then those whose glue was useless, for which their own zone may have other
        // addresses.
        for server in delegation.servers.filter({ $0.addresses.isEmpty })
            + delegation.servers.filter({ !$0.addresses.isEmpty })
        {
            if !server.addresses.isEmpty, server.name.isSubdomain(of: delegation.zone) { continue }
            guard lookups > 0, budget > 0 else { break }
            lookups -= 1
            let addresses = fresh(try addresses(of: server.name, for: delegation.zone, stack))
            if let found = try ask(addresses, delegation, name, type, &tried, &fault, &budget, &borrowed) {
                return found
            }
        }
        // Finally the glue from other referrals for the same names: it may be right if the zone is wrong.
        let spare = fresh(delegation.servers.flatMap { spareGlue($0.name) } + delegation.spareAddresses)
        if let found = try ask(spare, delegation, name, type, &tried, &fault, &budget, &borrowed) { return found }
        for server in try ownServers(delegation, stack) {
            guard lookups > 0, budget > 0 else { break }
            lookups -= 1
            let looked = server.addresses.isEmpty ? try addresses(of: server.name, for: delegation.zone, stack) : []
            let addresses = fresh(server.addresses + looked)
            if let found = try ask(addresses, delegation, name, type, &tried, &fault, &budget, &borrowed) {
                return found
            }
        }
        return borrowed.map { .response($0) } ?? .useless(fault.isEmpty ? "none is known" : fault)
    }

    /// Adds the fault of one more server; the first few are sufficient.
    private static func add(_ text: String, to fault: inout String) {
        guard fault.utf8.count < 300 else { return }
        fault += fault.isEmpty ? text : "; \(text)"
    }

    /// Returns the servers that only the zone's own NS RRset lists, if those of the delegation have failed.
    private func ownServers(_ delegation: Delegation, _ stack: [Name]) throws(Pause) -> [NameServer] {
        guard !delegation.zone.isRoot, stack.isEmpty, let known = ownServers[delegation.zone] else { return [] }
        return known.filter { own in !delegation.servers.contains { $0.name == own.name } }
    }

    private func spareGlue(_ server: Name) -> [IPAddress] {
        var addresses: [IPAddress] = []
        var candidate = server.parent
        while let zone = candidate, !zone.isRoot {
            addresses += memory.delegations[zone]?.servers.first { $0.name == server }?.addresses ?? []
            candidate = zone.parent
        }
        return addresses
    }

    private mutating func ask(
        _ servers: [IPAddress], _ delegation: Delegation, _ name: Name, _ type: RecordType,
        _ tried: inout Set<IPAddress>, _ fault: inout String, _ budget: inout Int, _ borrowed: inout Response?
    ) throws(Pause) -> Reading? {
        var waited = 0
        for (place, server) in servers.enumerated() {
            guard budget > 0 else { return nil }
            budget -= 1
            tried.insert(server)
            let query = ServerQuery(server: server, name: name, type: type, usesEDNS: true, zone: delegation.zone)
            // Once a server has not answered, two more are queried concurrently with the next.
            let others =
                waited == 0
                ? []
                : servers[(place + 1)...].prefix(2).map {
                    ServerQuery(server: $0, name: name, type: type, usesEDNS: true, zone: delegation.zone)
                }
            switch try read(query, besides: others, delegation, &waited) {
            case .useless(let text): Self.add("\(text) (\(server))", to: &fault)
            case .withoutEDNS: Self.add("no answer without EDNS (\(server))", to: &fault)
            case .borrowed(let response):
                Self.add("no answer of its own (\(server))", to: &fault)
                if borrowed == nil { borrowed = response }
            case let found: return found
            }
        }
        return nil
    }

    private mutating func read(
        _ query: ServerQuery, besides others: [ServerQuery], _ delegation: Delegation, _ waited: inout Int
    ) throws(Pause) -> Reading {
        switch try reply(to: query, besides: others) {
        case .timeout:
            waited += 1
            return .useless("no answer in time")
        case .failure(let text): return .useless(text)
        case .message(let message):
            let reading: Reading
            if let known = readings[query], known.zone == delegation.zone {
                reading = known.reading
            } else {
                reading = MessageReader(query: query, zone: delegation.zone, now: now).read(message)
                readings[query] = (delegation.zone, reading)
                if case .response(let response) = reading, ownServers[delegation.zone] == nil,
                    !response.ownServers.isEmpty
                {
                    ownServers[delegation.zone] = response.ownServers
                }
            }
            if case .useless(let text) = reading {
                note("\(query.server) is of no use for \(delegation.zone): \(text)")
            }
            guard case .withoutEDNS = reading else { return reading }
            plainServers.insert(query.server)
            let plain = ServerQuery(
                server: query.server, name: query.name, type: query.type, usesEDNS: false, zone: query.zone)
            return try read(plain, besides: [], delegation, &waited)
        }
    }

    /// IPv4 precedes IPv6, which fails more often, and addresses with failures come last.
    private func ordered(_ addresses: [IPAddress]) -> [IPAddress] {
        if addresses.count < 2 || addresses.allSatisfy({ $0.isIPv4 && memory.troubles[$0] == nil }) { return addresses }
        return addresses.enumerated().sorted {
            func rank(_ address: IPAddress) -> Int { (memory.troubles[address] ?? 0) * 2 + (address.isIPv4 ? 0 : 1) }
            let (left, right) = (rank($0.element), rank($1.element))
            return left == right ? $0.offset < $1.offset : left < right
        }.map { $0.element }
    }

    /// Returns the addresses of a name server, without validation: its answers are validated, not its address.
    private mutating func addresses(of server: Name, for zone: Name, _ stack: [Name]) throws(Pause) -> [IPAddress] {
        if let given = settings.supposed?.addresses(of: server) { return given }
        if let known = memory.addresses[server] { return known.value }
        guard stack.count < Limits.serverLookupDepth, !stack.contains(server) else { return [] }
        let lookup = ServerLookup(name: server, depth: stack.count)
        guard !fruitless.contains(lookup) else { return [] }
        guard lookedUp.contains(server) || lookedUp.count < Limits.serverLookupsPerQuestion else { return [] }
        lookedUp.insert(server)
        var found = FoundAddresses()
        // A server inside its own zone, but without glue: only the parent zone may have its address.
        let above = server.isSubdomain(of: zone) && !zone.isRoot ? zone : nil
        for type in [RecordType.a, .aaaa] where found.addresses.isEmpty && (type == .a || settings.usesIPv6) {
            found = try address(of: server, type, above, stack + [server])
        }
        let addresses = Array(found.addresses.prefix(Limits.addressesPerServer))
        if addresses.isEmpty { fruitless.insert(lookup) }
        if !addresses.isEmpty || stack.isEmpty {
            let life = addresses.isEmpty ? Self.faultLife : Int64(found.life)
            memory.addresses[server] = ResolutionCache.Entry(value: addresses, expires: now + life)
        }
        return addresses
    }

    private mutating func address(
        of server: Name, _ type: RecordType, _ above: Name?, _ stack: [Name]
    ) throws(Pause) -> FoundAddresses {
        var found = FoundAddresses()
        var name = server
        for _ in 0..<Limits.serverAliases {
            switch try fetch(name, type, stack: stack, above: above) {
            case .failure: return lateGlue[name] ?? FoundAddresses()
            case .response(let response):
                for set in response.steps.flatMap(\.sets) {
                    found.life = min(found.life, set.records.ttl)
                }
                guard let target = response.openTarget else {
                    let sets = response.steps.last?.sets ?? []
                    found.addresses = sets.flatMap { $0.records.data.compactMap { Address($0)?.address } }
                    return found
                }
                if let above, target.isSubdomain(of: above) { return FoundAddresses() }
                name = target
            }
        }
        return FoundAddresses()
    }
}
