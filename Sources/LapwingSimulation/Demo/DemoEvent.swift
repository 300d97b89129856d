package import DNSWire

/// An event in the world of the demonstration that a user can cause with a button; after a while the world reverts it.
package struct DemoEvent: Sendable {
    /// The identifier in requests of the page.
    package var id: String
    /// The label of the button.
    package var title: String
    /// The text on the terminal when it happens.
    package var text: String
    var domain: String
    /// Minutes until the world is as before, and the button works again.
    package var lasting: Int
    /// The steps in the domain's timeline for an event at a minute.
    var steps: @Sendable (_ minute: Int) -> [String]

    /// All events, in the order of their buttons.
    package static let all = [hijack, move, lapse, pool, poison, silence, lostMail]

    private static let hijack = DemoEvent(
        id: "hijack", title: "Hijack a delegation",
        text: "a stranger in the registrar account points the delegation to ns1.fence.test and ns2.fence.test",
        domain: DemoScript.station.name, lasting: 40,
        steps: { minute in
            [
                "{at: \(minute), set: {parent/ns: [ns1.fence.test, ns2.fence.test]}}",
                "{at: \(minute + 35), set: {parent/ns: [ns1.dns.example.net, ns2.dns.example.net]}}",
            ]
        })

    private static let move = DemoEvent(
        id: "move", title: "Move to new servers, as planned",
        text: "the owner announces new name servers in the zone, and moves the delegation to them later",
        domain: DemoScript.museum.name, lasting: 100,
        steps: { minute in
            let (zone, old) = ("museum.test", "ns1.dns.example.net, ns2.dns.example.net")
            let new = "a.dns.heron.test, b.dns.heron.test"
            return [
                "{at: \(minute), rr: [[\(zone), NS, 3600, \(old), \(new)]]}",
                "{at: \(minute + 20), set: {parent/ns: [a.dns.heron.test, b.dns.heron.test]}}",
                "{at: \(minute + 95), rr: [[\(zone), NS, 3600, \(old)]], set: {parent/ns: [\(old)]}}",
            ]
        })

    private static let lapse = DemoEvent(
        id: "lapse", title: "Let signatures run out",
        text: "the signer stops; its last signatures are good for another 25 minutes",
        domain: DemoScript.theatre.name, lasting: 60,
        steps: { minute in
            [
                "{at: \(minute), set: {zones/main/dnssec/window: {from: \(minute - 60), to: \(minute + 25)}}}",
                "{at: \(minute + 55), set: {zones/main/dnssec/window: {from: \(minute + 50), to: \(minute + 40_000)}}}",
            ]
        })

    private static let pool = DemoEvent(
        id: "rotate", title: "Rotate CDN addresses",
        text: "the content network takes six more addresses of its own into its rotation: nothing to report",
        domain: "gallery.test", lasting: 5,
        steps: { minute in
            let first = 172 + minute % 60
            let addresses = (160..<172).map { $0 } + (first..<(first + 6)).map { $0 }
            let list = addresses.map { "192.0.2.\($0)" }.joined(separator: ", ")
            return [
                "{at: \(minute), policy: [{name: www.gallery.test, type: A, ttl: 60, how: subset, pick: 3, of: [\(list)]}]}"
            ]
        })

    private static let poison = DemoEvent(
        id: "poison", title: "Poison a resolver's cache",
        text: "a forged address for login enters the cache of the resolver south",
        domain: DemoScript.library.name, lasting: 35,
        steps: { minute in
            let forged = "[login.library.test, A, 86400, 198.51.100.99]"
            return [
                "{at: \(minute), cond: {id: f\(minute), actor: south, do: override, rr: \(forged)}}",
                "{at: \(minute + 30), clear: [f\(minute)], flush: [south]}",
            ]
        })

    private static let silence = DemoEvent(
        id: "silence", title: "Switch a name server off", text: "the second name server falls silent",
        domain: DemoScript.bridge.name, lasting: 35,
        steps: { minute in
            [
                "{at: \(minute), cond: {id: d\(minute), actor: two, do: timeout}}",
                "{at: \(minute + 30), clear: [d\(minute)]}",
            ]
        })

    /// An event without a button: a name server of a domain gets another address for an hour.
    package static func renumbering(_ domain: Name) -> DemoEvent {
        DemoEvent(
            id: "renumber", title: "Renumber a name server", text: "the first name server gets another address",
            domain: String("\(domain)".dropLast()), lasting: 70,
            steps: { minute in
                [
                    "{at: \(minute), set: {servers/one/addr: [192.0.2.99]}}",
                    "{at: \(minute + 60), set: {servers/one/addr: [192.0.2.53]}}",
                ]
            })
    }

    /// Domains without a story, so that more than the button events can happen to them.
    package static let scenes = [
        DemoScript.station, DemoScript.museum, DemoScript.theatre, DemoScript.bridge, DemoScript.garden,
        DemoScript.library,
    ].map(\.name)

    private static let lostMail = DemoEvent(
        id: "mail", title: "Redirect the mail",
        text: "someone with access to the zone points its mail to mail.fence.test",
        domain: DemoScript.garden.name, lasting: 35,
        steps: { minute in
            [
                "{at: \(minute), rr: [[garden.test, MX, 300, 10 mail.fence.test]]}",
                "{at: \(minute + 30), rr: [[garden.test, MX, 3600, 10 mail.garden.test]]}",
            ]
        })
}
