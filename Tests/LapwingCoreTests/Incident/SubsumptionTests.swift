import DNSWire
import LapwingCore
import Testing

/// What follows from an incident is told with it: each line of the table.
@Suite struct SubsumptionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        /// The line it is about.
        var line: String
        var first: Found
        var then: Found
        /// What the incident is in the end.
        var becomes: IncidentClass
        var severity: Severity
        var testDescription: String { "\(line): \(first.code), then \(then.code)" }
    }

    struct Found: Sendable {
        var code: FindingCode
        var cause: Cause
        var incidentClass: IncidentClass
        var severity: Severity
        /// A mail host that came in place of another, as values of an MX set; nil where it is about no change.
        var mail: (old: [String], new: [String])?

        init(
            _ code: FindingCode, _ cause: Cause, _ incidentClass: IncidentClass, _ severity: Severity,
            mail: (old: [String], new: [String])? = nil
        ) {
            self.code = code
            self.cause = cause
            self.incidentClass = incidentClass
            self.severity = severity
            self.mail = mail
        }
    }

    private static let refused = Found(.serversRefuse, .servers, .takeoverRisk, .critical)
    private static let hijacked = Found(.delegationHijacked, .delegation, .hijackSuspected, .critical)
    private static let unsecured = Found(.dnssecDowngraded, .secureDelegation, .dnssecDowngraded, .warning)
    private static let moved = Found(.delegationChanged, .delegation, .plannedChange, .notice)
    private static let failing = Found(.resolutionFailing, .servers, .authorityOutage, .critical)
    private static let path = Found(.pathHijacked, .foreign, .hijackSuspected, .critical)

    private static let back = "a lost zone is back otherwise than it was"
    private static let older = "servers that were silent are back with an older zone"
    static let cases: [Case] = [
        Case(
            line: "a lost zone is back with other addresses", first: refused,
            then: Found(.recordHijacked, .content, .hijackSuspected, .critical), becomes: .hijackSuspected,
            severity: .critical),
        Case(
            line: "a zone lost at a shared host is back without its records", first: refused,
            then: Found(.recordLost, .loss, .recordsLost, .critical), becomes: .hijackSuspected, severity: .critical),
        Case(
            line: back, first: refused, then: Found(.serialBackwards, .server(Name.root), .zoneStale, .warning),
            becomes: .takeoverRisk, severity: .critical),
        Case(
            line: back, first: refused, then: Found(.ttlCut, .ttl, .ttlAnomaly, .notice), becomes: .takeoverRisk,
            severity: .critical),
        Case(
            line: back, first: Found(.serversRefuse, .servers, .authorityOutage, .critical),
            then: Found(.recordLost, .loss, .recordsLost, .critical), becomes: .recordsLost, severity: .critical),
        Case(
            line: back, first: refused, then: Found(.policyWeakened, .content, .policyWeakened, .warning),
            becomes: .takeoverRisk, severity: .critical),
        Case(
            line: older, first: Found(.serversSilent, .servers, .authorityOutage, .critical),
            then: Found(.serialBackwards, .server(Name.root), .zoneStale, .warning), becomes: .authorityOutage,
            severity: .critical),
        Case(
            line: "a change that goes on and on", first: Found(.recordChanged, .change, .plannedChange, .notice),
            then: Found(.recordFlux, .content, .hijackSuspected, .critical), becomes: .hijackSuspected,
            severity: .critical),
        Case(
            line: "users fail where the path was hijacked", first: path, then: failing, becomes: .hijackSuspected,
            severity: .critical),
        Case(
            line: "foreign data where users failed", first: failing, then: path, becomes: .hijackSuspected,
            severity: .critical),
        Case(
            line: "the delegation goes after the registrar changed without a word",
            first: Found(.registrationChanged, .holder, .registrationChange, .critical), then: hijacked,
            becomes: .hijackSuspected, severity: .critical),
        Case(
            line: "the delegation goes after a lock was lost",
            first: Found(.registrationUnlocked, .holder, .registrationChange, .notice), then: hijacked,
            becomes: .hijackSuspected, severity: .critical),
        Case(
            line: "the delegation goes after the DS was removed", first: unsecured, then: hijacked,
            becomes: .hijackSuspected, severity: .critical),
        Case(
            line: "what a thief of the delegation does besides", first: hijacked, then: unsecured,
            becomes: .hijackSuspected, severity: .critical),
        Case(
            line: "what a thief of the delegation does besides", first: hijacked,
            then: Found(.registrationChanged, .holder, .registrationChange, .critical), becomes: .hijackSuspected,
            severity: .critical),
        Case(
            line: "the DS goes with a move", first: moved, then: unsecured, becomes: .dnssecDowngraded,
            severity: .warning),
        Case(
            line: "a removed DS as earlier versions filed it",
            first: Found(.dnssecDowngraded, .delegation, .dnssecDowngraded, .warning), then: unsecured,
            becomes: .dnssecDowngraded, severity: .warning),
    ]
    /// What cannot be there before its cause is.
    static let later: Set = [
        "a lost zone is back with other addresses", "a zone lost at a shared host is back without its records", back,
        older,
        "a change that goes on and on", "a removed DS as earlier versions filed it",
    ]
    /// Told as one only under conditions of their own, each of which has a test below.
    static let byItself = [
        "what a changed record leads to", "a move in the round in which the DS goes",
        "what a stranger in the zone does besides",
    ]

    /// A book, and the world that its rounds are of.
    private struct Desk {
        var world: SmallWorld
        var book = IncidentBook()

        init() throws {
            world = try SmallWorld()
            try world.poll(3)
        }

        mutating func round(_ found: [Found], after minutes: Int64 = 5) throws -> [IncidentEvent] {
            world.minute += minutes
            var verdicts = VerdictCache()
            let picture = Picture(
                watch: world.watch, state: world.state, snapshot: try world.snapshot(.regular, after: 0),
                verifier: NoCrypto(), verdicts: &verdicts)
            let findings = found.map { found in
                var finding = Finding(
                    found.code, found.cause, found.incidentClass, found.severity, text: Narrative("\(found.code)."))
                finding.need = .now
                finding.subject = RecordSetKey(picture.domain, .mx)
                if let mail = found.mail {
                    finding.changes = [
                        Change(name: picture.domain, kind: .records(.mx), old: mail.old, new: mail.new, seenBy: [])
                    ]
                }
                return finding
            }
            return book.apply(findings, to: picture).events
        }
    }

    @Test("the table has a case for each line")
    func everyLine() {
        #expect(Set(Subsumption.table.map(\.name)) == Set(Self.cases.map(\.line) + Self.byItself))
        #expect(Set(Subsumption.table.map(\.name)).count == Subsumption.table.count)
    }

    @Test("what follows is told with its cause", arguments: cases)
    func following(_ example: Case) throws {
        var desk = try Desk()
        let first = try desk.round([example.first])
        #expect(first.map(\.kind) == [.open])
        let then = try desk.round([example.first, example.then])
        #expect(desk.book.open.count == 1, "\(desk.book.open.map(\.code))")
        #expect(then.allSatisfy { $0.kind == .update && $0.incident == first[0].incident })
        #expect(desk.book.open.first?.incidentClass == example.becomes)
        #expect(desk.book.open.first?.severity == example.severity)
        // It lasts as long as what followed lasts, be the cause over or not.
        for _ in 0..<3 { #expect(try desk.round([example.then]).isEmpty) }
        #expect(desk.book.open.count == 1)
        #expect(desk.book.open.first?.incidentClass == example.becomes)
    }

    @Test("found in one round they are one incident", arguments: cases.filter { !later.contains($0.line) })
    func together(_ example: Case) throws {
        var desk = try Desk()
        _ = try desk.round([example.then, example.first])
        #expect(desk.book.open.count == 1, "\(desk.book.open.map(\.code))")
        #expect(desk.book.open.first?.incidentClass == example.becomes)
    }

    @Test("without its cause it is an incident of its own", arguments: cases)
    func alone(_ example: Case) throws {
        var desk = try Desk()
        let told = try desk.round([example.then])
        #expect(told.map(\.code) == [example.then.code])
        #expect(told.map(\.incidentClass) == [example.then.incidentClass])
        #expect(told.map(\.severity) == [example.then.severity])
    }

    @Test("what happened at the registrar counts for 45 days, also when it was put right", arguments: [20, 44, 46, 90])
    func forewarning(days: Int64) throws {
        var desk = try Desk()
        let first = try desk.round([Found(.registrationUnlocked, .holder, .registrationChange, .warning)])
        for _ in 0..<3 { _ = try desk.round([]) }
        #expect(desk.book.open.isEmpty)
        let told = try desk.round([Self.hijacked], after: days * 1440)
        #expect(told.map(\.incidentClass) == [.hijackSuspected])
        #expect((told.first?.incident == first[0].incident) == (days < 45))
    }

    @Test("a declared change at the registrar forewarns of nothing")
    func declared() throws {
        var desk = try Desk()
        _ = try desk.round([Found(.registrationChanged, .holder, .registrationChange, .notice)])
        #expect(try desk.round([Self.hijacked]).map(\.kind) == [.open])
    }

    @Test("a move that comes after the DS went is told as a move, unless both come at once")
    func movesAfterTheDS() throws {
        var desk = try Desk()
        _ = try desk.round([Self.unsecured])
        let told = try desk.round([Self.unsecured, Self.moved])
        #expect(told.map(\.kind) == [.open])
        #expect(told.map(\.incidentClass) == [.plannedChange])
        var other = try Desk()
        _ = try other.round([Self.moved, Self.unsecured])
        #expect(other.book.open.count == 1)
        #expect(other.book.open.first?.incidentClass == .dnssecDowngraded)
        #expect(try other.round([Self.moved, Self.unsecured]).isEmpty)
    }

    @Test("what changes in the round of a hijack is told with it, and what changes later by itself")
    func besidesAHijack() throws {
        let hijack = Found(.recordHijacked, .content, .hijackSuspected, .critical)
        let besides = [
            Found(.recordChanged, .change, .plannedChange, .notice),
            Found(.serialBackwards, .server(Name.root), .zoneStale, .warning),
            Found(.recordLost, .loss, .recordsLost, .critical),
        ]
        var desk = try Desk()
        #expect(try desk.round([hijack] + besides).map(\.incidentClass) == [.hijackSuspected])
        #expect(try desk.round([hijack] + besides).isEmpty)
        var later = try Desk()
        _ = try later.round([hijack])
        #expect(try later.round([hijack, besides[0]]).map(\.kind) == [.open])
        // A zone that was lost and is back in other hands at one of two servers.
        let lame = Found(.delegationLame, .server(Name.root), .delegationBroken, .warning)
        var lost = try Desk()
        let first = try lost.round([Self.refused])
        let raised = try lost.round([hijack, lame, besides[0]])
        #expect(raised.map(\.incident) == first.map(\.incident))
        #expect(raised.map(\.incidentClass) == [.hijackSuspected])
        #expect(try lost.round([hijack, lame, besides[0]]).isEmpty)
    }

    @Test(
        "a changed record that leads nowhere is one matter, unless it led there before",
        arguments: [
            (["10 mail.example.org."], ["10 mail.elsewhere.net."], true),
            (["10 mail.example.org."], ["10 MAIL.elsewhere.net.", "20 mail.example.org."], true),
            (["10 mail.elsewhere.net."], ["20 mail.elsewhere.net."], false),
            (["10 mail.example.org."], ["10 mail.example.com."], false),
        ])
    func leadsNowhere(old: [String], new: [String], isOne: Bool) throws {
        let free = Found(.dependencyFree, .dependency(try Name("mail.elsewhere.net")), .takeoverRisk, .warning)
        for first in [
            Found(.recordHijacked, .content, .hijackSuspected, .critical, mail: (old, new)),
            Found(.recordChanged, .change, .plannedChange, .notice, mail: (old, new)),
        ] {
            var desk = try Desk()
            let told = try desk.round([first])
            let then = try desk.round([first, free])
            #expect((desk.book.open.count == 1) == isOne)
            if isOne { #expect(then.allSatisfy { $0.kind == .update && $0.incident == told[0].incident }) }
            #expect(desk.book.open.contains { $0.concerns(free.cause) && $0.severity >= .warning })
            guard first.severity == .critical else { continue }
            var other = try Desk()
            _ = try other.round([free, first])
            #expect((other.book.open.count == 1) == isOne, "both in one round")
        }
    }

    @Test("another outage is no news of a hijacked path")
    func otherMatters() throws {
        var desk = try Desk()
        _ = try desk.round([Self.path, Self.failing])
        #expect(try desk.round([Found(.serversSilent, .servers, .authorityOutage, .critical)]).map(\.kind) == [.open])
    }
}
