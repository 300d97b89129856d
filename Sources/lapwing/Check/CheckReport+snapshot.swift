import DNSSEC
import DNSWire
import LapwingCore

extension CheckReport {
    /// - Parameters:
    ///   - round: nil if no round was completed; then nothing is known.
    ///   - proof: the result of the built-in validating resolver; nil if it was not asked.
    init(_ watch: Watch, _ round: JudgedRound?, proof: Proof?) {
        let snapshot =
            round?.snapshot
            ?? Snapshot(domain: watch.domain, at: .earliest, monotonic: 0, parent: ParentView(zone: nil))
        var findings = round?.outcome.checked(of: watch) ?? []
        // The rules look at each server, while the resolver starts at the root: a fault that only the resolver finds is
        // reported as well.
        if watch.dnssec != .off, let proof, let found = ResolvedVerdict.finding(proof, watch.domain, beside: findings) {
            findings.insert(found, at: 0)
        }
        name = "\(watch.domain)"
        at = "\(snapshot.at)"
        self.findings = findings.map(Finding.init)
        status = Self.status(snapshot, findings)
        records = Self.records(watch, snapshot)
        resolvers = snapshot.resolvers.map { Resolver($0, sets: watch.sets) }
        delegation = Delegation(snapshot)
        dnssec = Security(snapshot, proof)
        registration = snapshot.registry.map(Registration.init)
    }

    private static func status(_ snapshot: Snapshot, _ findings: [LapwingCore.Finding]) -> DomainCondition {
        let sawSomething =
            snapshot.authorities.contains { $0.answers.values.contains(where: \.isReply) }
            || snapshot.resolvers.contains { $0.answers.values.contains(where: \.isReply) }
            || snapshot.parent.answers.contains { $0.answers.values.contains(where: \.isReply) }
        // A fault of the monitor's network is no verdict about the domain.
        let isSeen = sawSomething && !findings.contains { $0.code == .monitorIntercepted }
        return DomainCondition(
            worst: isSeen ? findings.map(\.severity).max() : nil, isLearnt: true, isSeen: isSeen)
    }

    /// The answers of the authoritative servers, grouped by equal values.
    private static func records(_ watch: Watch, _ snapshot: Snapshot) -> [RecordSet] {
        watch.sets.flatMap { key -> [RecordSet] in
            var sets: [RecordSet] = []
            for authority in snapshot.authorities where !authority.remembered {
                guard let answer = authority.answers[key] else { continue }
                let server = "\(authority.host) \(authority.address)"
                let data = answer.data
                if let index = sets.firstIndex(where: { $0.data == data && $0.rcode == answer.code }) {
                    sets[index].servers.append(server)
                    sets[index].ttl = [sets[index].ttl, answer.ttl].compactMap(\.self).min()
                } else {
                    sets.append(
                        RecordSet(
                            name: "\(key.name)", type: "\(key.type)", rcode: answer.code, ttl: answer.ttl, data: data,
                            servers: [server]))
                }
            }
            return sets
        }
    }
}

extension CheckReport.Finding {
    init(_ finding: LapwingCore.Finding) {
        code = "\(finding.code)"
        severity = finding.severity.rawValue
        subject = finding.subject?.description ?? ""
        text = finding.text.headline
        evidence = finding.text.facts + finding.text.grounds
        docs = "docs/findings/\(finding.code).md"
        advice = finding.text.advice
        is_not = finding.text.isNot
        check = finding.text.check
    }
}

extension CheckReport.Resolver {
    init(_ view: ResolverView, sets: [RecordSetKey]) {
        name = view.label
        address = "\(view.server)"
        answers = sets.compactMap { key in
            view.answers[key].map { answer in
                Answer(
                    name: "\(key.name)", type: "\(key.type)", rcode: answer.code, ttl: answer.ttl, data: answer.data,
                    authenticated: answer.authenticData, extended_errors: answer.extendedErrors,
                    milliseconds: answer.milliseconds)
            }
        }
    }
}

extension CheckReport.Delegation {
    init(_ snapshot: Snapshot) {
        parent = snapshot.parent.zone.map { "\($0)" }
        state = snapshot.parent.state.rawValue
        nameservers = snapshot.parent.hosts.map { "\($0.name)" }
        ds = snapshot.parent.ds.map(\.data.text)
        servers = snapshot.authorities.map { authority in
            let soa = authority.answer(snapshot.domain, .soa)
            return Server(
                name: "\(authority.host)", address: "\(authority.address)", at_parent: authority.listedAtParent,
                answers: authority.answers.values.contains(where: \.isReply),
                authoritative: soa?.authoritative ?? false,
                serial: authority.serial(of: snapshot.domain), milliseconds: soa?.milliseconds)
        }
        not_asked = Self.unasked(snapshot)
    }

    private static func unasked(_ snapshot: Snapshot) -> [Unasked] {
        let asked = Set(snapshot.authorities.map(\.address))
        let reachesIPv6 = asked.contains { !$0.isIPv4 }
        return snapshot.parent.hosts.flatMap { host in
            var seen = asked
            return (host.glue + host.addresses).filter { seen.insert($0).inserted }.map { address in
                let isOutOfReach = !address.isIPv4 && !reachesIPv6
                return Unasked(
                    name: "\(host.name)", address: "\(address)",
                    reason: isOutOfReach ? "this machine has no IPv6" : "more addresses than are asked")
            }
        }
    }
}

extension CheckReport.Security {
    init(_ snapshot: Snapshot, _ proof: Proof?) {
        signed = !snapshot.parent.ds.isEmpty
        status = "\(proof?.verdict ?? .indeterminate)"
        reason = proof?.reason.map {
            Reason(code: "\($0.code.rawValue)", zone: "\($0.zone)", text: $0.text)
        }
        let signatures = snapshot.authorities.flatMap(\.answers.values).flatMap(\.signatures)
        signatures_end = signatures.compactMap { RRSIG($0.data)?.expiration }.min().map {
            "\(Timestamp(seconds: Int64($0)))"
        }
    }
}

extension CheckReport.Registration {
    init(_ view: RegistryView) {
        outcome = view.outcome.rawValue
        source = view.channel.map { "\($0.rawValue) \(view.server ?? "")" }
        registrar = view.registrar
        created = view.created?.text
        updated = view.updated?.text
        expires = view.expires?.text
        statuses = view.statuses.sorted()
        nameservers = view.nameServers.map { "\($0)" }
        secure = view.secure
        detail = view.detail
    }
}

extension Answer {
    /// The response code, or the error in its place.
    var code: String {
        switch outcome {
        case .data, .noData: "NOERROR"
        case .nxDomain: "NXDOMAIN"
        case .referral: "REFERRAL"
        case .failure(let code): "\(code)"
        case .timeout: "TIMEOUT"
        case .unreachable: "UNREACHABLE"
        case .malformed: "MALFORMED"
        }
    }

    var data: [String] {
        aliases.filter { $0.type == .cname }.map { "CNAME \($0.data.text)" } + records.map(\.data.text).sorted()
    }
}
