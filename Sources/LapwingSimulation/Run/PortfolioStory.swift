/// Draws the events of one domain in a year.
struct PortfolioStory {
    private let kind: PortfolioDomain.Kind
    private let chance: Chance
    private var events: [PortfolioDomain.Event] = []
    private let address = 50
    private let spf = "v=spf1 mx -all"

    private static let day = 1440

    init(kind: PortfolioDomain.Kind, chance: Chance) {
        self.kind = kind
        self.chance = chance
    }

    /// Returns events that take up to two days each, three weeks apart, so that each is over before the next begins,
    /// with disturbances by others in between.
    mutating func tell(mishaps: Bool) -> [PortfolioDomain.Event] {
        var owner = [tokenAdded, loginMoved, webMoved, mailToProvider, restarts, secondaryLate]
        owner += kind == .signed ? [zoneKeyRolled, keySigningKeyRolled] : [serverMove, ttlLowered]
        var order = owner.indices.map { ($0, chance.mixed(with: "order").mixed(with: $0).value) }
        order.sort { $0.1 < $1.1 }
        for (slot, entry) in order.enumerated() {
            let start = (10 + slot * 35 + chance.mixed(with: "day").mixed(with: slot).below(12)) * Self.day
            let minute = start + chance.mixed(with: "minute").mixed(with: slot).below(Self.day) / 10 * 10
            add(owner[entry.0](minute))
        }
        for number in 0..<6 {
            let minute =
                (25 + number * 55) * Self.day + chance.mixed(with: "trouble").mixed(with: number).below(Self.day)
            add(trouble(number, minute))
        }
        add([(146 * Self.day, "set: {registry/expires: \"2028-06-01T00:00:00Z\"}")])
        if mishaps { for number in 0..<4 { add(mishap(number)) } }
        return events
    }

    private mutating func add(_ steps: [(minute: Int, text: String)]) {
        guard let first = steps.first else { return }
        events.append(PortfolioDomain.Event(minute: first.minute, steps: steps))
    }

    private func text(_ tokens: [String]) -> String {
        "rr: [[knot.test, TXT, 3600, " + ([spf] + tokens).map { "\"\($0)\"" }.joined(separator: ", ") + "]]"
    }

    // MARK: The owner

    /// A service requires a token, which is removed two days later.
    private func tokenAdded(_ at: Int) -> [(minute: Int, text: String)] {
        [(at, text(["service-verification=\(chance.below(100_000))"])), (at + 2 * Self.day, text([]))]
    }

    /// Lowers the TTL a day ahead, serves both addresses for an hour, then the new one, and raises the TTL again.
    private func loginMoved(_ at: Int) -> [(minute: Int, text: String)] {
        [
            (at, "rr: [[login.knot.test, A, 300, 203.0.113.12]]"),
            (at + Self.day, "rr: [[login.knot.test, A, 300, 203.0.113.12, 203.0.113.\(address)]]"),
            (at + Self.day + 60, "rr: [[login.knot.test, A, 300, 203.0.113.\(address)]]"),
            (at + 2 * Self.day, "rr: [[login.knot.test, A, 3600, 203.0.113.\(address)]]"),
        ]
    }

    private func webMoved(_ at: Int) -> [(minute: Int, text: String)] {
        [(at, "rr: [[knot.test, A, 3600, 203.0.113.\(address + 1)]]")]
    }

    /// Adds the token and the SPF senders, and a day later changes the mail exchangers.
    private func mailToProvider(_ at: Int) -> [(minute: Int, text: String)] {
        let senders = "v=spf1 mx include:_spf.post.example.net -all"
        return [
            (at, "rr: [[knot.test, TXT, 3600, \"\(senders)\", \"post-verification=\(chance.below(1000))\"]]"),
            (at + Self.day, "rr: [[knot.test, MX, 3600, 10 mx.post.example.net]]"),
            (at + 3 * Self.day, "rr: [[knot.test, TXT, 3600, \"\(spf)\"]]"),
            (at + 3 * Self.day, "rr: [[knot.test, MX, 3600, 10 mx.post.example.net, 20 mail.knot.test]]"),
        ]
    }

    /// Both sets of servers serve the same zone; the old ones list the new ones first.
    private func serverMove(_ at: Int) -> [(minute: Int, text: String)] {
        let old = "ns1.mooring.example.net, ns2.mooring.example.net"
        let new = "ns1.quay.example.net, ns2.quay.example.net"
        return [
            (at, "rr: [[knot.test, NS, 86400, \(old), \(new)]]"),
            (at + 120, "set: {parent/ns: [\(old), \(new)]}"),
            (at + 3 * Self.day, "set: {parent/ns: [\(new)]}"),
            (at + 3 * Self.day + 60, "rr: [[knot.test, NS, 86400, \(new)]]"),
        ]
    }

