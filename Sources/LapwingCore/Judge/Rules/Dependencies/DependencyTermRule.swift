import DNSWire

/// Registrations of domains that the domain relies on: if one lapses, another party can take over what depends on it.
enum DependencyTermRule {
    /// Seconds before the end of a registration at which it is reported: most are renewed earlier.
    static let notice: Int64 = 20 * 86_400
    private static let holds: Set<String> = ["clientHold", "serverHold"]
    private static let deletions: Set<String> = ["redemptionPeriod", "pendingDelete"]

    static let rule = Rule(
        "dependency-terms", references: ["RFC 3915", "RFC 5731", "RFC 9083"],
        table: [
            Rule.Row(
                .dependencyExpiring, .takeoverRisk, [.critical],
                "the domain of a name server is on hold or being deleted"),
            Rule.Row(
                .dependencyExpiring, .takeoverRisk, [.warning],
                "the registration of a name server's domain ends within 20 days, or has ended; that of a mail host's, alias "
                    + "target's or SPF target's domain is on hold or being deleted"),
            Rule.Row(
                .dependencyExpiring, .takeoverRisk, [.notice],
                "the registration of a mail host's, alias target's or SPF target's domain ends within 20 days, or has ended"
            ),
        ]
    ) { picture, _ in
        guard !picture.isBlind else { return [] }
        var seen: Set<Name> = []
        return picture.snapshot.dependencies.compactMap { view in
            guard let registration = view.registration, seen.insert(view.registrable.folded).inserted else {
                return nil
            }
            return finding(view.registrable.folded, registration, picture)
        }
    }

    private static func finding(
        _ domain: Name, _ registration: DependencyView.Registration, _ picture: Picture
    ) -> Finding? {
        let left = registration.expires.map { $0.at.seconds(since: picture.now) }
        let ends = picture.trustsClock && left.map { $0 <= notice } ?? false
        let grave = registration.statuses.intersection(holds.union(deletions)).sorted()
        guard ends || !grave.isEmpty else { return nil }
        let names = Dependencies.names(picture).filter { $0.isSubdomain(of: domain) }
        let isServer = names.contains { name in
            picture.snapshot.parent.hosts.contains { $0.name == name }
                || picture.servers.contains {
                    $0.isOwn && DelegationChange.apexNames($0, picture.domain).contains(name)
                }
        }
        var users = names.flatMap { Dependencies.users(of: $0, picture) }
        if isServer { users.insert(RecordSetKey(picture.domain, .ns), at: 0) }
        var known: Set<RecordSetKey> = []
        users = users.filter { known.insert($0).inserted }
        guard let first = users.first else { return nil }
        let severity: Severity = isServer ? (grave.isEmpty ? .warning : .critical) : grave.isEmpty ? .notice : .warning
        let state = words(grave, registration.expires, left)
        var finding = Finding(
            .dependencyExpiring, .dependency(domain), .takeoverRisk, severity, subject: first,
            text: Narrative(
                "\(Change.list(users.map(\.description))) relies on \(domain), \(state).",
                facts: [
                    "Names there: \(Change.list(names.map(\.description))).",
                    "Status of \(domain): \(RegistryWords.list(registration.statuses)). "
                        + "End: \(registration.expires?.text ?? "not known").",
                ],
                grounds: ["the registry of \(domain) was asked"],
                isNot: grave.isEmpty
                    ? "a fault yet: most registrations are renewed in their last days."
                    : "a fault of \(picture.domain): \(domain) is somebody else's, if it is not yours.",
                advice: isServer
                    ? "Ask whoever runs \(domain), or take its servers out of the delegation: who registers it next answers for "
                        + "\(picture.domain)."
                    : "Ask whoever runs \(domain), or take the name out of the record.",
                check: "lapwing registration \(domain)"))
        finding.need = .polls(2)
        finding.clearing = .absent(polls: 3)
        finding.shared = "registration of \(domain)"
        finding.look = SecondLook(dependencies: names)
        return finding
    }

    private static func words(_ statuses: [String], _ end: RegistryView.Moment?, _ left: Int64?) -> String {
        if let status = statuses.first(where: deletions.contains) ?? statuses.first {
            let what = deletions.contains(status) ? "which is being deleted" : "which is on hold"
            return "\(what) (\(RegistryWords.words(status)))"
        }
        guard let end, let left else { return "whose registration ends" }
        let day = end.text.prefix(10)
        if left <= 0 { return "whose registration ended on \(day)" }
        let span = left >= 2 * 86_400 ? "\(left / 86_400) days" : "\(left / 3600) hours"
        return "whose registration ends in \(span), on \(day)"
    }
}
