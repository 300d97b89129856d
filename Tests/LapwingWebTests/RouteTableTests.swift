import LapwingCore
import LapwingWeb
import Testing

@Suite("What is told to whom")
struct RouteTableTests {
    private static func told(_ routes: [Route], kinds: [String: String] = [:]) -> [String] {
        let table = RouteTable(routes: routes, kinds: kinds)
        return RouteTable.kinds.map { kind in
            let (now, digest) = table.channels(for: kind)
            return now.joined(separator: "+") + "/" + digest.joined(separator: "+")
        }
    }

    @Test("by default: what is wrong and what changed at once, the rest in the digest")
    func standard() {
        #expect(
            Self.told([.standard(["ops", "pager"], digest: .standard)], kinds: ["pager": "pagerduty"])
                == ["ops+pager/", "ops+pager/", "ops+pager/", "/ops", "/"])
    }

    @Test("a channel that hears at once hears nothing twice")
    func several() {
        var chat = Route(channels: ["chat"], severity: .critical)
        chat.digest = .standard
        #expect(
            Self.told([chat, Route(channels: ["chat", "mail"], severity: .notice)])
                == ["chat+mail/", "chat+mail/", "chat+mail/", "chat+mail/", "/"])
    }

    @Test("nobody is told where there is no route")
    func none() {
        #expect(Self.told([]) == Array(repeating: "/", count: RouteTable.kinds.count))
    }
}
