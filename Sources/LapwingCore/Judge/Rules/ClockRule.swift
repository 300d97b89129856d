/// R0: is it us? A monitor without a network or with a wrong clock says so, and nothing else.
enum ClockRule {
    /// Seconds by which the wall clock may be off before times of signatures are no longer judged.
    static let tolerance: Int64 = 60
    /// Seconds after which a clock that was set and stays so is taken for right.
    static let acceptance: Int64 = 6 * 3600

    static let rule = Rule(
        "self", references: ["RFC 8633"],
        table: [
            Rule.Row(.monitorOffline, .monitorFault, [.notice], "no source and no control answered in two polls"),
            Rule.Row(
                .monitorClock, .monitorFault, [.notice], "the wall clock stepped, or all validating resolvers disagree"),
        ]
    ) { picture, _ in
        var findings: [Finding] = []
        if picture.isBlind { findings.append(offline(picture)) }
        if !picture.trustsClock { findings.append(stepped(picture)) }
        return findings
    }

    private static func offline(_ picture: Picture) -> Finding {
        var finding = Finding(
            .monitorOffline, .monitor, .monitorFault, .notice,
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

    private static func stepped(_ picture: Picture) -> Finding {
        let offset = picture.state.clock.offset
        var finding = Finding(
            .monitorClock, .clock, .monitorFault, .notice,
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

    private static func anyResolver(_ picture: Picture) -> String {
        picture.resolvers.first.map { "\($0.view.server)" } ?? "192.0.2.53"
    }
}

extension ClockMemory {
    /// Follows both clocks; what one did and the other did not is kept as offset.
    mutating func note(wall now: Timestamp, monotonic: Int64) {
        defer {
            wall = now
            self.monotonic = monotonic
        }
        // A monotonic clock that went back is another process: nothing to compare with.
        guard let wall, monotonic >= self.monotonic else { return }
        let step = now.seconds(since: wall) - (monotonic - self.monotonic)
        if abs(step) > ClockRule.tolerance / 2 {
            offset += step
            steppedAt = now
        }
        // Errors of seconds are nothing; a set clock that stays is the new truth.
        let passed = steppedAt.map { now.seconds(since: $0) } ?? 0
        if abs(offset) <= ClockRule.tolerance / 2 || passed > ClockRule.acceptance { offset = 0 }
    }
}
