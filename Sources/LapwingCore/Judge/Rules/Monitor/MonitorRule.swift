/// Faults of the monitor itself: no network, intercepted DNS, a wrong clock. Its observations then say nothing about
/// domains.
enum MonitorRule {
    /// Seconds by which the wall clock may be off before signature times are no longer judged.
    static let tolerance: Int64 = 60
    /// Seconds after which a clock that was set and stays so is considered right.
    static let acceptance: Int64 = 6 * 3600

    /// Seconds after which a fault of the monitor becomes a warning: nothing is watched while it lasts.
    static let patience: Int64 = 900

    static let rule = Rule(
        "monitor", references: ["RFC 8633"],
        table: [
            Rule.Row(
                .monitorOffline, .monitorFault, [.notice, .warning],
                "no source and no control answered in two polls; warning when it lasts"),
            Rule.Row(
                .monitorIntercepted, .monitorFault, [.warning],
                "answers in the name of several root servers, or of all servers asked, are not theirs in two looks"),
            Rule.Row(
                .monitorClock, .monitorFault, [.notice, .warning],
                "the wall clock stepped, or all validating resolvers disagree; warning when it lasts"),
        ]
    ) { picture, _ in
        var findings: [Finding] = []
        if let words = picture.interception {
            findings.append(intercepted(words, picture))
        } else if picture.isBlind {
            findings.append(offline(picture))
        }
        if !picture.trustsClock { findings.append(stepped(picture)) }
        return findings
    }

    private static func offline(_ picture: Picture) -> Finding {
        var finding = Finding(
            .monitorOffline, .monitor, .monitorFault, severity(.monitor, picture),
            text: Narrative(
                "This monitor is offline: no server, no resolver and no control answers it.",
                grounds: [
                    "everything went silent in the same minute, names that have nothing to do with the domain too"
                ],
                isNot: "a fault of \(picture.domain); nothing is concluded about it as long as this lasts.",
                advice: "Look at this machine's network.", check: "dig @\(anyResolver(picture)) . NS"))
        finding.shared = "monitor"
        finding.need = .polls(2)
        finding.clearing = .absent(polls: 1)
        return finding
    }

    private static func intercepted(_ words: [String], _ picture: Picture) -> Finding {
        let roots = picture.snapshot.roots?.forged.map { "\($0.server)" }.sorted() ?? []
        let who = roots.isEmpty ? "of all servers that were asked" : "of the root servers \(Change.list(roots))"
        var finding = Finding(
            .monitorIntercepted, .monitor, .monitorFault, .warning,
            text: Narrative(
                "DNS on this network is intercepted: answers in the name \(who) are not theirs. Nothing can be judged from here.",
                facts: words.prefix(8).map { "\($0)." },
                grounds: [
                    "authoritative servers answer with AA, and root servers never set RA",
                    "servers that have nothing to do with one another are all answered for in this way",
                ],
                isNot: "a fault of any domain; nothing is concluded about them as long as this lasts.",
                advice:
                    "Let this machine's packets to port 53 (UDP and TCP) go where they are sent: take it out of the DNS "
                    + "redirection of the router or provider, or run Lapwing on another network.",
                check: "dig +norecurse . SOA @\(roots.first ?? "198.41.0.4")"))
        finding.shared = "monitor"
        finding.clearing = .absent(polls: 1)
        return finding
    }

    private static func stepped(_ picture: Picture) -> Finding {
        let offset = picture.state.clock.offset
        var finding = Finding(
            .monitorClock, .clock, .monitorFault, severity(.clock, picture),
            text: Narrative(
                "The clock of this monitor stepped \(offset < 0 ? "back" : "ahead") by \(abs(offset)) s.",
                facts: ["Wall clock: \(picture.snapshot.at), by passed time it should be \(picture.now)."],
                grounds: ["the wall clock and the monotonic clock disagree"],
                isNot:
                    "a fault of the signatures of \(picture.domain). Signature time checks are suspended; all others go on.",
                advice: "Fix time synchronisation on this machine.", check: "timedatectl"))
        finding.shared = "monitor"
        finding.clearing = .absent(polls: 1)
        return finding
    }

    private static func severity(_ cause: Cause, _ picture: Picture) -> Severity {
        let began = picture.state.book.open(cause)?.since
        return began.map { picture.now.seconds(since: $0) >= patience } ?? false ? .warning : .notice
    }

    private static func anyResolver(_ picture: Picture) -> String {
        picture.resolvers.first.map { "\($0.view.server)" } ?? "192.0.2.53"
    }
}

extension ClockMemory {
    /// Updates the offset by the difference between the steps of the two clocks.
    mutating func note(wall now: Timestamp, monotonic: Int64) {
        defer {
            wall = now
            self.monotonic = monotonic
        }
        // A monotonic clock that went back belongs to another process, so there is nothing to compare.
        guard let wall, monotonic >= self.monotonic else { return }
        let step = now.seconds(since: wall) - (monotonic - self.monotonic)
        if abs(step) > MonitorRule.tolerance / 2 {
            offset += step
            steppedAt = now
        }
        // Differences of seconds are ignored; a clock that stays as it was set is considered right.
        let passed = steppedAt.map { now.seconds(since: $0) } ?? 0
        if abs(offset) <= MonitorRule.tolerance / 2 || passed > MonitorRule.acceptance { offset = 0 }
    }
}
