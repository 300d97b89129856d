import DNSWire

extension Answer {
    /// Interprets a reply.
    ///
    /// Only records that belong to the question count: the aliases that start at its name, and the asked type where
    /// they end. Any other record in the answer section is ignored (RFC 2181 §5.4.1).
    package init(_ reply: ProbeReply) {
        switch reply.outcome {
        case .timeout: self.init(outcome: .timeout, at: reply.sentAt)
        case .unreachable: self.init(outcome: .unreachable, at: reply.sentAt)
        case .malformed: self.init(outcome: .malformed, at: reply.sentAt)
        case .message(let message): self.init(message, to: reply.task, at: reply.sentAt)
        }
        transport = reply.transport
        truncatedOverUDP = reply.truncatedOverUDP
        milliseconds = reply.milliseconds
        wire = reply.wire
    }

    private init(_ message: Message, to task: ProbeTask, at: Timestamp) {
        self.init(outcome: .noData, at: at)
        authoritative = message.flags.contains(.authoritative)
        recursionAvailable = message.flags.contains(.recursionAvailable)
        authenticData = message.flags.contains(.authenticData)
        authority = message.authorities
        additional = message.additionals
        extendedErrors = message.edns?.extendedErrors.map(\.code) ?? []
        let end = follow(message.answers, from: task.key)
        records = message.answers.filter { $0.name == end && $0.type == task.key.type && $0.recordClass == .in }
        signatures = message.answers.filter { $0.type == .rrsig }
        outcome = Self.outcome(of: message, task: task, found: !records.isEmpty, aliased: !aliases.isEmpty)
    }

    /// Collects the aliases that start at the asked name and returns their final target.
    private mutating func follow(_ answers: [Record], from key: RecordSetKey) -> Name {
        var current = key.name
        guard key.type != .any else { return current }
        if key.type == .cname {
            // A CNAME synthesized from a DNAME is only meaningful beside it.
            aliases = answers.filter {
                $0.type == .dname && current.isSubdomain(of: $0.name) && current != $0.name
            }
            return current
        }
        // Each step uses up a record, so a loop of aliases ends with the section.
        var left = answers.filter { $0.type == .cname || $0.type == .dname }
        while let index = left.firstIndex(where: { $0.type == .cname && $0.name == current }) {
            let alias = left.remove(at: index)
            for dname in left where dname.type == .dname && current.isSubdomain(of: dname.name) && current != dname.name
            {
                aliases.append(dname)
            }
            aliases.append(alias)
            guard let target = NameTarget(alias.data) else { break }
            current = target.target
        }
        return current
    }

    private static func outcome(of message: Message, task: ProbeTask, found: Bool, aliased: Bool) -> Outcome {
        switch message.responseCode {
        case .noError: break
        case .nxDomain: return .nxDomain
        default: return .failure(message.responseCode)
        }
        if found { return .data }
        if case .resolver = task.source { return .noData }
        let denies = message.authorities.contains { $0.type == .soa }
        if message.flags.contains(.authoritative) || denies { return .noData }
        // For an alias out of the zone, an authoritative server has no more to say.
        return aliased ? .noData : .referral
    }
}
