import DNSSEC
import DNSWire
import LapwingCore

extension CheckReport {
    /// A dry run: the supposition and its difference from the present.
    struct DryRun: Encodable {
        struct Server: Encodable {
            var name: String
            /// The given addresses; empty if the name is looked up.
            var addresses: [String]
        }

        /// The supposition; parts that are absent are as at present.
        struct Supposed: Encodable {
            var nameservers: [Server]?
            var ds: [String]?
            /// The path of the zone file.
            var zone: String?
        }

        struct Today: Encodable {
            var status: DomainCondition
            var state: String
            var dnssec: String
            var nameservers: [String]
            var ds: [String]
            /// Seconds for which caches may keep the present delegation and DS.
            var ns_ttl: UInt32?
            var ds_ttl: UInt32?
        }

        struct RecordSet: Encodable {
            var name: String
            var type: String
            var today: [String]
            var then: [String]
            var today_ttl: UInt32?
            var then_ttl: UInt32?
            /// The servers to which it applies; empty for all.
            var servers: [String]
        }

        struct Digest: Encodable {
            var ds: String
            /// Whether a validator can follow it; absent if that is not known.
            var leads: Bool?
            var text: String
        }

        /// The effect on a configured resolver, which depends on whether it validates at present.
        struct Resolver: Encodable {
            var name: String
            var validates: Bool?
            var then: String?
        }

        var supposed: Supposed
        var today: Today
        var lost: [RecordSet]
        var changed: [RecordSet]
        var new: [RecordSet]
        var ttl: [RecordSet]
        var unknown: [RecordSet]
        var ds: [Digest]
        var resolvers: [Resolver]
        /// The mistakes in the zone file, each with its position.
        var mistakes: [String]
    }

    /// A report of the supposed state, compared with the present one.
    init(
        today: CheckUp.Sight, then: CheckUp.Sight, supposing request: SuppositionRequest,
        by verifier: any SignatureVerifier
    ) {
        self.init(then.watch, then.round, proof: then.proof)
        let before = CheckReport(today.watch, today.round, proof: today.proof)
        for place in findings.indices {
            let finding = findings[place]
            findings[place].today = before.findings.contains {
                $0.code == finding.code && $0.subject == finding.subject
            }
        }
        let run = DryRun(
            request, before, today: today.round?.snapshot, then: then.round?.snapshot, sets: then.watch.sets,
            proof: then.proof, by: verifier)
        dry_run = run
        // A lost record works at present; and if a side did not answer, nothing is known to be healthy.
        if run.lost.contains(where: \.servers.isEmpty) {
            status = .failing
        } else if status != .failing, !run.unknown.isEmpty || then.round == nil {
            status = .learning
        } else if status == .healthy, !run.lost.isEmpty {
            status = .warning
        }
    }
}

extension CheckReport.DryRun {
    fileprivate init(
        _ request: SuppositionRequest, _ before: CheckReport, today: Snapshot?, then: Snapshot?, sets: [RecordSetKey],
        proof: Proof?, by verifier: any SignatureVerifier
    ) {
        supposed = Supposed(
            nameservers: request.servers?.map { Server(name: "\($0.name)", addresses: $0.addresses.map { "\($0)" }) },
            ds: request.digests?.map(\.data.text), zone: request.path)
        self.today = Today(
            status: before.status, state: before.delegation.state, dnssec: before.dnssec.status,
            nameservers: before.delegation.nameservers, ds: before.delegation.ds, ns_ttl: today?.parent.nsTTL,
            ds_ttl: today?.parent.dsTTL)
        var comparison: SupposedComparison?
        if let today, let then { comparison = SupposedComparison(of: sets, today: today, then: then) }
        func records(_ kind: SupposedComparison.Kind) -> [RecordSet] {
            (comparison?.entries(kind) ?? []).map { entry in
                RecordSet(
                    name: "\(entry.key.name)", type: "\(entry.key.type)", today: entry.today, then: entry.then,
                    today_ttl: entry.todayTTL, then_ttl: entry.thenTTL, servers: entry.servers)
            }
        }
        (lost, changed, new) = (records(.lost), records(.changed), records(.new))
        (ttl, unknown) = (records(.ttl), records(.unknown))
        ds =
            then.map { SupposedDigest.all(in: $0, by: verifier) }?.map {
                Digest(ds: $0.text, leads: $0.leads, text: $0.words)
            } ?? []
        resolvers = today.map { Self.resolvers($0, proof) } ?? []
        mistakes = request.mistakes
    }

    /// Whether a resolver validates can be seen at the parent zone, if that is signed.
    private static func resolvers(_ today: Snapshot, _ proof: Proof?) -> [Resolver] {
        guard let zone = today.parent.zone else { return [] }
        let keys = today.parent.answers.compactMap { $0.answers[RecordSetKey(zone, .dnskey)] }
        let isSigned = keys.contains { $0.outcome == .data }
        return today.resolvers.map { view in
            let answer = view.controls[RecordSetKey(zone, .soa)]
            let validates = isSigned && answer?.outcome == .data ? answer?.authenticData : nil
            let then: String? =
                switch (proof?.verdict, validates) {
                case (.bogus, true): "SERVFAIL"
                case (.bogus, false), (.secure, _), (.insecure, _): "answers"
                default: nil
                }
            return Resolver(name: view.label, validates: validates, then: then)
        }
    }
}
