import DNSWire

extension Learner {
    mutating func learnRegistry() {
        guard let seen = picture.snapshot.registry else {
            settleRegistry()
            return
        }
        switch seen.outcome {
        case .registered:
            let before = state.registry.known
            let view = seen.filled(from: before)
            learnTerm(from: before, to: view)
            learnDifference(seen, isFirst: before == nil)
            state.registry.known = view
            state.registry.failingSince = nil
            state.registry.lastFailure = nil
            if state.registry.accepted == nil || picture.isLearning && !picture.isSettling && !isDoubted {
                state.registry.accepted = view
            }
        case .available where state.registry.known == nil:
            state.registry.failingSince = nil
        case .available, .throttled, .unavailable, .unknown:
            // A failed or odd look-up is not a fact; neither is "not registered" while the domain is delegated.
            if picture.snapshot.parent.state == .delegated || seen.outcome != .available {
                state.registry.failingSince = state.registry.failingSince ?? now
                state.registry.lastFailure = seen.detail ?? seen.outcome.rawValue
            }
        }
        settleRegistry()
    }

    private mutating func learnDifference(_ seen: RegistryView, isFirst: Bool) {
        let difference = RegistryDifference(seen, picture.snapshot.parent, of: picture.domain)
        let isOld = isFirst || state.registry.differedAtFirst == true && difference == state.registry.differs
        state.registry.differs = difference
        state.registry.differedAtFirst = difference != nil && isOld ? true : nil
    }

    private var isDoubted: Bool { findings.contains { $0.cause == .holder } }

    /// Accepts changes that were reported or are harmless, and keeps the accepted data if a change is disputed.
    private mutating func settleRegistry() {
        guard let known = state.registry.known, var accepted = state.registry.accepted else { return }
        if believed.contains(where: { $0.code == .registrationChanged && $0.severity <= .notice }) {
            state.registry.accepted = known
            return
        }
        guard !HolderRule.differs(known, accepted) else { return }
        accepted.expires = known.expires
        accepted.updated = known.updated
        accepted.created = accepted.created ?? known.created
        accepted.registrarID = accepted.registrarID ?? known.registrarID
        accepted.registrar = accepted.registrar ?? known.registrar
        // New locks are normal at once; removed locks are reported.
        accepted.statuses.formUnion(known.statuses.intersection(HolderRule.locks))
        let isDeclared = picture.isDeclared(.lock) || picture.isDeclared(.registrar)
        if believed.contains(where: {
            $0.code == .registrationUnlocked && (isDeclared || $0.incidentClass == .plannedChange)
        }) {
            accepted.statuses = known.statuses
        }
        state.registry.accepted = accepted
    }

    /// A date that jumps by a year together with the auto-renew status is not a payment.
    private mutating func learnTerm(from before: RegistryView?, to view: RegistryView) {
        let isAuto = view.statuses.contains("autoRenewPeriod")
        if let old = before?.expires, let new = view.expires, isAuto, state.registry.unpaidEnd == nil,
            new.at.seconds(since: old.at) > 300 * 86_400
        {
            state.registry.unpaidEnd = old
            state.registry.autoRenewSince = now
        }
        // The term counts as paid once the registry drops the status or the grace period is over.
        let isOver = state.registry.autoRenewSince.map { now.seconds(since: $0) > RegistrationRule.grace } ?? false
        if !isAuto || isOver {
            state.registry.unpaidEnd = nil
            state.registry.autoRenewSince = nil
        }
    }
}
