import DNSWire
import Foundation
import LapwingCore
import LapwingStore

/// A year of several domains as a seed decides it, written into a store, and the log of it to count by.
struct PlayedLog {
    /// What happened, in words that know nothing of reports.
    struct Happening {
        var id: String
        var domain: Name
        var severity: Severity
        var code: FindingCode
        var incidentClass: IncidentClass
        var opened: Int64
        var closed: Int64?
        var told: Int64?
        var acknowledged: Int64?
        var acceptedBy: String?
    }

    struct Changed {
        var domain: Name
        var at: Int64
        var isBack: Bool
        var acceptedBy: String?
    }

    struct Looks {
        var domain: Name
        var day: Int
        var tally: DayTally
    }

    /// Numbers that are the same for the same seed (splitmix64).
    struct Dice {
        var state: UInt64

        mutating func next(_ range: ClosedRange<Int64>) -> Int64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            mixed ^= mixed >> 31
            return range.lowerBound + Int64(mixed % UInt64(range.upperBound - range.lowerBound + 1))
        }

        mutating func chance(_ percent: Int64) -> Bool { next(0...99) < percent }
    }

    /// 2026-01-01 and 2027-01-01, in seconds.
    static let start: Int64 = 1_767_225_600
    static let end: Int64 = 1_798_761_600

    var domains: [Name] = []
    var happenings: [Happening] = []
    var changes: [Changed] = []
    var looks: [Looks] = []
    private var dice: Dice

    private static let kinds: [(FindingCode, IncidentClass, [Severity])] = [
        (.serversSilent, .authorityOutage, [.critical]), (.recordLost, .recordsLost, [.critical, .warning]),
        (.dnssecExpiring, .dnssecExpiring, [.warning]), (.recordChanged, .routine, [.notice]),
        (.delegationLame, .delegationBroken, [.notice, .warning]), (.zoneStale, .zoneStale, [.notice]),
        (.resolverFailing, .resolverFault, [.warning]), (.delegationSingle, .posture, [.info, .notice]),
        (.changeConfirmed, .plannedChange, [.notice]), (.changeMissing, .plannedChange, [.notice, .warning]),
        (.ttlCut, .ttlAnomaly, [.info]),
    ]

    init(seed: UInt64) throws {
        dice = Dice(state: seed)
        domains = try ["a.example", "b.example", "c.example", "d.example"].map { try Name($0) }
        for domain in domains {
            for number in 1...Int(dice.next(30...60)) { happen(domain, number) }
            for day in stride(from: Self.start, to: Self.end, by: 86_400) where dice.chance(90) {
                look(domain, Int(day / 86_400))
            }
        }
    }

    private mutating func happen(_ domain: Name, _ number: Int) {
        let (code, incidentClass, severities) = Self.kinds[Int(dice.next(0...Int64(Self.kinds.count - 1)))]
        // Some begin at the very first second of a month, or end there.
        let isAtEdge = dice.chance(10)
        let month = dice.next(1...12)
        let edge = Int64(
            Self.calendar.date(from: DateComponents(year: 2026, month: Int(month)))?.timeIntervalSince1970 ?? 0)
        let opened = isAtEdge ? edge : dice.next(Self.start - 20 * 86_400...Self.end - 1)
        let isLong = dice.chance(15)
        var closed: Int64? = dice.chance(92) ? opened + dice.next(60...(isLong ? 80 * 86_400 : 6 * 3600)) : nil
        if isAtEdge, dice.chance(50) { closed = edge }
        var happening = Happening(
            id: "\(domain)-\(number)", domain: domain,
            severity: severities[Int(dice.next(0...Int64(severities.count - 1)))], code: code,
            incidentClass: incidentClass, opened: opened, closed: closed)
        if dice.chance(80) { happening.told = opened + dice.next(1...120) }
        if dice.chance(40) { happening.acknowledged = opened + dice.next(60...7200) }
        if closed != nil, dice.chance(20) { happening.acceptedBy = "anna" }
        happenings.append(happening)
        if code == .recordChanged {
            changes.append(Changed(domain: domain, at: opened, isBack: false, acceptedBy: happening.acceptedBy))
            if let closed, happening.acceptedBy == nil, dice.chance(50) {
                changes.append(Changed(domain: domain, at: closed, isBack: true))
            }
        }
    }

    private mutating func look(_ domain: Name, _ day: Int) {
        var tally = DayTally()
        for _ in 0..<dice.next(1...12) {
            let isUp = dice.chance(97)
            tally.add(dice.chance(3) ? .blind : isUp ? [.resolved, .served] : [.unresolved, .unserved])
        }
        tally.resolvers.add(milliseconds: dice.next(1...80))
        looks.append(Looks(domain: domain, day: day, tally: tally))
    }

    static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? .current
        return calendar
    }()

    // MARK: Into a store

    func write(to store: Store) throws {
        for (number, happening) in happenings.enumerated() {
            let incident = try incident(happening, number)
            let document = String(decoding: try JSONEncoder().encode(incident), as: UTF8.self)
            try store.database.write { database in
                try database.execute(
                    """
                    INSERT INTO incident (id, domain, class, severity, opened, updated, closed, document)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    [
                        happening.id, happening.domain.description, happening.incidentClass.rawValue,
                        happening.severity.rawValue, happening.opened * 1000,
                        (happening.closed ?? happening.opened) * 1000, happening.closed.map { $0 * 1000 }, document,
                    ])
                // One that was refused, and one that came after the first: neither is when somebody was told.
                let receipts = [(happening.told, "received"), (happening.told.map { $0 - 1 }, "refused: no")]
                for (at, receipt) in receipts + [(happening.told.map { $0 + 60 }, "received")] {
                    guard let at else { continue }
                    try database.execute(
                        """
                        INSERT INTO notice (id, channel, incident, created, document, next_try, finished, receipt)
                        VALUES (?, 'ops', ?, ?, '{}', 0, ?, ?)
                        """,
                        [
                            "\(happening.id).\(at).\(receipt)", happening.id, happening.opened * 1000, at * 1000,
                            receipt,
                        ])
                }
            }
            for moment in [happening.acknowledged, happening.acknowledged.map { $0 + 600 }].compactMap(\.self) {
                try store.add(
                    Act(
                        at: Timestamp(seconds: moment), .acknowledge, by: "bert", incident: happening.id,
                        domain: happening.domain))
            }
        }
        for change in changes {
            let document = String(decoding: try JSONEncoder().encode(try Self.change(change)), as: UTF8.self)
            try store.database.write { database in
                try database.execute(
                    "INSERT INTO change (domain, name, type, at, document) VALUES (?, ?, 1, ?, ?)",
                    [
                        change.domain.description, change.domain.description, change.at * 1000, document,
                    ])
            }
        }
        for look in looks {
            // In two parts, as the daemon writes them.
            var rest = look.tally
            rest.looks -= 1
            rest.resolvers = .init()
            var first = DayTally()
            first.looks = 1
            first.resolvers = look.tally.resolvers
            for part in [first, rest] {
                try store.add([DayRecord(domain: look.domain, day: DayNumber(look.day), tally: part)])
            }
        }
    }

    /// The address that a change is to, so that each is another.
    private static func change(_ changed: Changed) throws -> Change {
        let (old, new) = (["192.0.2.1"], ["198.51.100.\(changed.at % 251)", "\(changed.at)"])
        var change = Change(
            name: changed.domain, kind: .records(.a), old: changed.isBack ? new : old, new: changed.isBack ? old : new,
            seenBy: [])
        if changed.isBack { change.backSince = Timestamp(seconds: changed.at) }
        return change
    }

    private func incident(_ happening: Happening, _ number: Int) throws -> Incident {
        var incident = try Made.incident(number, of: happening.domain)
        incident.id = happening.id
        incident.code = happening.code
        incident.incidentClass = happening.incidentClass
        incident.severity = happening.severity
        incident.openedAt = Timestamp(seconds: happening.opened)
        incident.since = incident.openedAt
        incident.closedAt = happening.closed.map { Timestamp(seconds: $0) }
        incident.acceptedBy = happening.acceptedBy
        if let change = changes.first(where: {
            $0.domain == happening.domain && $0.at == happening.opened && !$0.isBack && happening.code == .recordChanged
        }) {
            incident.changes = [try Self.change(change)]
        }
        return incident
    }
}
