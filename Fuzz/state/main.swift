import DNSSEC
import DNSWire
import Foundation
import FuzzDriver
import FuzzStore
import LapwingCore
import LapwingCrypto
import LapwingEngine
import LapwingSimulation
import LapwingStore

/// What is tried: one store, of which each input damages a part that is put right afterwards.
final class Subject {
    private var filled: FilledStore
    private let domain: Name
    /// Tables whose rows have numbers, with their columns.
    private let tables: [(name: String, columns: [String])]
    private let bodies: [WatchState.Part: Data]
    /// What the domain serves: the same for every memory, as gathering it takes longer than all else.
    private var served: Gathered?

    init() throws {
        filled = try FilledStore()
        domain = filled.watch.domain
        let (store, name) = (filled.store, filled.watch.domain.description)
        (tables, bodies) = try store.database.write { database in
            for trigger in try database.values(String.self, "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
                try database.execute("DROP TRIGGER \(trigger)")
            }
            let tables = try database.values(
                String.self,
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%WITHOUT ROWID%' ORDER BY name")
            var bodies: [WatchState.Part: Data] = [:]
            for part in WatchState.Part.allCases {
                bodies[part] = try database.value(
                    Data.self, "SELECT body FROM memory WHERE domain = ? AND part = ?", [name, part.rawValue])
            }
            return (
                try tables.compactMap { table in
                    try database.row("SELECT * FROM \(table)").map { (table, $0.names) }
                }, bodies
            )
        }
    }

    /// What is in the store, each part with its number in front.
    func seeds() throws -> [[UInt8]] {
        var seeds: [[UInt8]] = []
        for (number, part) in WatchState.Part.allCases.enumerated() {
            seeds.append([UInt8(number)] + Array(try Deflated.unpack(bodies[part] ?? Data())))
        }
        for (table, entry) in tables.enumerated() {
            for column in entry.columns.indices {
                seeds.append([UInt8(8 + table), UInt8(column), 3] + Array("{}".utf8))
            }
        }
        return seeds
    }

    func take(_ bytes: [UInt8]) throws {
        guard bytes.count > 3 else { return }
        let number = Int(bytes[0])
        let parts = WatchState.Part.allCases
        if number < parts.count {
            try take(Data(bytes.dropFirst()), as: parts[number])
        } else if number == 7 {
            try write(Data(bytes.dropFirst()), parts[Int(bytes[1]) % parts.count])
            read()
            try write(bodies[parts[Int(bytes[1]) % parts.count]] ?? Data(), parts[Int(bytes[1]) % parts.count])
        } else {
            let table = tables[(number - 8 + 256) % tables.count]
            try damage(table.name, table.columns[Int(bytes[1]) % table.columns.count], Self.value(bytes.dropFirst(2)))
        }
    }

    private static func value(_ bytes: ArraySlice<UInt8>) -> StoredValue {
        let rest = Array(bytes.dropFirst())
        switch (bytes.first ?? 0) % 6 {
        case 0: return .null
        case 1: return .integer(rest.prefix(8).reduce(0) { $0 << 8 | Int64($1) })
        case 2: return .real(Double(bitPattern: rest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }))
        case 3, 4: return .text(String(decoding: rest, as: UTF8.self))
        default: return .blob(Data(rest))
        }
    }

    /// A part of memory that holds this text, well packed.
    private func take(_ text: Data, as part: WatchState.Part) throws {
        guard !text.isEmpty else { return }
        try write(try Deflated.pack(text), part)
        defer { try? write(bodies[part] ?? Data(), part) }
        guard case .state(let state, _) = try filled.store.recall(domain, at: FilledStore.epoch) else { return }
        let known = try filled.store.state(of: domain)
        precondition(known == state)
        // What can be read can be kept, and gone on with.
        let again = try JSONDecoder().decode(WatchState.Course.self, from: DirectJSON.encode(state.course))
        precondition(again == state.course)
        turn(state)
    }

    private func write(_ body: Data, _ part: WatchState.Part) throws {
        try filled.store.database.write { database in
            try database.execute(
                "UPDATE memory SET body = ? WHERE domain = ? AND part = ?",
                [body, domain.description, part.rawValue])
        }
    }

