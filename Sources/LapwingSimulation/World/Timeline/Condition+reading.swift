import DNSWire
import LapwingCore

extension TreeReader {
    private static let filters: Set<String> = [
        "id", "actor", "do", "only", "except", "from", "transport", "caches", "share",
    ]

    /// Reads a condition that begins now; `state` is the world at that moment.
    func condition(since second: Int, in state: WorldState) -> Condition {
        let actors = required("actor").oneOrMore.map(\.text)
        let how = required("do")
        let (effect, fields) = effect(how.text, actors: actors, since: second, in: state)
        keys(Self.filters.union(fields), of: "the condition \(how.text)")
        checkActors(actors, how: how.text, in: state)
        return Condition(
            id: required("id").text, actors: actors, effect: effect, only: optional("only")?.selection(),
            except: optional("except")?.selection(), clients: optional("from").map { Set($0.oneOrMore.map(\.text)) },
            transport: optional("transport")?.word(Condition.Transport.self),
            caches: optional("caches").map { Set($0.list.map { $0.integer(0...63) }) },
            share: optional("share").map { Int(($0.share() * 1000).rounded()) }, since: second)
    }

    /// Reads the effect, and returns it with the keys that it uses.
    private func effect(
        _ word: String, actors: [String], since second: Int, in state: WorldState
    ) -> (Condition.Effect, Set<String>) {
        switch word {
        case "timeout":
            return (.timeout, [])
        case "rcode":
            let code = required("rcode").responseCode
            let extended = optional("extended_error").map { UInt16($0.integer(0...65_535)) }
            return (.code(code, extendedError: extended), ["rcode", "extended_error"])
        case "override":
            guard let (key, set) = required("rr").recordSet() else { return (.timeout, ["rr"]) }
            return (.forge(key, set), ["rr"])
        case "freeze":
            var frozen: [String: (zone: Zone, minute: Int)] = [:]
            for actor in actors {
                if let label = state.server(actor)?.serves, let zone = state.zones[label] {
                    frozen[actor] = (zone, floorDivide(second, 60))
                }
            }
            return (.freeze(frozen), [])
        case "tcp_block":
            return (.blockTCP, [])
        case "no_edns":
            return (.refuseEDNS, [])
        case "udp_drop_over":
            return (.dropUDP(over: required("bytes").integer(0...65_535)), ["bytes"])
        case "nxdomain_rewrite":
            let set = RecordSet(ttl: ttl("ttl"), data: required("rdata").list.compactMap { $0.data(.a) })
            return (.rewrite(set), ["ttl", "rdata"])
        case "route":
            return (.reroute(from: Set(required("servers").texts), to: required("to").text), ["servers", "to"])
        case "case":
            return (.upperCase, [])
        case "clock":
            return (.skew(required("skew_s").integer()), ["skew_s"])
        case "offline":
            return (.offline, [])
        case "intercept":
            return (.intercept, [])
        case "forget":
            return (.forget, [])
        case "unreadable":
            return (.unreadable, [])
        default:
            fault("no condition does \"\(word)\"")
            return (.timeout, [])
        }
    }

    private func checkActors(_ actors: [String], how: String, in state: WorldState) {
        let onServers: Set = ["timeout", "rcode", "override", "freeze", "tcp_block", "udp_drop_over", "no_edns"]
        let onResolvers: Set = ["timeout", "rcode", "override", "nxdomain_rewrite", "route", "case"]
        for actor in actors {
            let fits =
                if actor == "monitor" {
                    ["clock", "offline", "intercept", "forget", "unreadable"].contains(how)
                } else if state.server(actor) != nil {
                    onServers.contains(how)
                } else {
                    state.resolver(actor) != nil && onResolvers.contains(how)
                }
            if !fits { fault("\(how) cannot be on \(actor)") }
        }
    }

    private func selection() -> Condition.Selection {
        Condition.Selection(
            keys: Set(
                list.map { item in
                    let pair = item.list
                    guard pair.count == 2 else {
                        item.fault("must be [name, type]")
                        return RecordSetKey(.root, .any)
                    }
                    return RecordSetKey(pair[0].name.folded, pair[1].text == "ANY" ? .any : pair[1].recordType)
                }))
    }

    private func share() -> Double {
        let value = number
        if !(value > 0 && value < 1) { fault("must lie between 0 and 1") }
        return min(max(value, 0), 1)
    }
}
