import CTrialDisk
import LapwingCore
import LapwingStore
import LapwingWeb

/// What people asked for by page and API was done or refused as their rights have it, and stands in the journal.
final class ActChecks {
    private var asked: [Asked] = []
    /// Whether the disk was unwell at any time since the request was made.
    private var hadTrouble: Set<Int> = []
    private var fault: String?

    /// - Returns: its number.
    func note(_ request: Asked) -> Int {
        asked.append(request)
        return asked.count - 1
    }

    /// The disk began to refuse writes or reads: whoever waits for an answer may be told so.
    func diskFails() {
        for number in asked.indices where asked[number].status == nil { hadTrouble.insert(number) }
    }

    func answered(_ number: Int, _ answer: PlainAnswer, _ trial: Trial) {
        asked[number].status = answer.status
        let request = asked[number]
        if !trial.isDiskWell || trial.life.store.trouble != nil || hadTrouble.contains(number) { return }
        let isDone = (200..<400).contains(answer.status)
        let isFit =
            if !request.isAllowed {
                answer.status == 403
            } else if !request.isSeen {
                // Of what it is about nobody learns more than that it is not there.
                answer.status == 404 || answer.status == 400
            } else {
                isDone || request.key.kind == .accept && answer.status == 409
                    || !trial.settings.watches.contains { $0.domain == request.key.domain }
            }
        if !isFit {
            fault = "\(request.key) got \(answer.status): \(answer.body.prefix(200))"
        } else if isDone, let acts = try? Self.acts(trial), !acts.contains(where: { Self.key($0) == request.key }) {
            fault = "\(request.key) was promised, and is not in the journal"
        }
    }

    func step() throws {
        if let fault { throw Violation(fault) }
    }

    /// Each act that was promised is in the journal, and none that was refused.
    func end(_ trial: Trial) throws {
        try step()
        let acts = try Self.acts(trial)
        let written = Dictionary(grouping: acts, by: Self.key)
        for (key, requests) in Dictionary(grouping: asked, by: \.key) {
            let promised = requests.count { $0.status.map { (200..<400).contains($0) } ?? false }
            // Who was told that it failed, or nothing at all, may have had it done all the same.
            let possible = promised + requests.count { $0.isAllowed && $0.isSeen && ($0.status ?? 500) >= 500 }
            let count = written[key]?.count ?? 0
            if count < promised { throw Violation("\(key): promised \(promised) times, \(count) in the journal") }
            if count > possible { throw Violation("\(key): \(count) in the journal, asked for \(possible) times") }
        }
        let persons = Set(Visitor.all.map(\.person))
        let known = Set(asked.map(\.key))
        for act in acts where persons.contains(act.person) && !known.contains(Self.key(act)) {
            throw Violation("\(Self.key(act)) is in the journal, and nobody asked for it")
        }
        for act in acts where Visitor.all.contains(where: { $0.person == act.person && $0.rights.role == .look }) {
            throw Violation("\(act.sentence), who may only look")
        }
    }

    private static func key(_ act: Act) -> Asked.Key {
        Asked.Key(kind: act.kind, person: act.person, incident: act.incident, domain: act.domain)
    }

    private static func acts(_ trial: Trial) throws -> [Act] {
        var acts: [Act] = []
        while case let more = try trial.life.store.acts(after: acts.last?.id ?? 0), !more.isEmpty { acts += more }
        return acts
    }
}
