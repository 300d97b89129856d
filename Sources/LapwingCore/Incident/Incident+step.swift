import DNSWire

extension Incident {
    static let stepLimit = 32

    /// Notes that something happened to the incident and puts it into words for those who are told.
    mutating func step(_ kind: IncidentEvent.Kind, at now: Timestamp, severity told: Severity? = nil) -> IncidentEvent {
        let severity = told ?? self.severity
        let pages = kind != .close && severity == .critical
        paged = paged || pages
        number += 1
        steps.append(
            Step(at: now, event: kind, incidentClass: incidentClass, severity: severity, headline: text.headline))
        if steps.count > Self.stepLimit { steps.remove(at: 1) }
        let over = "Over: \(text.headline) It lasted from \(since.sentence) to \(now.sentence)."
        return IncidentEvent(
            id: "\(id).\(number)", incident: id, kind: kind, code: code, incidentClass: incidentClass,
            severity: severity, page: pages, domain: domain, subject: subject,
            title: kind == .close ? "Over: \(text.headline)" : text.headline,
            text: kind == .close ? over : fullText, changes: changes, since: since, at: now, shared: shared)
    }

    /// Keeps the exchanges that a finding points at.
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
    /// The exchange that a finding points at, cut down to what is kept.
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
            // Of answers to one question put several times, the one that no authority vouches for.
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
            summary: "\(pointer.source.words): \(pointer.key) \(answer.words)")
    }
}

extension Source {
    /// For people: `parent 192.0.2.53`, `ns1.example.net. (192.0.2.1)`, `resolver google`.
    package var words: String {
        switch self {
        case .parent(let address): "parent \(address)"
        case .authority(let host, let address): "\(host) (\(address))"
        case .resolver(let label): "resolver \(label)"
        }
    }
}

extension Answer {
    /// What was said, in a few words.
    package var words: String {
        switch outcome {
        case .data: Change.list(records.map(\.data.text))
        case .noData: "NODATA"
        case .noName: "NXDOMAIN"
        case .referral: "no authority (lame)"
        case .failure(let code): "\(code)"
        case .timeout: truncatedOverUDP ? "truncated over UDP, no answer over TCP" : "no answer"
        case .unreachable: "unreachable"
        case .malformed: "malformed answer"
        }
    }
}