    private func ttlLowered(_ at: Int) -> [(minute: Int, text: String)] {
        [
            (
                at,
                "rr: [[mail.knot.test, A, 300, 203.0.113.13], [knot.test, CAA, 300, \"0 issue \\\"pki.example.net\\\"\"]]"
            ),
            (at + 4 * Self.day, "rr: [[knot.test, CAA, 3600, \"0 issue \\\"pki.example.net\\\"\"]]"),
        ]
    }

    private func zoneKeyRolled(_ at: Int) -> [(minute: Int, text: String)] { zoneKey(at, from: "zsk", to: "zsk2") }

    /// Publishes the new key a day ahead, then signs with it, then removes the old one.
    private func zoneKey(_ at: Int, from old: String, to new: String) -> [(minute: Int, text: String)] {
        [
            (at, "set: {zones/main/dnssec/keys: [ksk, \(old), \(new)]}"),
            (at + Self.day, "set: {zones/main/dnssec/zsk_signs: [\(new)]}"),
            (at + 2 * Self.day, "set: {zones/main/dnssec/keys: [ksk, \(new)]}"),
        ]
    }

    /// Adds a DS of the standby key beside the old one and removes it again.
    private func keySigningKeyRolled(_ at: Int) -> [(minute: Int, text: String)] {
        [(at, "set: {parent/ds: [ksk, ksk2]}"), (at + 2 * Self.day, "set: {parent/ds: [ksk]}")]
    }

    /// Restarts each server in turn.
    private func restarts(_ at: Int) -> [(minute: Int, text: String)] {
        ["one", "two"].enumerated().flatMap { index, server in
            [
                (at + index * 60, "cond: {id: restart-\(server), actor: \(server), do: timeout}"),
                (at + index * 60 + 12, "clear: [restart-\(server)]"),
            ]
        }
    }

    /// One server gets the new zone an hour after the other.
    private func secondaryLate(_ at: Int) -> [(minute: Int, text: String)] {
        [
            (at, "cond: {id: late, actor: two, do: freeze}"),
            (at + 10, "rr: [[relay.knot.test, A, 3600, 203.0.113.14]]"),
            (at + 70, "clear: [late]"),
        ]
    }

    // MARK: Mishaps

    /// All servers are silent for a while, or one serves an old zone for days, or the registry puts the domain on hold.
    private func mishap(_ number: Int) -> [(minute: Int, text: String)] {
        let draw = chance.mixed(with: "mishap").mixed(with: number)
        let at =
            (20 + number * 85 + draw.mixed(with: "day").below(60)) * Self.day
            + draw.mixed(with: "minute").below(Self.day)
        switch draw.mixed(with: "kind").below(4) {
        case 0, 1:
            return passing(at, "actor: [one, two, new1, new2], do: timeout", 50 + draw.mixed(with: "length").below(200))
        case 2:
            let status = "client transfer prohibited"
            return [
                (at, "set: {registry/status: [\(status), client hold]}"),
                (at + 2 * Self.day, "set: {registry/status: [\(status)]}"),
            ]
        default: return passing(at, "actor: [r1, r2], do: rcode, rcode: SERVFAIL", 120)
        }
    }

    // MARK: Others

    private func trouble(_ number: Int, _ at: Int) -> [(minute: Int, text: String)] {
        switch number % 6 {
        case 0: passing(at, "actor: r1, do: timeout", 40)
        case 1: passing(at, "actor: r2, do: rcode, rcode: SERVFAIL", 60)
        case 2: passing(at, "actor: [r1, r2], do: timeout, share: 0.1", 240)
        case 3:
            [
                (at, "set: {registry/rdap: timeout, registry/whois: timeout}"),
                (at + 900, "set: {registry/rdap: ok, registry/whois: ok}"),
            ]
        case 4: passing(at, "actor: monitor, do: offline", 45)
        default: passing(at, "actor: one, do: timeout, share: 0.2", 120)
        }
    }

    private func passing(_ at: Int, _ condition: String, _ minutes: Int) -> [(minute: Int, text: String)] {
        [(at, "cond: {id: trouble-\(at), \(condition)}"), (at + minutes, "clear: [trouble-\(at)]")]
    }
}
