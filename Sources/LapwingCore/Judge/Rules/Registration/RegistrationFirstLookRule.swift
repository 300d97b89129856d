import DNSWire

/// A check-up without an answer about the registration; in the daemon the first round does not wait for the registry.
enum RegistrationFirstLookRule {
    static let rule = Rule(
        "registration-first-look", references: ["RFC 9083"], phase: .firstLook,
        table: [
            Rule.Row(
                .registryUnavailable, .registryUnavailable, [.notice], "a check-up got no answer that says something")
        ]
    ) { picture, _ in
        guard !picture.isBlind, picture.watch.watchesRegistration, let view = picture.snapshot.registry,
            [.throttled, .unavailable, .unknown].contains(view.outcome)
        else { return [] }
        return [
            Finding(
                .registryUnavailable, .registry, .registryUnavailable, .notice,
                text: Narrative(
                    "\(picture.domain): registration data cannot be fetched: \(view.detail ?? view.outcome.rawValue).",
                    isNot: "a fault of the domain: a failed look-up is no fact.", advice: "Try again later.",
                    check: "lapwing registration \(picture.domain)"))
        ]
    }
}
