import DNSWire
import LapwingCore
import LapwingEngine
import LapwingStore
import LapwingWeb

/// What must hold in every trial, whatever goes wrong in it.
final class Checks {
    private let receivers: Receivers
    private let acts = ActChecks()
    /// How often each notice may have come once more: it was taken, and its process was killed before that was written down.
    private var excused: [String: Int] = [:]
    /// What people have silenced.
    private var silences: [Silence] = []
    /// When the network went away, by the wall clock.
    private var blindSince: Timestamp?
    private var wasSet = false
    /// Whether a process began while the wall clock was wrong, which it cannot know.
    private var beganAtWrongTime = false
    private var lookedAt: Int64 = 0
    private var waitingAt: Int64 = 0
    /// Since when notices are due that no earlier one holds up.
    private var dueSince: [String: Int64] = [:]
    /// Until when rounds may be late: a process has just begun, or the network was away.
    private var graceUntil: Int64 = 0

    /// Milliseconds between two looks at all memories.
    private static let pause: Int64 = 300_000
    /// Milliseconds between two looks at what is to be sent.
    private static let waitingPause: Int64 = 10_000

    init(receivers: Receivers) {
        self.receivers = receivers
    }

    /// After each moment.
    func step(_ trial: Trial) throws {
        try acts.step()
        if trial.isHealed, trial.time.passed >= max(graceUntil, waitingAt + Self.waitingPause) {
            waitingAt = trial.time.passed
            try nothingIsLeftWaiting(trial)
        }
        guard trial.time.passed - lookedAt >= Self.pause else { return }
        lookedAt = trial.time.passed
        try WebChecks.look(trial, mayBeLate: trial.time.passed < graceUntil)
        guard trial.life.store.trouble == nil else { return }
        try books(trial)
        if trial.time.passed >= graceUntil { try roundsAreOnTime(trial) }
    }

    /// Rounds are allowed to be late for a while from now on.
    func allowLateness(_ trial: Trial) { graceUntil = trial.time.passed + Self.grace }

    private static let grace: Int64 = 900_000

    private func roundsAreOnTime(_ trial: Trial) throws {
        let steady = trial.life.clock.steady()
        for watch in trial.settings.watches {
            guard let report = trial.life.status.read({ $0.domains[watch.domain] }) else {
                throw Violation("\(watch.domain) is watched and has no status")
            }
            let age = steady.seconds(since: report.checkedSteady)
            if age > 2 * watch.interval + 60 { throw Violation("\(watch.domain) was last looked at \(age) s ago") }
        }
    }

    // MARK: Memories

    private func books(_ trial: Trial) throws {
        for watch in trial.settings.watches {
            guard let state = try? trial.life.store.state(of: watch.domain) else { continue }
            var checker = StateRules()
            checker.check(state, of: watch)
            if let fault = checker.fault { throw Violation("\(watch.domain): \(fault)") }
        }
    }

    /// Somebody asks for something; what he is told has the same number.
    func asks(_ asked: Asked) -> Int { acts.note(asked) }
    func answered(_ number: Int, _ answer: PlainAnswer, _ trial: Trial) { acts.answered(number, answer, trial) }
    func diskFails() { acts.diskFails() }

    func silenced(_ silence: Silence) { silences.append(silence) }

    func blinded(_ trial: Trial) {
        if blindSince == nil, !wasSet { blindSince = trial.time.wall }
    }

    /// The wall clock was set: memories keep a time of their own from then on.
    func clockWasSet() {
        wasSet = true
        blindSince = nil
    }

    func seesAgain(_ trial: Trial) throws {
        defer { blindSince = nil }
        guard let since = blindSince, trial.life.store.trouble == nil else { return }
        for watch in trial.settings.watches {
            guard let state = try? trial.life.store.state(of: watch.domain) else { continue }
            for (key, memory) in state.sets {
                guard let served = memory.served.first(where: { $0.last > since }) else { continue }
                throw Violation("\(key) of \(watch.domain) was learnt while nothing could be seen: \(served.value)")
            }
        }
    }

    // MARK: A new process

    func restarted(_ trial: Trial) throws {
        allowLateness(trial)
        if trial.time.offset != 0 { beganAtWrongTime = true }
        let finished = try rows(trial).filter(\.isFinished).map(\.id)
        let written = Set(finished)
        // What was told from memory is known to the disk as soon as that takes writes again.
        for id in Set(receivers.read { $0.taken.map(\.notice.id) }) where !written.contains(id) {
            excused[id, default: 0] += 1
        }
        for taken in receivers.read(\.taken) {
            guard !taken.isFromMemory, taken.notice.purpose == nil else { continue }
            if try trial.life.store.incident(taken.notice.incident) == nil {
                throw Violation("\(taken.notice.id) was told, and its incident was not on the disk")
            }
        }
    }

