import DNSWire

/// Moves that domains make alike.
extension Speaker {
    /// A change that others may make as well: the first is reported at once and as what it is, others that make the same
    /// one are reported together after a while. Where many domains make many such changes at once, all of them are one.
    mutating func tell(_ event: IncidentEvent, _ move: SharedMove, over channel: String, _ route: Route?) {
        let key = "\(move.words) \(event.incidentClass.rawValue)"
        let surgeKey = "surge of \(move.kinds) \(event.incidentClass.rawValue)"
        let isMade = speech.said.threads.contains { $0.key == key && $0.channel == channel }
        leaveThreads(event, channel, except: isMade ? key : surgeKey)
        if let index = speech.said.threads.firstIndex(where: { $0.key == key && $0.channel == channel }) {
            if isAlone(event, index) {
                _ = send(event, over: channel, route)
                speech.said.threads[index].severity = max(speech.said.threads[index].severity, event.severity)
            } else {
                group(event, index, route)
            }
        } else if let (index, isNew) = surge(event, move, surgeKey, channel) {
            group(event, index, route, atOnce: isNew)
        } else if send(event, over: channel, route), event.isBack != true {
            let thread = SharedThread(told: event, move: move, key: key, channel: channel, at: now)
            begin(thread)
        }
    }

    /// Takes an event into a thread of several domains, and tells it at once only if it has to be.
    private mutating func group(_ event: IncidentEvent, _ index: Int, _ route: Route?, atOnce: Bool = false) {
        let channel = speech.said.threads[index].channel
        speech.said.note(event, channel, at: now)
        if event.isBack == true {
            takeBack(event, of: speech.said.threads[index].shared, speech.said.threads[index].key, channel)
            return
        }
        let isWorse = event.severity > speech.said.threads[index].severity
        // Hours after the others it is news.
        let isLate = speech.said.threads[index].isCold(at: now, SharedThread.moveAge)
        if isLate { speech.said.threads[index].messages = 0 }
        let contradicts = relapse(event, index)
        join(event, index)
        if isWorse || isLate || atOnce || contradicts == true {
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

    /// The thread of all moves of a kind that are made at once; nil while they are few.
    ///
    /// Whoever has a thousand addresses moves them all in one hour, and each to another network.
    private mutating func surge(
        _ event: IncidentEvent, _ move: SharedMove, _ key: String, _ channel: String
    ) -> (index: Int, isNew: Bool)? {
        let known = speech.said.threads.firstIndex { $0.key == key && $0.channel == channel }
        if let known {
            let isMember = speech.said.threads[known].members.contains(event.incident)
            let isCold = speech.said.threads[known].isCold(at: now, SharedThread.surgeAge)
            return isMember || !isCold && !touches(event.domain, known) ? (known, false) : nil
        }
        guard event.isBack != true else { return nil }
        let fresh = speech.said.threads.indices.filter { index in
            let thread = speech.said.threads[index]
            return thread.kinds == move.kinds && thread.channel == channel
                && thread.incidentClass == event.incidentClass && thread.recovery == nil
                && !thread.domains.contains(event.domain) && now.seconds(since: thread.began) < SharedThread.surgeAge
        }
        guard fresh.count >= SharedThread.movesOfSurge else { return nil }
        let threads = fresh.map { speech.said.threads[$0] }
        for index in fresh.reversed() { speech.said.threads.remove(at: index) }
        guard let surge = SharedThread(merging: threads, kinds: move.kinds, key: key, at: now) else { return nil }
        begin(surge)
        return (speech.said.threads.count - 1, true)
    }
}

extension SharedThread {
    /// Seconds for which a move waits for another domain that makes it, and how many wait at most.
    static let moveAge: Int64 = 3600
    static let mostMoves = 256
    /// Seconds within which different moves are made at once, and how many of them are a surge.
    static let surgeAge: Int64 = 600
    static let movesOfSurge = 6

    /// A move that one domain has made so far, of which its channel was told.
    init(told event: IncidentEvent, move: SharedMove, key: String, channel: String, at now: Timestamp) {
        self.init(event, shared: move.words, key: key, channel: channel, at: now)
        kinds = move.kinds
        joinedAt = now
        _ = told(at: now)
    }

    /// All moves of a kind that are made at once; nil of none.
    init?(merging threads: [SharedThread], kinds: String, key: String, at now: Timestamp) {
        guard let first = threads.min(by: { $0.began < $1.began }) else { return nil }
        self = first
        self.key = key
        self.kinds = kinds
        shared = "\(kinds) of many domains at once"
        members = Set(threads.flatMap(\.members))
        severity = threads.map(\.severity).max() ?? severity
        since = threads.map(\.since).min() ?? since
        joinedAt = now
        var seen: Set<Name> = []
        let told = threads.flatMap { $0.domains.prefix($0.toldDomains) }.filter { seen.insert($0).inserted }
        domains = told + threads.flatMap { $0.domains.dropFirst($0.toldDomains) }.filter { seen.insert($0).inserted }
        toldDomains = told.count
        messages = 0
    }

    /// Whether nobody but one domain has made the move: all is said of it as if there were no thread.
    var isLoneMove: Bool { kinds != nil && domains.count == 1 }

    /// Whether nobody has joined it for so many seconds.
    func isCold(at now: Timestamp, _ seconds: Int64) -> Bool {
        joinedAt.map { !(0..<seconds).contains(now.seconds(since: $0)) } ?? false
    }
}
