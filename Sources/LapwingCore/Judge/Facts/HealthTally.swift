package import DNSWire

/// The conditions of the members of a calculated health, and the resulting state of the whole.
package struct HealthTally: Sendable, Hashable {
    /// The state of the whole.
    package enum State: String, Sendable, Hashable, CaseIterable {
        case healthy, unhealthy
        /// So many members are unknown that the whole could be either.
        case unknown
    }

    /// One of the domains that the health is made of.
    package struct Member: Sendable, Hashable {
        /// The condition of one member; unknown if nothing was seen of it.
        package enum Condition: String, Sendable, Hashable, CaseIterable {
            case well, failing, unknown
        }

        /// The member.
        package var domain: Name
        /// Its condition.
        package var condition: Condition
        /// The headline of the worst open incident; nil if the member does not fail.
        package var finding: String?
        /// The identifier of that incident; nil if the member does not fail.
        package var incident: String?

        package init(_ domain: Name, _ condition: Condition, finding: String? = nil, incident: String? = nil) {
            self.domain = domain
            self.condition = condition
            self.finding = finding
            self.incident = incident
        }
    }

    /// All members, in the order of the configuration.
    package let members: [Member]
    /// The number of members that must be well: at least 1, and never more than there are.
    package let needs: Int
    /// The number of members that are well.
    package let well: Int
    /// The number of members that fail.
    package let failing: Int
    /// The number of members whose condition is unknown: they count as neither.
    package let unknown: Int

    package init(_ need: CalculatedHealth.Need, _ members: [Member]) {
        self.members = members
        well = members.count { $0.condition == .well }
        failing = members.count { $0.condition == .failing }
        unknown = members.count - well - failing
        switch need {
        case .all: needs = max(1, members.count)
        // A tag may have lost domains since; the remaining ones must then be well.
        case .count(let count): needs = max(1, min(count, members.count))
        }
    }

    /// Healthy only by members that were seen to be well; unhealthy only if the unknown members could not make up for
    /// it.
    package var state: State {
        guard !members.isEmpty else { return .unknown }
        if well >= needs { return .healthy }
        return well + unknown < needs ? .unhealthy : .unknown
    }

    /// The largest number of members that a text names.
    private static let mostNamed = 20

    /// Returns the finding; nil unless the state is unhealthy.
    package func finding(of health: CalculatedHealth) -> Finding? {
        guard state == .unhealthy else { return nil }
        let failures = members.filter { $0.condition == .failing }
        var facts = failures.prefix(Self.mostNamed).map { member in
            "\(member.domain) fails: \(member.finding.map { Narrative.matter(of: $0, domain: member.domain) } ?? "no such domain.")"
                + (member.incident.map { " (\($0))" } ?? "")
        }
        if failures.count > Self.mostNamed { facts.append("\(failures.count - Self.mostNamed) more fail.") }
        let unseen = members.filter { $0.condition == .unknown }.prefix(Self.mostNamed)
        if unknown > 0 {
            let names = unseen.map(\.domain.description).joined(separator: ", ")
            facts.append("Not known: \(names)\(unknown > unseen.count ? " and \(unknown - unseen.count) more" : "").")
        }
        let are = well == 1 ? "is" : "are"
        let text = Narrative(
            "\(health.name) is unhealthy: \(well) of \(members.count) domains \(are) well, \(needs) must be.",
            facts: facts,
            grounds: [
                "\(failing) fail, \(unknown) are not known; even if those were well, fewer than \(needs) would be"
            ],
            advice: "See to the domains that fail; each has an incident of its own. This one is over when \(needs) of "
                + "\(members.count) are seen to be well.",
            check: "lapwing incidents --open")
        var finding = Finding(.healthFailing, .health, .healthFailing, health.severity, text: text.plain)
        finding.need = .now
        finding.clearing = .absent(polls: 1)
        return finding
    }
}

extension HealthTally.Member.Condition {
    /// Derives the condition of a member.
    ///
    /// - Parameters:
    ///   - worst: the severity of the worst open incident about the domain itself, nil if there is none.
    ///   - isLearnt: whether the domain ever had a complete round.
    ///   - sight: how much the last round saw; nil if this process has made none yet.
    package init(worst: Severity?, isLearnt: Bool, sight: RoundSight?, failsAt: Severity) {
        if let worst, worst >= failsAt {
            self = .failing
        } else if !isLearnt, sight?.absence == .noName {
            self = .failing
        } else {
            self = isLearnt && sight?.isKnown == true ? .well : .unknown
        }
    }
}