    /// What is due goes out once its receivers take what they get, even if nothing else happens.
    private func nothingIsLeftWaiting(_ trial: Trial) throws {
        let now = trial.time.passed
        var due: [String: Int64] = [:]
        for entry in try trial.life.store.due(at: trial.time.wall) {
            let id = entry.notice.id
            let since = dueSince[id] ?? now
            due[id] = since
            if now - since > Self.longestWait { throw Violation("\(id) is due since \(since) ms, and is not sent") }
        }
        dueSince = due
    }

    /// Milliseconds within which due notices are to be sent.
    private static let longestWait: Int64 = 30_000

    // MARK: The end

    private struct Row {
        var id: String
        var channel: String
        var incident: String
        var isFinished: Bool
        var receipt: String
        var created: Int64
    }

    /// All notices in the order in which they are to be delivered.
    private func rows(_ trial: Trial) throws -> [Row] {
        try trial.life.store.database.read { database in
            try database.rows(
                "SELECT id, channel, incident, finished, receipt, created FROM notice ORDER BY rowid"
            ).map { row in
                Row(
                    id: try row.get("id"), channel: try row.get("channel"), incident: try row.get("incident"),
                    isFinished: !row["finished"].isNull, receipt: try row.find("receipt") ?? "",
                    created: try row.get("created"))
            }
        }
    }

    /// When all has been well for long: everything was told, once, in its order, and everybody says the same.
    func end(_ trial: Trial) throws {
        if let trouble = trial.life.store.trouble {
            throw Violation("the store cannot be written although the disk is well: \(trouble.reason)")
        }
        try books(trial)
        let rows = try rows(trial)
        try everythingIsTold(trial, rows)
        try nothingIsToldTwice()
        try orderIsKept(rows)
        try nothingStaysRaised(trial)
        try everybodyAgrees(trial)
        try nothingStaysUnseen(trial)
        try nothingIsMadeUp(trial)
        try WebChecks.look(trial, mayBeLate: false)
        try acts.end(trial)
        try roundsAreOnTime(trial)
    }

    private func everythingIsTold(_ trial: Trial, _ rows: [Row]) throws {
        let now = trial.time.wall.milliseconds
        let waiting = rows.filter { !$0.isFinished && $0.created < now - 60_000 }
        if let first = waiting.first { throw Violation("\(waiting.count) notices still wait, such as \(first)") }
        let (taken, refused) = receivers.read { (Set($0.taken.map(\.notice.id)), $0.refused) }
        for row in rows where row.isFinished {
            let isDelivered = row.receipt == "200"
            if isDelivered, !taken.contains(row.id) { throw Violation("\(row.id) has a receipt and was not taken") }
            let isExplained = isDelivered || refused.contains(row.id) || row.receipt.contains("no longer configured")
            if !isExplained { throw Violation("\(row.id) ended with \(row.receipt)") }
        }
        let unspoken = try trial.life.store.database.read { database in
            try database.value(Int.self, "SELECT count(*) FROM incident_event WHERE spoken IS NULL") ?? 0
        }
        let held = try trial.life.store.database.read { database in
            try database.value(Int.self, "SELECT count(*) FROM incident_event WHERE held < ?", [now - 60_000]) ?? 0
        }
        if held > 0 { throw Violation("\(held) events are held back by silences that are over") }
        if unspoken > 0 { throw Violation("nobody has decided about \(unspoken) events") }
        var place: Int64 = 0
        while case let events = try trial.life.store.events(after: place), let last = events.last {
            place = last.place
            for incident in Set(events.map(\.event.incident)) {
                for (event, tellings) in try trial.life.store.tellings(of: incident) {
                    guard let tellings, !tellings.isEmpty else {
                        throw Violation("nobody knows why \(event.id) was not told")
                    }
                    let isHeld = tellings.contains { $0.kind == .silenced }
                    if isHeld, !silences.contains(where: { covers($0, event) }) {
                        throw Violation("\(event.id) was held back, and nobody has silenced \(event.incidentClass)")
                    }
                    for telling in tellings where telling.kind == .told {
                        guard let channel = telling.channel else { continue }
                        // A shared cause is told under the name of one of its incidents, with the event at the end.
                        let end = "\(event.id)@\(channel)"
                        guard !rows.contains(where: { $0.id.hasSuffix(end) }) else { continue }
                        throw Violation("\(event.id) counts as told over \(channel), and there is no notice of it")
                    }
                }
            }
        }
    }

    private func covers(_ silence: Silence, _ event: IncidentEvent) -> Bool {
        (silence.domain ?? event.domain) == event.domain
            && (silence.incidentClass ?? event.incidentClass) == event.incidentClass
    }

