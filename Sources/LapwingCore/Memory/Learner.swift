import DNSWire

/// Adds a round to the memory, except for data that a rule still doubts.
struct Learner {
    let picture: Picture
    let findings: [Finding]
    let believed: [Finding]
    var state: WatchState
    /// RRsets whose new values wait for a verdict or were judged foreign.
    let held: Set<RecordSetKey>
    var now: Timestamp { picture.now }

    init(picture: Picture, findings: [Finding], believed: [Finding], state: WatchState) {
        self.picture = picture
        self.findings = findings
        self.believed = believed
        self.state = state
        let sure = Set(believed.map(\.key))
        // A welcome change is learnt as soon as it is believed; everything else stays foreign until a person accepts
        // it.
        held = Set(findings.filter { !($0.isWelcome && sure.contains($0.key)) }.flatMap(\.holds))
    }

    mutating func learn() {
        state.rounds += 1
        if state.learntAt == nil, picture.snapshot.parent.state == .delegated,
            picture.servers.contains(where: \.answers)
        {
            state.learntAt = now
        }
        learnDelegation()
        learnServers()
        learnSets()
        learnResolvers()
        learnSteady()
        learnChain()
        learnRegistry()
        learnForewarnings()
        learnDependencies()
        learnAnnouncements()
        learnTransfers()
        learnPlaces()
    }
}

extension Finding {
    /// Whether it is a change by the owner, or counts as one: it becomes normal once it was reported.
    var isWelcome: Bool {
        switch incidentClass {
        case .plannedChange, .ttlAnomaly, .rotation, .routine, .propagation: true
        default: code == .policyWeakened && severity <= .notice
        }
    }
}
