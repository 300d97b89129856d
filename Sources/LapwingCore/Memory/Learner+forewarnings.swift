extension Learner {
    /// Remembers undeclared events at the registrar that were believed.
    mutating func learnForewarnings() {
        var memory = state.forewarnings ?? ForewarningMemory()
        for finding in believed where finding.incidentClass != .plannedChange {
            let isNew = !picture.state.book.open.contains { $0.includes(finding) }
            switch finding.code {
            case .registrationChanged where finding.severity >= .warning:
                ForewarningMemory.note(now, isNew: isNew, in: &memory.registrarAt)
            case .registrationUnlocked where finding.severity >= .notice:
                ForewarningMemory.note(now, isNew: isNew, in: &memory.lockAt)
            case .dnssecDowngraded where finding.cause == .secureDelegation && finding.severity >= .warning:
                ForewarningMemory.note(now, isNew: isNew, in: &memory.dsAt)
            default: break
            }
        }
        if memory != ForewarningMemory() { state.forewarnings = memory }
    }
}