    private func nothingIsToldTwice() throws {
        let taken = receivers.read(\.taken)
        for (id, all) in Dictionary(grouping: taken, by: \.notice.id) {
            let most = 1 + (excused[id] ?? 0) + all.count { !$0.isAnswered }
            if all.count > most { throw Violation("\(id) was told \(all.count) times, at most \(most) are explained") }
        }
    }

    private func orderIsKept(_ rows: [Row]) throws {
        var first: [String: Int] = [:]
        // What was told from memory and lost with its process is found and told again.
        for (place, taken) in receivers.read(\.taken).enumerated() {
            if !taken.isFromMemory, first[taken.notice.id] == nil { first[taken.notice.id] = place }
        }
        for (incident, all) in Dictionary(grouping: rows, by: { "\($0.incident) \($0.channel)" }) {
            let places = all.filter { !$0.id.contains(">") }.compactMap { first[$0.id] }
            guard places != places.sorted() else { continue }
            let told = all.map { "\($0.id) \(first[$0.id].map(String.init) ?? "-")" }
            throw Violation("\(incident) was told out of order: \(told.joined(separator: ", "))")
        }
    }

    /// A list of what is open forgets nothing by itself.
    private func nothingStaysRaised(_ trial: Trial) throws {
        let open = try trial.life.store.openIncidents()
        let shared = Set(open.compactMap(\.shared))
        let refused = receivers.read(\.refused)
        let taken = receivers.read { $0.taken.filter { $0.notice.channel == "pager" && $0.notice.purpose != .digest } }
        for (id, all) in Dictionary(grouping: taken, by: \.notice.incident) {
            guard let incident = try trial.life.store.incident(id), incident.closedAt != nil,
                !refused.contains(where: { $0.hasPrefix("\(id).") }),
                incident.shared.map({ !shared.contains($0) }) ?? true
            else { continue }
            guard let last = all.last, !last.notice.takesOff else { continue }
            throw Violation("\(id) is over and stays raised at the pager")
        }
    }

    /// What could not be seen for a while is seen again.
    private func nothingStaysUnseen(_ trial: Trial) throws {
        for watch in trial.settings.watches {
            let sight = trial.life.status.read { $0.domains[watch.domain]?.sight }
            if let sight, !sight.isKnown { throw Violation("\(watch.domain) answers, and is still called unseen") }
        }
    }

    /// Of a domain to which nothing has happened there is nothing to tell, whatever became of single packets.
    private func nothingIsMadeUp(_ trial: Trial) throws {
        guard let quiet = trial.settings.watches.map(\.domain).first(where: { "\($0)".hasPrefix("kiosk.") }) else {
            return
        }
        let told = try trial.life.store.incidents(of: quiet).filter { incident in
            !["monitor", "clock"].contains { incident.code.rawValue.hasPrefix($0) }
        }
        let mayBe: [FindingCode] = beganAtWrongTime ? [.dnssecExpiring, .dnssecExpired] : []
        if let first = told.first(where: { $0.severity >= .warning && !mayBe.contains($0.code) }) {
            throw Violation("nothing happened to \(quiet), and \(first.id) says: \(first.text.headline)")
        }
    }

    private func everybodyAgrees(_ trial: Trial) throws {
        let table = Dictionary(grouping: try trial.life.store.openIncidents(), by: \.domain)
        for watch in trial.settings.watches {
            let domain = watch.domain
            let inTable = Set((table[domain] ?? []).map(\.id))
            let inMemory = Set(try trial.life.store.state(of: domain)?.book.open.map(\.id) ?? [])
            let report = trial.life.status.read { $0.domains[domain] }
            if inTable != inMemory {
                throw Violation("\(domain): the table has \(inTable) open, the memory \(inMemory)")
            }
            let onPage = Set(report?.open.map(\.id) ?? [])
            if onPage != inTable { throw Violation("\(domain): the page has \(onPage) open, the table \(inTable)") }
        }
    }

    /// After a process that ended by itself: its memory is on the disk.
    func afterEnd(_ trial: Trial) throws { try books(trial) }
}

/// What must hold of one memory.
private struct StateRules {
    private(set) var fault: String?

    mutating func check(_ state: WatchState, of watch: Watch) {
        let book = state.book
        if Set(book.open.map(\.cause)).count < book.open.count { fault = "two open incidents of one cause" }
        let all = book.open + book.closed
        if Set(all.map(\.id)).count < all.count { fault = "one incident twice in the book" }
        if book.open.contains(where: { $0.closedAt != nil }) { fault = "an open incident is closed" }
        if book.closed.contains(where: { $0.closedAt == nil }) { fault = "a closed incident has no end" }
        if book.open.count > 64 { fault = "\(book.open.count) open incidents" }
        for memory in state.sets.values where memory.pool.count > SetMemory.poolLimit { fault = "a pool that grows" }
    }
}
