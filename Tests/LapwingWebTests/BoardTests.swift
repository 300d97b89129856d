import DNSWire
import Foundation
import LapwingCore
import LapwingWeb
import Testing

@Suite("The board")
struct BoardTests {
    private static func roster(_ names: [String]) throws -> BoardRoster {
        BoardRoster(
            try names.map { name in
                var watch = Watch(domain: try Name(name), sets: [])
                watch.tags = name.hasPrefix("shop") ? ["shop"] : []
                return WatchedDomain(watch: watch, isFromFile: true)
            })
    }

    @Test(
        "finds a text in names, whatever its case",
        arguments: [
            ("shop", ["shop-a.example.", "shop-b.example."]), ("SHOP-B", ["shop-b.example."]), ("zzz", []), ("", []),
            ("example.", ["Mail.example.", "shop-a.example.", "shop-b.example."]), ("example.\nshop", []),
            ("mail", ["Mail.example."]), (".example.x", []),
        ])
    func search(_ text: String, _ found: [String]) throws {
        let roster = try Self.roster(["shop-b.example", "Mail.example", "shop-a.example"])
        let marks = roster.marks(containing: text)
        #expect(zip(roster.rows, marks).filter(\.1).map(\.0.text) == found)
    }

    @Test("knows its rows by name, by tag and by place")
    func rows() throws {
        let roster = try Self.roster(["shop-b.example", "mail.example", "shop-a.example"])
        #expect(roster.row(of: try Name("SHOP-A.example")) == 1)
        #expect(roster.row(of: try Name("other.example")) == nil)
        #expect(roster.marks(tag: "shop") == [false, true, true])
        #expect(roster.marks(tag: "none") == [false, false, false])
        #expect(roster.rowAfter("mail.example.") == 1)
        #expect(roster.rowAfter("zz") == 3)
        #expect(roster.rowAfter("") == 0)
    }

    @Test("keeps a position through an address")
    func positions() throws {
        let late = Timestamp(seconds: 2000)
        let early = Timestamp(seconds: 1000)
        let inOrder = [
            BoardPosition(condition: .failing, openedAt: late, name: "b"),
            BoardPosition(condition: .failing, openedAt: early, name: "a"),
            BoardPosition(condition: .warning, openedAt: late, name: "a~b"),
            BoardPosition(condition: .healthy, openedAt: early, name: "c"),
            BoardPosition(condition: .healthy, openedAt: nil, name: "a"),
            BoardPosition(condition: .healthy, openedAt: nil, name: "b"),
        ]
        #expect(inOrder.reversed().sorted() == inOrder)
        for position in inOrder { #expect(BoardPosition(position.text) == position) }
        for text in ["", "failing", "failing~", "broken~~a", "failing~x~a", "~~"] {
            #expect(BoardPosition(text) == nil)
        }
    }
}

@Suite("Shared causes on the board")
struct CauseTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Severity and shared cause of each open incident.
        var open: [(Severity, String?)]
        var cause: String?
    }

    private static let server = "servers ns1.example.net"

    @Test(arguments: [
        Case(testDescription: "nothing open", open: []),
        Case(testDescription: "its own", open: [(.critical, nil)]),
        Case(testDescription: "shared", open: [(.critical, server)], cause: server),
        Case(
            testDescription: "shared, and a notice of its own", open: [(.critical, server), (.notice, nil)],
            cause: server),
        Case(testDescription: "shared, and a warning of its own", open: [(.critical, server), (.warning, nil)]),
        Case(testDescription: "shared, and as grave of its own", open: [(.critical, server), (.critical, nil)]),
        Case(
            testDescription: "two that are shared", open: [(.warning, "resolver x"), (.critical, server)], cause: server
        ),
        Case(testDescription: "a notice that is shared", open: [(.notice, "resolver x")], cause: "resolver x"),
        Case(testDescription: "two notices, one shared", open: [(.notice, "resolver x"), (.notice, nil)]),
        Case(testDescription: "what is only kept", open: [(.info, "resolver x")]),
    ])
    func cause(of given: Case) throws {
        let incidents = try given.open.enumerated().map { number, open in
            let shared = open.1.map { "\"\($0)\"" } ?? "null"
            let text = """
                {"id": "a.example-\(number)", "domain": "a.example.", "cause": "loss", "code": "servers.silent",
                "incidentClass": "authority-outage", "severity": "\(open.0.rawValue)", "since": 0, "openedAt": \(number),
                "lastFound": 0, "text": {"headline": "x", "facts": [], "grounds": []}, "changes": [], "paged": true,
                "shared": \(shared), "clearing": {"absent": {"polls": 2}}, "holds": [], "missed": 0, "steps": [],
                "number": 1, "evidence": []}
                """
            return try JSONDecoder().decode(Incident.self, from: Data(text.utf8))
        }
        #expect(Glance.cause(of: incidents) == given.cause.map { "authority-outage \($0)" })
    }
}
