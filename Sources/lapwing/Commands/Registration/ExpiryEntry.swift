import DNSWire
import LapwingCore
import RegistrationData

/// The known facts about the end of one registration.
struct ExpiryKnowledge {
    var domain: Name
    var memory: RegistryMemory
    /// Configured by hand; used if the registry publishes no end.
    var manual: Timestamp?
    var thresholds: Watch.RegistrationThresholds
}

/// One row of the calendar.
struct ExpiryEntry {
    let domain: String
    /// As published, or as configured.
    let ends: String?
    let endsAt: Timestamp?
    let secondsLeft: Int64?
    let state: State
    let source: String?
    let confidence: String?
    let registrar: String?
    /// When the registry published it; `age` is the time since then in seconds.
    let seen: Timestamp?
    let age: Int64?
    /// The reason for a missing end, or another remark.
    let note: String?

    enum State: String {
        case ok, notice, warning, critical, past, unknown
    }

    init(_ known: ExpiryKnowledge, at now: Timestamp) {
        let facts = known.memory.known
        let end = facts?.expires ?? known.manual.map { RegistryView.Moment(text: $0.description, at: $0) }
        let isManual = facts?.expires == nil && end != nil
        let text = known.domain.description
        domain = text.hasSuffix(".") && text != "." ? String(text.dropLast()) : text
        ends = end?.text
        endsAt = end?.at
        let left = end.map { $0.at.seconds(since: now) }
        secondsLeft = left
        state = left.map { State($0, known.thresholds) } ?? .unknown
        source = isManual ? "by hand" : end == nil ? nil : facts?.channel.map(Self.name)
        confidence = isManual ? "stated" : end == nil ? nil : facts?.endConfidence?.rawValue ?? "stated"
        registrar = facts?.registrar
        seen = facts?.at
        age = facts.map { max(0, now.seconds(since: $0.at)) }
        note = Self.note(known, facts, hasEnd: end != nil)
    }

    private static func name(_ channel: RegistryView.Channel) -> String {
        switch channel {
        case .rdap: "RDAP"
        case .whois: "WHOIS"
        case .manual: "by hand"
        }
    }

    private static func note(_ known: ExpiryKnowledge, _ facts: RegistryView?, hasEnd: Bool) -> String? {
        var notes: [String] = []
        let alarms = ["serverHold", "clientHold", "redemptionPeriod", "pendingDelete", "autoRenewPeriod"]
        if let facts { notes = alarms.filter(facts.statuses.contains) }
        if facts?.outcome == .available {
            notes.append("not registered")
        } else if !hasEnd, facts != nil {
            let isSilent = WHOISText.publishesNoEnd(domain: known.domain.folded.description.trimmingFinalDot)
            notes.append(isSilent ? "this registry publishes no end" : "no end was given")
        }
        if let failure = known.memory.lastFailure, facts == nil || known.memory.failingSince != nil {
            notes.append("last look failed: \(failure)")
        } else if facts == nil {
            notes.append("not looked up yet")
        }
        return notes.isEmpty ? nil : notes.joined(separator: ", ")
    }

    /// Whole days left, rounded down, so that it is negative once the end is past.
    var days: Int64? { secondsLeft.map { $0 >= 0 ? $0 / 86_400 : -((-$0 + 86_399) / 86_400) } }

    /// The columns without headings, for other programs: name, end, days, state, source, confidence, age in seconds,
    /// note.
    var fields: [String] {
        [
            domain, ends ?? "-", days.map(String.init) ?? "-", state.rawValue, source ?? "-", confidence ?? "-",
            age.map(String.init) ?? "-", note ?? "-",
        ]
    }

    var row: Row {
        Row(
            domain: domain, expires: ends, days: days, state: state.rawValue, source: source, confidence: confidence,
            registrar: registrar, seen: seen.map { "\($0)" }, age: age, note: note)
    }

    /// The entry as JSON; unknown values are null.
    struct Row: Encodable {
        var domain: String
        var expires: String?
        var days: Int64?
        var state: String
        var source: String?
        var confidence: String?
        var registrar: String?
        var seen: String?
        var age: Int64?
        var note: String?

        private enum CodingKeys: CodingKey {
            case domain, expires, days, state, source, confidence, registrar, seen, age, note
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(domain, forKey: .domain)
            try container.encode(expires, forKey: .expires)
            try container.encode(days, forKey: .days)
            try container.encode(state, forKey: .state)
            try container.encode(source, forKey: .source)
            try container.encode(confidence, forKey: .confidence)
            try container.encode(registrar, forKey: .registrar)
            try container.encode(seen, forKey: .seen)
            try container.encode(age, forKey: .age)
            try container.encode(note, forKey: .note)
        }
    }

    /// By end, then by name; entries without an end come last.
    static func < (one: ExpiryEntry, other: ExpiryEntry) -> Bool {
        switch (one.endsAt, other.endsAt) {
        case (let left?, let right?): left == right ? one.domain < other.domain : left < right
        case (.some, nil): true
        case (nil, .some): false
        case (nil, nil): one.domain < other.domain
        }
    }
}

extension ExpiryEntry.State {
    fileprivate init(_ left: Int64, _ thresholds: Watch.RegistrationThresholds) {
        switch left {
        case ..<0: self = .past
        case ...thresholds.critical: self = .critical
        case ...thresholds.warning: self = .warning
        case ...thresholds.notice: self = .notice
        default: self = .ok
        }
    }
}

extension String {
    fileprivate var trimmingFinalDot: String { hasSuffix(".") ? String(dropLast()) : self }
}