    /// A round of the demo's domain with such a memory.
    private func turn(_ state: WatchState) {
        var (turn, state, event) = (DomainTurn(), state, DomainTurn.Event.slot)
        let conditions = DomainTurn.Conditions(
            watch: filled.watch, resolvers: filled.world.resolvers, reachesIPv6: true, at: FilledStore.epoch,
            monotonic: Int64(DemoDomains.learning))
        let verifier = LibcryptoVerifier()
        for _ in 0..<100 {
            switch turn.next(event, in: conditions) {
            case .recheck: event = .rechecked(isSame: false)
            case .recall: event = .recalled(state)
            case .gather(let walk, _):
                guard let gathered = served ?? filled.world.gather(walk, isSealed: true, at: 0) else { return }
                served = gathered
                event = .gathered(gathered)
            case .inspect: event = .inspected(ZoneSight())
            case .lookUp: event = .lookedUp(filled.world.lookUp(domain, at: 0))
            case .judge(let round): event = .judged(round.judged(by: verifier, rules: Rulebook.all))
            case .write(let round):
                state = round.outcome.state
                event = .written(true)
            case .hurryRegistry: event = .carriedOut
            case .wait, .done: return
            }
        }
        preconditionFailure("a turn without end")
    }

    /// Rows of a table that hold something else in a column.
    private func damage(_ table: String, _ column: String, _ value: StoredValue) throws {
        let store = filled.store
        let rows = try store.database.read { try $0.rows("SELECT rowid, \(column) FROM \(table)") }
        let isDone = try? store.database.write { database in
            try database.execute("UPDATE \(table) SET \(column) = ?", Arguments([value]))
        }
        // Not all columns take everything.
        guard isDone != nil else { return }
        read()
        try store.database.write { database in
            for (place, row) in rows.enumerated() {
                // A key that was damaged is no longer where it was.
                let key = column == "id" ? "(SELECT rowid FROM \(table) LIMIT 1 OFFSET \(place))" : "?"
                try database.execute(
                    "UPDATE \(table) SET \(column) = ? WHERE rowid = \(key)",
                    Arguments(column == "id" ? [row[1]] : [row[1], row[0]]))
            }
        }
    }

    /// All that the daemon and its page read; what cannot be read is left out.
    private func read() {
        let (store, now) = (filled.store, FilledStore.epoch)
        let status = EngineStatus()
        try? status.restore(from: store, watches: [filled.watch])
        if case .state(let state, _)? = try? store.recall(domain, at: now) { turn(state) }
        _ = store.examine()
        _ = try? store.openIncidents().map { try store.incident($0.id) }
        let incident = "\(FilledStore.domain)-900"
        _ = try? store.events(of: incident)
        _ = try? store.tellings(of: incident)
        _ = try? store.notices(of: incident)
        _ = try? store.notes(of: incident)
        _ = try? store.acts(of: incident)
        _ = try? store.events(after: 0)
        _ = try? store.changes()
        _ = try? store.history(of: domain)
        _ = try? store.records(of: domain)
        _ = try? store.registration(of: domain)
        _ = try? store.registrationEnds(before: .latest, limit: 100)
        _ = try? store.acts(after: 0)
        _ = try? store.acknowledgements(at: now)
        _ = try? store.silences(at: now)
        _ = try? store.announcements(at: now)
        _ = try? store.waitingRequests()
        _ = try? store.addedEntries()
        _ = try? store.domains()
        _ = try? store.tokens()
        _ = try? store.token(digest: [1])
        _ = try? store.accounts()
        _ = try? store.session(digest: [1])?.lasts(at: now)
        _ = try? store.due(at: .latest)
        _ = try? store.nextTry()
        _ = try? store.channelRecords()
        _ = try? store.oldestWaiting()
        _ = try? store.lastReports()
        _ = try? store.anchors()
        _ = try? store.zones()
        _ = try? store.zoneSets(of: domain)
        _ = try? store.statistics()
        _ = try? store.latestMoment()
        try? store.speak(at: now, due: nil) { events, released, said in
            Flow.speak(
                events: events, released: released, said: said,
                routes: [Route(channels: ["ops"], severity: .info, changes: true)], silences: [], at: now)
        }
    }
}

nonisolated(unsafe) let subject = try Subject()

// A number that says which part of a domain's memory it is to be, or which column of which table, and any bytes there: all
// else is read, and what can be read is worked with.
fuzz(seeds: try subject.seeds()) { bytes in
    do {
        try subject.take(bytes)
    } catch {
        preconditionFailure("\(error)")
    }
}
