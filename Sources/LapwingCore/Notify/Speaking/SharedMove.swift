import DNSWire

/// A change that many domains make alike, as when a provider renumbers or takes them to other servers.
///
/// It is no fault that they share, so that each domain has a change of its own in the table; but whoever is told of the
/// first need not be told of the thousand others one by one.
private enum SharedMove {
    /// Networks or names on either side of a move; with more it is none that others would make alike.
    static let mostPlaces = 8

    /// What domains share whose records make the same change, in words: `addresses from 198.51.100.0/24 to 203.0.113.0/24`.
    ///
    /// Nil where it is no change of records, where something came or went, and where the change is of a kind of its own.
    static func words(_ changes: [Change], of code: FindingCode) -> String? {
        guard code.nature == .changeOfRecords, !changes.isEmpty else { return nil }
        var moves: Set<String> = []
        for change in changes {
            switch change.kind {
            case .ttl: continue
            case .records(.a), .records(.aaaa), .glue:
                guard let move = Self.move("addresses", change, by: Self.network) else { return nil }
                moves.insert(move)
            case .records(.ns), .records(.mx), .records(.cname), .registryDelegation:
                let word = if case .records(let type) = change.kind { "\(type)" } else { "NS" }
                guard let move = Self.move(word, change, by: { $0.lowercased() }) else { return nil }
                moves.insert(move)
            default: return nil
            }
        }
        guard !moves.isEmpty, moves.count <= Self.mostPlaces else { return nil }
        return moves.sorted().joined(separator: "; ")
    }

    private static func move(_ word: String, _ change: Change, by place: (String) -> String?) -> String? {
        guard let old = places(change.old, by: place), let new = places(change.new, by: place), old != new else {
            return nil
        }
        return "\(word) from \(old) to \(new)"
    }

    /// Where values are, each place once; nil where there are none, where one is of another form, and where it is too much.
    private static func places(_ values: [String], by place: (String) -> String?) -> String? {
        let places = values.map(place)
        let known = Set(places.compactMap { $0 })
        guard !values.isEmpty, !places.contains(nil), known.count <= mostPlaces else { return nil }
        return known.sorted().joined(separator: ", ")
    }

    /// The part of an address that one holder has at least: the first 24 bits, or 48 of IPv6.
    private static func network(of text: String) -> String? {
        guard var bytes = IPAddress(text)?.bytes else { return nil }
        let kept = bytes.count == 4 ? 3 : 6
        for index in kept..<bytes.count { bytes[index] = 0 }
        return IPAddress(bytes: bytes).map { "\($0)/\(kept * 8)" }
    }
}

extension IncidentEvent {
    /// What domains share whose records make the same change, in words; nil where it shares a fault, and where it is no
    /// change that others would make alike.
    package var sharedMove: String? { shared == nil ? SharedMove.words(changes, of: code) : nil }
}

extension Incident {
    /// What it has in common with incidents of other domains, in words: a fault that they share, or a change that they
    /// make alike.
    package var common: String? { shared ?? SharedMove.words(changes, of: code) }
}

/// Moves that domains make alike.
extension Speaker {
    /// A change that others may make as well: the first is reported at once and as what it is, others that make the same
    /// one are reported together after a while.
    mutating func tell(_ event: IncidentEvent, ofMove move: String, over channel: String, _ route: Route?) {
        let key = "\(move) \(event.incidentClass.rawValue)"
        leaveThreads(event, channel, except: key)
        let known = speech.said.threads.firstIndex { $0.key == key && $0.channel == channel }
        guard let index = known, !isAlone(event, index) else {
            let isSent = send(event, over: channel, route)
            if let known {
                speech.said.threads[known].severity = max(speech.said.threads[known].severity, event.severity)
            } else if isSent, event.isBack != true {
                begin(SharedThread(told: event, move: move, key: key, channel: channel, at: now))
            }
            return
        }
        speech.said.note(event, channel, at: now)
        if event.isBack == true {
            takeBack(event, of: move, key, channel)
            return
        }
        let isWorse = event.severity > speech.said.threads[index].severity
        let contradicts = relapse(event, index)
        join(event, index)
        if isWorse || contradicts == true {
            tell(index, event, route)
        } else {
            note(event, Self.grouped(in: speech.said.threads[index]))
        }
    }

    /// Whether an event is told for itself: of the only one so far, or of what else became of a domain that is in it.
    private mutating func isAlone(_ event: IncidentEvent, _ index: Int) -> Bool {
        if !speech.said.threads[index].members.contains(event.incident) { return touches(event.domain, index) }
        return speech.said.threads[index].domains.count == 1
    }
}

extension SharedThread {
    /// Seconds for which a move waits for another domain that makes it, and how many wait at most.
    static let moveAge: Int64 = 3600
    static let mostMoves = 256

    /// A move that one domain has made so far, of which its channel was told.
    init(told event: IncidentEvent, move: String, key: String, channel: String, at now: Timestamp) {
        self.init(event, shared: move, key: key, channel: channel, at: now)
        isMove = true
        _ = told(at: now)
    }

    /// Whether nobody but one domain has made the move: all is said of it as if there were no thread.
    var isLoneMove: Bool { isMove == true && domains.count == 1 }
}
