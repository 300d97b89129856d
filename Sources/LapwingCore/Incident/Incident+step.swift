import DNSWire

extension Incident {
    static let stepLimit = 32

    /// Records a step of the incident and returns the event that describes it to people.
    mutating func step(
        _ kind: IncidentEvent.Kind, at now: Timestamp, severity told: Severity? = nil, isAnnounced: Bool? = nil,
        isPrepared: Bool? = nil
    ) -> IncidentEvent {
        let severity = told ?? self.severity
        let pages = kind != .close && severity == .critical
        paged = paged || pages
        number += 1
        steps.append(
            Step(at: now, event: kind, incidentClass: incidentClass, severity: severity, headline: text.headline))
        if steps.count > Self.stepLimit { steps.remove(at: 1) }
        var isSettled: Bool?
        if case .done = clearing, kind == .close, acceptedBy == nil { isSettled = true }
        let isNormal = isSettled == true
        var over = isNormal ? "Settled: \(text.headline)" : "Over: \(text.headline)"
        var span =
            isNormal
            ? "It counts as normal since \(now.sentence)." : "It lasted from \(since.sentence) to \(now.sentence)."
        // People who were informed that the matter is undone need no message that watching it has ended.
        if kind == .close, acceptedBy == nil, backSince != nil { isSettled = true }
        if let acceptedBy {
            over = "Accepted by \(acceptedBy): \(normal)"
            span = "It counts as normal since \(now.sentence). It was reported as: \(text.headline)"
        }
        var event = IncidentEvent(
            id: "\(id).\(number)", incident: id, kind: kind, code: code, incidentClass: incidentClass,
            severity: severity, page: pages, domain: domain, subject: subject,
            title: kind == .close ? over : text.headline,
            text: kind == .close ? "\(over) \(span)" : fullText, changes: changes, since: since, at: now,
            shared: shared,
            isAnnounced: isAnnounced, isPrepared: isPrepared, isSettled: isSettled)
        if kind == .close, acceptedBy == nil, backSince != nil { event.isBack = true }
        return event
    }

    /// The largest number of changes that ``normal`` names.
    private static let normalLimit = 6

    /// What is normal once the incident is accepted: changes of the delegation first, then the others.
    package var normal: String {
        var latest: [Change] = []
        for change in changes {
            latest.removeAll { $0.name == change.name && $0.kind == change.kind }
            latest.append(change)
        }
        let first = latest.filter(\.isOfDelegation)
        let shown = (first + latest.filter { !$0.isOfDelegation }).prefix(Self.normalLimit)
        var values = shown.map { "\($0.name) \($0.kind) is now \(Change.list($0.new))" }
        if latest.count > shown.count { values.append("and \(latest.count - shown.count) more") }
        return values.isEmpty ? text.headline : Narrative.plain(values.joined(separator: "; ")) + "."
    }

    /// Keeps the exchanges that a finding refers to.
    mutating func keep(_ pointers: [EvidencePointer], _ picture: Picture) {
        for pointer in pointers {
            guard evidence.count < Evidence.limit, let item = picture.evidence(pointer),
                !evidence.contains(where: { $0.source == item.source && $0.key == item.key && $0.at == item.at })
            else { continue }
            evidence.append(item)
        }
    }
}

extension Picture {
    /// Returns the exchange that a finding refers to, truncated to the limits of what is kept.
    func evidence(_ pointer: EvidencePointer) -> Evidence? {
        var address: IPAddress?
        let answer: Answer?
        switch pointer.source {
        case .parent(let server):
            address = server
            answer = snapshot.parent.answers.first { $0.address == server }?.answers[pointer.key]
        case .authority(let host, let server):
            address = server
            answer = snapshot.authorities.first { $0.host == host && $0.address == server }?.answers[pointer.key]
        case .resolver(let label):
            let fact = resolvers.first { $0.label == label }
            let view = fact?.view
            address = view?.server.address
            // If a question was put several times, the unvouched answer is kept.
            answer =
                fact?.unvouched(pointer.key).first?.answer ?? view?.answers[pointer.key]
                ?? view?.controls[pointer.key]
        }
        guard let answer else { return nil }
        let wire = WireEvidence(
            query: Array(answer.wire.query.prefix(Evidence.sizeLimit)),
            answer: Array(answer.wire.answer.prefix(Evidence.sizeLimit)))
        return Evidence(
            source: pointer.source, server: address, key: pointer.key, at: answer.at, transport: answer.transport,
            wire: wire,
            summary: "\(pointer.source.words): \(pointer.key) \(answer.proof(pointer))")
    }
}

extension Source {
    /// The source in words: `parent 192.0.2.53`, `ns1.example.net. (192.0.2.1)`, `resolver google`.
    package var words: String {
        switch self {
        case .parent(let address): "parent \(address)"
        case .authority(let host, let address): "\(host) (\(address))"
        case .resolver(let label): "resolver \(label)"
        }
    }
}

extension Answer {
    /// The answer in a few words.
    package var words: String {
        switch outcome {
        case .data: Change.list(records.map(\.data.text))
        case .noData: "NODATA"
        case .nxDomain: "NXDOMAIN"
        case .referral: "no authority (lame)"
        case .failure(let code): "\(code)"
        case .timeout: truncatedOverUDP ? "truncated over UDP, no answer over TCP" : "no answer"
        case .unreachable: "unreachable"
        case .malformed: "malformed answer"
        }
    }
}

extension Answer {
    /// Returns the answer in words, with the records that prove it: the name servers of the parent's referral, the
    /// signatures.
    package func proof(_ pointer: EvidencePointer) -> String {
        var words = self.words
        if case .parent = pointer.source, outcome == .referral {
            let servers = authority.filter { $0.type == .ns && $0.name == pointer.key.name }
            if !servers.isEmpty { words = "delegated to " + Change.list(servers.map(\.data.text).sorted()) }
        } else if outcome == .data, pointer.key.type == .dnskey {
            words = records.count == 1 ? "1 key" : "\(records.count) keys"
        }
        let signed = signatures.compactMap { RRSIG($0.data) }.prefix(4).map { signature in
            let from = Timestamp(seconds: Int64(signature.inception)).sentence
            return "RRSIG \(signature.typeCovered) by key \(signature.keyTag), \(from) to "
                + Timestamp(seconds: Int64(signature.expiration)).sentence
        }
        return ([words] + signed).joined(separator: "; ")
    }
}
